package dev.outgrow.examples.guide;

import dev.outgrow.database.Database;
import dev.outgrow.examples.media.MediaChains;
import dev.outgrow.migration.MigrateTo;
import dev.outgrow.migration.Migrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What lies in the folder in which a reader of a page types its commands. */
@FunctionalInterface
interface StagedPage {
  Map<String, StagedPage> ALL =
      Map.ofEntries(
          Map.entry("README.md", StagedPage::aUser),
          Map.entry("docs/application.md", folder -> {}),
          Map.entry("docs/backup.md", folder -> migrated(folder, "media.db")),
          Map.entry("docs/codegen.md", folder -> {}),
          Map.entry("docs/container.md", f -> Files.createDirectory(f.resolve("container"))),
          Map.entry("docs/getting-started.md", StagedPage::aUser),
          Map.entry("docs/going-back.md", StagedPage::imported),
          Map.entry("docs/migrations.md", StagedPage::chains),
          Map.entry("docs/moving.md", StagedPage::anOrphan),
          Map.entry("docs/operations.md", folder -> migrated(folder, "media.db")),
          Map.entry("docs/rules.md", StagedPage::everyRule),
          Map.entry("docs/runner.md", folder -> {}));

  String USERS = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL)";

  /** Puts there what the page speaks of. */
  void prepare(Path folder) throws Exception;

  /** Returns the stage of a page, if it has commands that are run. */
  static Optional<StagedPage> of(String page) {
    return Optional.ofNullable(ALL.get(page));
  }

  private static void aUser(Path folder) throws Exception {
    sqlite(folder, "app.sqlite", List.of(USERS, "INSERT INTO users VALUES (1, 'Ann')"));
  }

  private static void imported(Path folder) throws Exception {
    sqlite(
        folder,
        "old.db",
        List.of(
            "CREATE TABLE plays (id INTEGER PRIMARY KEY, started INTEGER)",
            "INSERT INTO plays VALUES (1, 1700000000)"));
    Files.writeString(
        folder.resolve("rules.ini"), "[column plays.started]\nread = epoch-seconds\n");
  }

  private static void anOrphan(Path folder) throws Exception {
    sqlite(
        folder,
        "app.sqlite",
        List.of(
            USERS,
            "CREATE TABLE plays (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id),"
                + " started INTEGER NOT NULL)",
            "INSERT INTO users VALUES (1, 'Ann'), (2, 'Bo')",
            "INSERT INTO plays VALUES (1, 1, 1700000000), (2, 2, 1700000060), (3, 9, 1700000120)"));
  }

  /** A file in which each of the page's rules finds what it is for. */
  private static void everyRule(Path folder) throws Exception {
    sqlite(
        folder,
        "app.sqlite",
        List.of(
            "CREATE TABLE users (id INTEGER PRIMARY KEY, active TEXT, seen DATETIME,"
                + " created_at INTEGER)",
            "CREATE TABLE session_history (id INTEGER PRIMARY KEY, started INTEGER)",
            "CREATE TABLE \"Media Items\" (id INTEGER PRIMARY KEY, guid TEXT)",
            "CREATE TABLE debug_log (line TEXT)",
            "INSERT INTO users VALUES (1, 'Y', '2024-02-29 10:00:00', 1700000000000)",
            "INSERT INTO session_history VALUES (1, 1700000000)",
            "INSERT INTO \"Media Items\" VALUES (1, '2ee1c4ac-91a6-4ef5-8b7f-02d1d5d2a1f0')"));
  }

  /** Two files besides: one in which an index cannot be made, and one that somebody has changed. */
  private static void chains(Path folder) throws Exception {
    try (Database db = Database.open("sqlite:///" + folder.resolve("twice.db"))) {
      silent(db).migrate("core", MigrateTo.steps(3));
    }
    String item = "INSERT INTO items (library_id, guid, media_type, title, added_at) VALUES ";
    sqlite(
        folder,
        "twice.db",
        List.of(
            "PRAGMA foreign_keys = OFF",
            item + "(1, 'g', 'movie', 'One', 0), (1, 'g', 'movie', 'Two', 0)"));
    migrated(folder, "changed.db");
    sqlite(
        folder,
        "changed.db",
        List.of(
            "DROP INDEX items_guid",
            "ALTER TABLE newsletters ADD COLUMN hue INTEGER",
            "CREATE TABLE mine (id INTEGER)"));
    Path scripts = Pages.ROOT.resolve("examples/src/main/resources/db/media/newsletters");
    String now =
        Pages.read(scripts.resolve("V1__newsletters.sql"))
            + Pages.read(scripts.resolve("V2__issues.sql"));
    Files.writeString(
        folder.resolve("newsletters.sql"),
        now + "ALTER TABLE newsletter_issues ADD COLUMN opened integer;\n");
  }

  private static void migrated(Path folder, String file) {
    try (Database db = Database.open("sqlite:///" + folder.resolve(file))) {
      silent(db).migrate();
    }
  }

  private static Migrations silent(Database db) {
    return MediaChains.of(db, login -> {});
  }

  private static void sqlite(Path folder, String file, List<String> statements) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
