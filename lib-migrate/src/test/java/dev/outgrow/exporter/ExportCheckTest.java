package dev.outgrow.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What SQLite finds in the file that PostgreSQL has, too. */
class ExportCheckTest extends ExportFixture {

  @Test
  void rowsThatReferToNothingAreCarriedAndNamed() throws SQLException {
    server.execute(
        "CREATE TABLE users(id bigint PRIMARY KEY)",
        "CREATE TABLE plays(id bigint PRIMARY KEY, who bigint)",
        "INSERT INTO users VALUES (1)",
        "INSERT INTO plays VALUES (1, 1), (2, 7), (3, 8), (4, NULL)",
        "ALTER TABLE plays ADD CONSTRAINT k FOREIGN KEY (who) REFERENCES users NOT VALID");

    ExportReport report = SqliteExport.from(server.database()).into(folder.resolve("o.db")).run();

    assertThat(report.verified()).isTrue();
    assertThat(report.rows()).isEqualTo(5);
    assertThat(report.notCarried())
        .extracting(NotCarried::kind, NotCarried::name, NotCarried::reason)
        .containsExactly(
            tuple(
                Kind.FOREIGN_KEY_VALIDATION,
                "plays -> users",
                "2 rows refer to nothing, as in PostgreSQL, where the key is not validated"));
  }
}
