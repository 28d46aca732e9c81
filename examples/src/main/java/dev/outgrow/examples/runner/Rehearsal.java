package dev.outgrow.examples.runner;

import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Does once, on a server and a file of its own, what short commands do, so that the JVM can write
 * down which classes that takes; and lays SQLite's native library where it need not be unpacked at
 * every start. {@code examples/outgrow} calls it when it has built.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class Rehearsal {
  private static final List<String> FILE =
      List.of(
          "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE, born DATE,"
              + " active BOOLEAN DEFAULT 1, seen DATETIME, settings JSON, CHECK (length(name) > 0))",
          "CREATE UNIQUE INDEX person_name ON person (name)",
          "CREATE TABLE play (id INTEGER PRIMARY KEY AUTOINCREMENT, person INTEGER NOT NULL"
              + " REFERENCES person (id) ON DELETE CASCADE, title VARCHAR(40), score REAL,"
              + " price NUMERIC, cover BLOB)",
          "CREATE INDEX play_person ON play (person, title)",
          "CREATE VIEW titles AS SELECT title, count(*) AS plays FROM play GROUP BY title",
          "INSERT INTO person VALUES (1, 'Ada', '2001-02-03', 1, '2024-05-06 07:08:09', '{\"a\": 1}')",
          "INSERT INTO person VALUES (2, 'Zoë', NULL, 0, NULL, NULL)",
          "INSERT INTO play VALUES (1, 1, 'One', 1.5, 2.25, x'00ff'), (2, 2, NULL, NULL, 3, NULL)");

  private final Path folder;
  private final String file;

  private Rehearsal(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("rehearsal.sqlite").toString();
  }

  /**
   * Rehearses in the folder that is named, which has to be there, and leaves the library in its
   * folder {@code native}.
   *
   * @throws IllegalStateException if a command does not end as it should
   */
  public static void main(String[] arguments) throws IOException, SQLException {
    new Rehearsal(Path.of(arguments[0])).run();
  }

  private void run() throws IOException, SQLException {
    layLibrary();
    write();
    try (ScratchServer server = ScratchServer.start()) {
      DatabaseUrl database = server.createDatabase();
      String password = Files.readString(server.passwordFile()).strip();
      String url =
          database.toString().replace("***", password.substring(password.lastIndexOf(':') + 1));
      call("inspect", file);
      call("plan", file);
      call("import", file, "--to", url);
      call("verify", file, "--to", url);
      call("import", file, "--to", url, "--replace", "--json");
    } finally {
      Files.delete(Path.of(file));
    }
  }

  private void layLibrary() throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (InputStream library = Rehearsal.class.getResourceAsStream(resource)) {
      if (library == null) {
        throw new IllegalStateException("There is no " + resource + " on the class path");
      }
      Files.copy(library, Files.createDirectories(folder.resolve("native")).resolve(name));
    }
  }

  private void write() throws SQLException {
    try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = sqlite.createStatement()) {
      for (String sql : FILE) {
        statement.execute(sql);
      }
    }
  }

  private static void call(String... arguments) {
    PrintStream nobody =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    int code = Outgrow.run(new Console(nobody, System.err, Map.of(), false), arguments);
    if (code != ExitCode.VERIFIED.number() && code != ExitCode.LEFT_BEHIND.number()) {
      throw new IllegalStateException(arguments[0] + " ended with exit code " + code);
    }
  }
}
