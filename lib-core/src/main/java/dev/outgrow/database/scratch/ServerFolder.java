package dev.outgrow.database.scratch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * The folder of one server: who owns it, the password, the log, the data. The owner holds a lock in
 * it for as long as it lives; that tells its life even to a process in another container, which
 * sees other process numbers.
 */
final class ServerFolder implements AutoCloseable {
  static final String PREFIX = "server-";

  private static final String OWNER = "owner";
  private static final String ALIVE = "alive";
  private static final int PASSWORD_BYTES = 18;

  private final Path folder;
  private final FileChannel alive;
  private final String password;

  private ServerFolder(Path folder, FileChannel alive, String password) {
    this.folder = folder;
    this.alive = alive;
    this.password = password;
  }

  static ServerFolder create(ScratchFolder parent) throws IOException {
    Path folder = parent.createFolder(PREFIX + UUID.randomUUID());
    return new ServerFolder(folder, claim(folder), randomPassword());
  }

  /** Makes a new folder this process's own for as long as the channel is open. */
  static FileChannel claim(Path folder) throws IOException {
    Owner.current().writeTo(folder.resolve(OWNER));
    FileChannel alive =
        FileChannel.open(
            folder.resolve(ALIVE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    FileLock lock = alive.tryLock();
    if (lock == null) {
      alive.close();
      throw new IOException("A new file is locked already: " + folder);
    }
    return alive;
  }

  static String randomPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Whether the process that made a folder still lives. */
  static boolean isOwned(Path folder) throws IOException {
    Owner owner = Owner.readFrom(folder.resolve(OWNER));
    // Our own locks must not be tried: closing the file would let go of them.
    return owner.equals(Owner.current()) || owner.isAlive() || isLocked(folder.resolve(ALIVE));
  }

  private static boolean isLocked(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException ours) {
      // Another thread of this process is deleting the folder.
      return true;
    }
  }

  Path data() {
    return folder.resolve("data");
  }

  Path log() {
    return folder.resolve("server.log");
  }

  Path passwordFile() {
    return folder.resolve("password");
  }

  String password() {
    return password;
  }

  /** Writes where initdb reads it what the server is to keep of the password. */
  void writePassword() throws IOException {
    Files.writeString(passwordFile(), ScramVerifier.of(password) + "\n", StandardCharsets.UTF_8);
  }

  void deletePassword() throws IOException {
    Files.deleteIfExists(passwordFile());
  }

  /**
   * Where clients of PostgreSQL's own library find the password, if {@code PGPASSFILE} names it.
   */
  Path clientPasswordFile() {
    return folder.resolve("pgpass");
  }

  /** Writes the password where clients find it, for the user alone: others would not be read. */
  void writeClientPassword(int port, String user) throws IOException {
    Files.createFile(
        clientPasswordFile(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        clientPasswordFile(), "127.0.0.1:" + port + ":*:" + user + ":" + password + "\n");
  }

  /** The last line of the server's log: where it did not start, that is why. */
  String lastWords() throws IOException {
    List<String> lines =
        Files.exists(log()) ? Files.readAllLines(log(), StandardCharsets.UTF_8) : List.of();
    return lines.stream()
        .filter(line -> !line.isBlank())
        .reduce((earlier, later) -> later)
        .orElse("none");
  }

  /** Deletes the folder and lets go of it. */
  @Override
  public void close() throws IOException {
    try (alive) {
      ScratchFolder.delete(folder);
    }
  }
}
