package dev.outgrow.importer.random;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.random.Mutations.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Small databases, each with something of its own in the way it is stored. */
final class SoundFiles {
  private static final String NUMBERS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) ";

  private SoundFiles() {}

  static List<Seed> make(Path folder) throws SQLException, IOException {
    List<Seed> seeds = new ArrayList<>();
    seeds.add(
        seed(
            folder,
            "indexes",
            512,
            "CREATE TABLE users(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, born REAL)",
            "CREATE TABLE plays(id INTEGER PRIMARY KEY, user INT REFERENCES users(id), at TEXT, n INT)",
            "CREATE INDEX at ON plays(at, n DESC)",
            "CREATE UNIQUE INDEX some ON plays(n) WHERE n > 10",
            NUMBERS.formatted(40) + "INSERT INTO users SELECT i, 'user ' || i, i / 7.0 FROM n",
            "INSERT INTO plays SELECT id, 41 - id, 'at ' || id, id * 3 FROM users"));
    seeds.add(
        seed(
            folder,
            "without rowid",
            512,
            "CREATE TABLE tags(k TEXT, n INT, v BLOB, PRIMARY KEY (k, n)) WITHOUT ROWID",
            "CREATE TABLE one(k INTEGER PRIMARY KEY, v) WITHOUT ROWID",
            NUMBERS.formatted(45)
                + "INSERT INTO tags SELECT printf('%d tag %.*c', i, i % 60, 'x'), i, zeroblob(i * 7) FROM n",
            "INSERT INTO one SELECT n, k FROM tags"));
    seeds.add(
        seed(
            folder,
            "overflow",
            512,
            "CREATE TABLE long(id INTEGER PRIMARY KEY, t TEXT, b BLOB)",
            "CREATE INDEX t ON long(t)",
            NUMBERS.formatted(20)
                + "INSERT INTO long SELECT i, printf('%.*c', i * 90, 'y'), zeroblob(2000 - i * 90) FROM n"));
    for (String encoding : List.of("UTF-16le", "UTF-16be")) {
      seeds.add(
          seed(
              folder,
              encoding,
              512,
              "PRAGMA encoding = '" + encoding + "'",
              "CREATE TABLE wörter(id INTEGER PRIMARY KEY, wort TEXT UNIQUE COLLATE NOCASE, n)",
              NUMBERS.formatted(40)
                  + "INSERT INTO wörter SELECT i, 'wört ' || i || '😀', i || '' FROM n"));
    }
    seeds.add(
        seed(
            folder,
            "auto-vacuum",
            512,
            "PRAGMA auto_vacuum = INCREMENTAL",
            "CREATE TABLE kept(id INTEGER PRIMARY KEY, v)",
            "CREATE TABLE gone(id INTEGER PRIMARY KEY, v)",
            NUMBERS.formatted(50) + "INSERT INTO kept SELECT i, 'kept ' || i FROM n",
            "INSERT INTO gone SELECT id, zeroblob(id * 9) FROM kept",
            "DELETE FROM gone WHERE id % 3 > 0",
            "DELETE FROM kept WHERE id % 5 = 0"));
    seeds.add(
        seed(
            folder,
            "virtual",
            512,
            "CREATE VIRTUAL TABLE words USING fts5(body, title)",
            "CREATE VIRTUAL TABLE boxes USING rtree(id, x0, x1)",
            "CREATE TABLE plain(id INTEGER PRIMARY KEY, v)",
            NUMBERS.formatted(30) + "INSERT INTO plain SELECT i, 'so said ' || i FROM n",
            "INSERT INTO words(body, title) SELECT v, id FROM plain",
            "INSERT INTO boxes SELECT id, id, id + 1 FROM plain"));
    seeds.add(
        seed(
            folder,
            "expressions",
            1024,
            "CREATE TABLE sums(id INTEGER PRIMARY KEY, a INT CHECK (a > 0), b INT DEFAULT (1 + 2),"
                + " s INT AS (a + b) STORED, t TEXT AS (a || 'x'))",
            "CREATE INDEX twice ON sums(a * 2)",
            "CREATE VIEW few AS SELECT id, a FROM sums WHERE a < 10",
            "CREATE TRIGGER no BEFORE DELETE ON sums BEGIN SELECT raise(ABORT, 'no'); END",
            "CREATE TABLE strict(id INTEGER PRIMARY KEY, v TEXT, r REAL) STRICT",
            NUMBERS.formatted(40) + "INSERT INTO sums(a) SELECT i FROM n",
            "INSERT INTO strict SELECT id, t, a / 3.0 FROM sums"));
    seeds.add(
        seed(
            folder,
            "types",
            512,
            "CREATE TABLE kinds(id INTEGER PRIMARY KEY, flag BOOLEAN, day DATE, at DATETIME, u UUID, j JSON,"
                + " d DECIMAL(10,2), c VARCHAR(12), any)",
            NUMBERS.formatted(30)
                + "INSERT INTO kinds SELECT i, i % 2, date('2024-01-01', i || ' days'),"
                + " datetime('2024-01-01', i || ' hours'), printf('%08d-0000-4000-8000-000000000000', i),"
                + " json_object('n', i), i / 4.0, 'c' || i, iif(i % 3, i, x'ff' || i) FROM n"));
    seeds.add(logged(folder));
    return List.copyOf(seeds);
  }

  private static Seed seed(Path folder, String name, int page, String... statements)
      throws SQLException, IOException {
    Path file = folder.resolve("seed.db");
    try (Connection connection = SqliteFiles.open(file)) {
      SqliteFiles.execute(connection, "PRAGMA page_size = " + page);
      SqliteFiles.execute(connection, statements);
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return new Seed(name, page, bytes, null);
  }

  /** The newest rows, and a table, are only in the log. */
  private static Seed logged(Path folder) throws SQLException, IOException {
    Path file = folder.resolve("logged.db");
    try (Connection connection = SqliteFiles.open(file)) {
      SqliteFiles.execute(
          connection,
          "PRAGMA page_size = 512",
          "CREATE TABLE old(id INTEGER PRIMARY KEY, v UNIQUE)",
          NUMBERS.formatted(30) + "INSERT INTO old SELECT i, 'old ' || i FROM n",
          "PRAGMA journal_mode = WAL",
          "PRAGMA wal_autocheckpoint = 0",
          "CREATE TABLE new(id INTEGER PRIMARY KEY, v)",
          "INSERT INTO new SELECT id, zeroblob(id * 20) FROM old",
          "UPDATE old SET v = v || ' now' WHERE id % 2",
          "DELETE FROM old WHERE id > 25");
      return new Seed(
          "logged",
          512,
          Files.readAllBytes(file),
          Files.readAllBytes(folder.resolve("logged.db-wal")));
    }
  }
}
