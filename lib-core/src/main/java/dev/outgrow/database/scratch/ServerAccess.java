package dev.outgrow.database.scratch;

import dev.outgrow.database.DatabaseUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * How to get into a server that was started for scratch databases, as a file that its processes
 * share. It is the user's alone.
 *
 * @param host where it listens
 * @param port at which port
 * @param password the superuser's
 * @param id what else its engine has to know, or a minus
 */
record ServerAccess(String host, int port, String password, String id) {
  static final String SUPERUSER = "postgres";

  private static final String FILE = "access";
  private static final int LINES = 4;
  private static final int SECONDS = 10;

  DatabaseUrl url() {
    return DatabaseUrl.parse("postgresql://" + host + ":" + port + "/postgres")
        .withUser(SUPERUSER, password);
  }

  /** Reads it; one that is not whole, as on a full disk, is none. */
  static Optional<ServerAccess> readFrom(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    boolean whole = lines.size() == LINES && lines.get(1).matches("[0-9]{1,5}");
    return whole
        ? Optional.of(
            new ServerAccess(
                lines.get(0), Integer.parseInt(lines.get(1)), lines.get(2), lines.get(3)))
        : Optional.empty();
  }

  void writeTo(Path folder) throws IOException {
    write(folder, FILE, String.join("\n", host, Integer.toString(port), password, id) + "\n");
    write(folder, "pgpass", String.join(":", host, "" + port, "*", SUPERUSER, password) + "\n");
  }

  static void deleteFrom(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(FILE));
    Files.deleteIfExists(clientPasswordFile(folder));
  }

  /** Returns the file for psql and its like. */
  static Path clientPasswordFile(Path folder) {
    return folder.resolve("pgpass");
  }

  /** Writes a file that nobody else can read, all of it or nothing. */
  static void write(Path folder, String name, String text) throws IOException {
    Path half = folder.resolve(name + ".half");
    Files.deleteIfExists(half);
    Files.createFile(
        half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(half, text, StandardCharsets.UTF_8);
    Files.move(half, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Whether it lets us in. */
  boolean answers() {
    Properties login = new Properties();
    PGProperty.USER.set(login, SUPERUSER);
    PGProperty.PASSWORD.set(login, password);
    PGProperty.LOGIN_TIMEOUT.set(login, SECONDS);
    String place = host.indexOf(':') < 0 ? host : "[" + host + "]";
    // Not through a data source, which would load every driver that there is on the class path.
    try (Connection connection =
        new Driver().connect("jdbc:postgresql://" + place + ":" + port + "/postgres", login)) {
      return connection != null && connection.isValid(SECONDS);
    } catch (SQLException gone) {
      return false;
    }
  }

  /** Whether it is equal. That of records is made at run time, which a start would wait for. */
  boolean isSameAs(ServerAccess other) {
    return port == other.port
        && host.equals(other.host)
        && password.equals(other.password)
        && id.equals(other.id);
  }

  /** Returns where it listens, without the password. */
  @Override
  public String toString() {
    return "PostgreSQL at " + host + ":" + port;
  }
}
