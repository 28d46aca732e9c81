package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.importer.file.FileDump;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.VerifyReport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite file as a source and another one as a target. */
abstract class FileImportFixture {
  @TempDir Path folder;

  Path source(String... statements) throws SQLException {
    return SqliteFiles.make(folder.resolve("source.db"), statements);
  }

  Path target() {
    return folder.resolve("target.db");
  }

  ImportReport carry(Path source, UnaryOperator<SqliteImport> options) {
    try (Database database = Database.open(DatabaseUrl.sqlite(target()))) {
      return options.apply(SqliteImport.from(source).into(database)).run();
    }
  }

  ImportReport carry(Path source) {
    return carry(source, i -> i);
  }

  VerifyReport verify(Path source) {
    try (Database database = Database.open(DatabaseUrl.sqlite(target()))) {
      return SqliteImport.from(source).into(database).verify();
    }
  }

  void change(String... statements) throws SQLException {
    SqliteFiles.make(target(), statements);
  }

  static void assertCarried(ImportReport report, Path source, Path target) throws SQLException {
    assertThat(report.verified()).isTrue();
    assertThat(report.notCarried()).isEmpty();
    assertThat(FileDump.of(target)).isEqualTo(FileDump.of(source));
  }

  Path everything() throws SQLException {
    return source(
        "PRAGMA user_version = 42",
        "PRAGMA application_id = 252006674",
        "CREATE TABLE parent(id INTEGER PRIMARY KEY AUTOINCREMENT, n TEXT COLLATE NOCASE UNIQUE)",
        "INSERT INTO parent VALUES (1, 'a'), (9223372036854775806, 'b')",
        "DELETE FROM parent WHERE id > 1",
        "CREATE TABLE child(p INTEGER REFERENCES parent(id) ON DELETE CASCADE, v ANY, CHECK (v <> 'bad'))",
        "INSERT INTO child(rowid, p, v) VALUES (-9223372036854775808, 1, 1), (7, NULL, x''),"
            + " (9223372036854775807, 1, '')",
        "CREATE TABLE keyed(a TEXT, b, c, PRIMARY KEY (b DESC, a)) WITHOUT ROWID",
        "INSERT INTO keyed VALUES ('x', 1, NULL), ('x', 'one', 2.5), ('', x'00ff', 'y')",
        "CREATE TABLE strict_one(a INT, b TEXT, c ANY) STRICT",
        "INSERT INTO strict_one VALUES (9223372036854775807, 'x', 1e308), (-9223372036854775808, '', x'01')",
        "CREATE TABLE computed(a INTEGER, b AS (a * 2), c TEXT AS (a || '!') STORED)",
        "INSERT INTO computed(a) VALUES (1), (2), (NULL)",
        "CREATE TABLE loose(rowid TEXT, \"a \"\" b\" REAL, 'x;--' INTEGER, n)",
        "INSERT INTO loose VALUES ('r', 5, 'text in integer', -0.0), (NULL, 9e999, 12.3, 0.1),"
            + " (x'ff00', -9e999, 9007199254740993, CAST(x'61006200' AS TEXT)), ('1', 'abc', 1e15, x'')",
        "CREATE TABLE hidden(rowid, _rowid_, oid)",
        "INSERT INTO hidden VALUES (1, 2, 3), (1, 2, 3)",
        "CREATE TABLE \"table; DROP TABLE parent; --\"(\"\" TEXT, \"emoji 🎉\" BLOB)",
        "INSERT INTO \"table; DROP TABLE parent; --\" VALUES ('ünïcode 🎉', x'00')",
        "CREATE TABLE 'empty'(a)",
        "CREATE TABLE invalid(t TEXT)",
        "INSERT INTO invalid VALUES (CAST(x'ff80c3' AS TEXT)), (CAST(x'6100ff' AS TEXT))",
        "CREATE INDEX child_p ON child(p)",
        "CREATE UNIQUE INDEX partial ON child(p, v DESC) WHERE v > 0",
        "CREATE INDEX expression ON loose(lower(rowid), n COLLATE RTRIM)",
        "CREATE VIEW seen AS SELECT n, count(*) AS c FROM parent JOIN child ON p = id GROUP BY n",
        "CREATE VIEW broken AS SELECT * FROM nowhere",
        "CREATE TRIGGER noisy AFTER INSERT ON child BEGIN INSERT INTO hidden VALUES (NEW.p, 0, 0); END",
        "CREATE TRIGGER instead INSTEAD OF INSERT ON seen BEGIN SELECT RAISE(ABORT, 'no; no'); END",
        "CREATE VIRTUAL TABLE words USING fts5(body)",
        "INSERT INTO words VALUES ('hello world'), ('good bye')");
  }
}
