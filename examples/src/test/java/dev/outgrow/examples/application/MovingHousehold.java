package dev.outgrow.examples.application;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.examples.media.FirstLogin;
import dev.outgrow.examples.media.MediaChains;
import dev.outgrow.examples.media.MediaHistory;
import dev.outgrow.examples.wizard.WizardSettings;
import dev.outgrow.migration.StartPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An application on a SQLite file of its own, and PostgreSQL databases to move it to. */
final class MovingHousehold implements AutoCloseable {
  static final String HOSTILE = "<script>alert(1)</script>";

  private final ScratchServer server = ScratchServer.start();
  private final Path folder;
  private final Path template;
  private final FirstLogin first;

  MovingHousehold(Path folder, int sessions) {
    this.folder = folder;
    this.template = folder.resolve("template.db");
    MediaHistory.write(template, sessions);
    AtomicReference<@Nullable FirstLogin> told = new AtomicReference<>();
    try (Database database = Database.open(DatabaseUrl.sqlite(template))) {
      var migrations = MediaChains.of(database, told::set);
      migrations.adopt("core", "4");
      migrations.adopt("notifications", "2");
      migrations.migrate();
    }
    this.first = Objects.requireNonNull(told.get());
  }

  /** Returns a new file of the application's. */
  Path newFile(String name) {
    try {
      return Files.copy(template, Files.createTempDirectory(folder, "home").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  WizardSettings settings() {
    try {
      Path uploads = Files.createTempDirectory(folder, "uploads");
      return WizardSettings.defaults().withUploads(uploads);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Serves the application from a file. */
  MediaApplication serve(Path file, UnaryOperator<WizardSettings> more) {
    return serve(DatabaseUrl.sqlite(file), more.apply(settings()));
  }

  MediaApplication serve(DatabaseUrl url, WizardSettings settings) {
    return open(MediaApplication.listen("127.0.0.1", 0, List.of(), settings), url);
  }

  /** Serves the application with a clock of one's own. */
  MediaApplication serve(Path file, InstantSource clock, WizardSettings settings) {
    return open(
        MediaApplication.listen("127.0.0.1", 0, Proxies.NONE, clock, settings),
        DatabaseUrl.sqlite(file));
  }

  private static MediaApplication open(MediaApplication application, DatabaseUrl url) {
    application.open(
        DatabaseConfig.builder(url).minimumPoolSize(1).build(),
        Duration.ofSeconds(30),
        database -> MediaChains.of(database, login -> {}),
        StartPolicy.INITIALISE_EMPTY);
    return application;
  }

  Visitor administrator(MediaApplication application) {
    return administrator(application.url());
  }

  /** Somebody who has logged in at an address. */
  Visitor administrator(String address) {
    Visitor visitor = new Visitor(address);
    visitor.enter(first);
    return visitor;
  }

  DatabaseUrl newDatabase() {
    return server.createDatabase();
  }

  /** Returns a URL as a person writes it. */
  String written(DatabaseUrl url) {
    try {
      String line = Files.readString(server.passwordFile()).strip();
      return url.toString().replace("***", line.substring(line.lastIndexOf(':') + 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path sqlite(Path file, String... statements) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
      return file;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A file in which everything is called what no page may take for more than text. */
  static Path hostile(Path file) {
    String table = "\"" + HOSTILE + "\"";
    return sqlite(
        file,
        "CREATE TABLE "
            + table
            + " (id INTEGER PRIMARY KEY, \"<img src=x onerror=alert(1)>\" INTEGER,"
            + " \"created_at\" INTEGER, who INTEGER REFERENCES \"' OR 1=1 --\" (id))",
        "CREATE TABLE \"' OR 1=1 --\" (id INTEGER PRIMARY KEY)",
        "INSERT INTO " + table + " VALUES (1, 'text', 1700000000, 7), (2, 3, 1700000001, NULL)",
        "CREATE TRIGGER \"</ul>"
            + HOSTILE
            + "\" AFTER INSERT ON "
            + table
            + " BEGIN SELECT load_extension('x'); END");
  }

  static void run(Database database, String... statements) {
    database.inTransaction(
        tx -> {
          try (Statement statement = tx.connection().createStatement()) {
            for (String sql : statements) {
              statement.execute(sql);
            }
          }
        });
  }

  static String ask(Database database, String query) {
    return database.read(
        tx -> {
          try (Statement statement = tx.connection().createStatement();
              ResultSet row = statement.executeQuery(query)) {
            row.next();
            return String.valueOf(row.getString(1));
          }
        });
  }

  @Override
  public void close() {
    server.close();
  }
}
