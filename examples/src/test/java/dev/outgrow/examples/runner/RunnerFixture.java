package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Runs the command as a user would, in this process, against a database of its own for each test.
 */
abstract class RunnerFixture {
  private DatabaseUrl url;

  /** The one server of this run; it is stopped and deleted when the JVM ends. */
  private static final class Shared {
    private static final ScratchServer SERVER = ScratchServer.start();
  }

  /** What a run printed, and how it ended. */
  record Outcome(int exitCode, String out, String err) {
    String lastLine() {
      List<String> lines = out.lines().toList();
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
  }

  @BeforeEach
  void createDatabase() {
    url = Shared.SERVER.createDatabase();
  }

  @AfterEach
  void dropDatabase() {
    Shared.SERVER.dropDatabase(url);
  }

  /** Returns the URL as a user has to write it. */
  String target() {
    return url.toString().replace("***", password());
  }

  static String password() {
    try {
      String line = Files.readString(passwordFile()).strip();
      return line.substring(line.lastIndexOf(':') + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path passwordFile() {
    return Shared.SERVER.passwordFile();
  }

  DatabaseUrl url() {
    return url;
  }

  static Outcome run(String... arguments) {
    return runWith(Map.of(), arguments);
  }

  static Outcome runWith(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            false);
    int exitCode = Outgrow.run(console, arguments);
    return new Outcome(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static Path sqlite(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return file;
  }

  void postgres(String... statements) {
    try (Database database = Database.open(url)) {
      database.transaction(
          tx -> {
            try (Statement statement = tx.connection().createStatement()) {
              for (String sql : statements) {
                statement.execute(sql);
              }
            }
            return true;
          });
    }
  }
}
