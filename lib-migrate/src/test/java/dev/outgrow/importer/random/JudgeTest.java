package dev.outgrow.importer.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.fixture.TestDatabase;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the judge of random files would find, it does find. */
class JudgeTest {
  @SuppressWarnings("NullAway.Init")
  private static TestDatabase server;

  @SuppressWarnings("NullAway.Init")
  private static Path file;

  @SuppressWarnings("NullAway.Init")
  private static ImportReport report;

  @BeforeAll
  static void carry(@TempDir Path folder) throws SQLException {
    server = TestDatabase.start();
    file =
        SqliteFiles.make(
            folder.resolve("judged.db"),
            "CREATE TABLE p(id INTEGER PRIMARY KEY AUTOINCREMENT, r REAL, n NUMERIC, t TEXT NOT NULL DEFAULT 'x' UNIQUE,"
                + " b BLOB, d DATE, at DATETIME, zoned DATETIME, o BOOLEAN, u UUID, j JSON, CHECK (length(t) < 9))",
            "INSERT INTO p VALUES (1, 0.1, 2.5, 'a', x'00', '2024-02-29', '2024-02-29 10:00', '2024-02-29T10:00:00Z', 1,"
                + " '6f9619ff-8b86-d011-b42d-00c04fc964ff', '[1]')",
            "INSERT INTO p(id, t) VALUES (2, 'b')",
            "CREATE INDEX by_r ON p(r)",
            "CREATE TABLE c(p INTEGER REFERENCES p(id))",
            "INSERT INTO c VALUES (1), (1)");
    report = SqliteImport.from(file).into(server.database()).run();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void judge(Connection postgres) throws SQLException {
    try (Connection sqlite = SqliteFiles.open(file)) {
      assertThat(new Judge(sqlite, postgres, "public", report).check()).contains("bigint", "uuid");
    }
  }

  @Test
  void findsNothingWhereNothingIsWrong() throws SQLException {
    try (Connection postgres = server.connection()) {
      judge(postgres);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE p SET r = 0.10000000000000002 WHERE id = 1",
        "UPDATE p SET n = 2.51 WHERE id = 1",
        "UPDATE p SET t = 'A' WHERE id = 1",
        "UPDATE p SET b = '\\x01' WHERE id = 1",
        "UPDATE p SET d = d + 1 WHERE id = 1",
        "UPDATE p SET at = at + interval '1 microsecond' WHERE id = 1",
        "UPDATE p SET zoned = zoned + interval '1 hour' WHERE id = 1",
        "UPDATE p SET o = false WHERE id = 1",
        "UPDATE p SET u = '6f9619ff-8b86-d011-b42d-00c04fc964fe' WHERE id = 1",
        "UPDATE p SET j = '[2]' WHERE id = 1",
        "UPDATE p SET j = NULL WHERE id = 1",
        "UPDATE p SET j = '[]' WHERE id = 2",
        "DELETE FROM p WHERE id = 2",
        "DELETE FROM c WHERE ctid = '(0,1)'",
        "INSERT INTO c VALUES (1)",
        "DROP TABLE c",
        "CREATE TABLE left_over(a int)",
        "ALTER TABLE p DROP COLUMN j",
        "ALTER TABLE p ALTER COLUMN t DROP NOT NULL",
        "ALTER TABLE p ALTER COLUMN t DROP DEFAULT",
        "ALTER TABLE p DROP CONSTRAINT uq_p_t",
        "ALTER TABLE p DROP CONSTRAINT ck_p_1",
        "ALTER TABLE c DROP CONSTRAINT fk_c_p",
        "ALTER TABLE c DROP CONSTRAINT fk_c_p; ALTER TABLE p DROP CONSTRAINT pk_p",
        "DROP INDEX by_r",
        "ALTER SEQUENCE p_id_seq RESTART WITH 2"
      })
  void findsWhatIsWrong(String wrong) throws SQLException {
    try (Connection postgres = server.connection()) {
      postgres.setAutoCommit(false);
      SqliteFiles.execute(postgres, wrong);
      assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> judge(postgres));
      postgres.rollback();
    }
  }
}
