package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Database;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.existing.Append;
import dev.outgrow.importer.existing.Merged;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that cannot be added to those which the target holds, which then stay as they are. */
class AppendRefusedTest extends PostgresFixture {
  @TempDir private Path folder;

  private Path file(String... statements) throws SQLException {
    return SqliteFiles.make(folder.resolve("source.db"), statements);
  }

  private SqliteImport append(Path file, Append how) {
    return SqliteImport.from(file).into(database).append(how).rejectFolder(folder);
  }

  private void refused(SqliteImport started, String table, String... words) throws SQLException {
    List<String> before = query("SELECT xmin, ctid, * FROM " + table + " ORDER BY 3");
    assertThatThrownBy(started::run)
        .isInstanceOf(OutgrowException.class)
        .hasMessageContainingAll(words);
    assertThat(query("SELECT xmin, ctid, * FROM " + table + " ORDER BY 3")).isEqualTo(before);
    assertThat(schemas()).containsExactly("public");
  }

  @Test
  void aTableWithoutAKeyIsNamedWithWhatToDo() throws SQLException {
    execute(
        "CREATE TABLE t (id int UNIQUE, v text)",
        "CREATE UNIQUE INDEX folded ON t (lower(v))",
        "CREATE UNIQUE INDEX partly ON t (v) WHERE id > 1",
        "INSERT INTO t VALUES (1, 'a')");
    Path file = file("CREATE TABLE t(id INT, v TEXT)", "INSERT INTO t VALUES (1, 'b')");

    refused(
        append(file, Append.UPSERT),
        "t",
        "no key t: nothing tells which of its rows the file's are",
        "--exclude");
  }

  @Test
  void aKeyThatTheFileHasTwiceIsNamed() throws SQLException {
    execute("CREATE TABLE t (u uuid PRIMARY KEY, v int)");
    Path file =
        file(
            "CREATE TABLE t(u TEXT, v INT)",
            "INSERT INTO t VALUES ('A0000000-0000-0000-0000-000000000000', 1),"
                + " ('a0000000-0000-0000-0000-000000000000', 2)");

    refused(
        append(file, Append.MISSING),
        "t",
        "1 value of t(u) that several rows of the file have, and one alone can have (for example at"
            + " u='a0000000-0000-0000-0000-000000000000')");
  }

  @Test
  void whatAnotherRowHasAlreadyIsRefusedOrKeptAside() throws SQLException {
    execute(
        "CREATE TABLE t (id int PRIMARY KEY, email text, CONSTRAINT mail UNIQUE (email), at date UNIQUE)",
        "INSERT INTO t VALUES (1, 'a@x', '2024-01-01'), (2, 'b@x', '2024-01-02')");
    Path file =
        file(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, email TEXT, at TEXT)",
            "INSERT INTO t VALUES (2, 'c@x', NULL), (3, 'a@x', '2024-01-01'), (4, 'b@x', NULL), (5, 'e@x',"
                + " '2024-01-05')");

    refused(
        append(file, Append.UPSERT),
        "t",
        "1 row cannot be carried",
        "id=3",
        "another row of the target has it already, unique key mail",
        "column at: another row of the target has it already");
    refused(append(file, Append.MISSING), "t", "2 rows cannot be carried", "id=3", "id=4");

    ImportReport report = append(file, Append.UPSERT).onBadRow(BadRows.REJECT).run();
    assertThat(report.rowsRejected()).isEqualTo(1);
    assertThat(report.merged().orElseThrow()).isEqualTo(new Merged(2, 1, 0, 0));
    assertThat(report.verified()).isTrue();
    assertThat(query("SELECT id, email FROM t ORDER BY id"))
        .containsExactly("1|a@x", "2|c@x", "4|b@x", "5|e@x");
    assertThat(query("SELECT key FROM " + report.rejectPlace().schema() + ".rejects"))
        .containsExactly("id=3");
  }

  @Test
  void referencesLeadToRowsOfEither() throws SQLException {
    execute(
        "CREATE TABLE p (id int PRIMARY KEY)",
        "CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p, up int REFERENCES c)",
        "INSERT INTO p VALUES (1)",
        "INSERT INTO c VALUES (1, 1, 1)");
    Path file =
        file(
            "CREATE TABLE p(id INTEGER PRIMARY KEY)",
            "INSERT INTO p VALUES (2)",
            "CREATE TABLE c(id INTEGER PRIMARY KEY, p INT, up INT)",
            "INSERT INTO c VALUES (1, 77, 1), (2, 1, 1), (3, 2, 4), (4, 2, 3)");

    refused(append(file, Append.UPSERT), "c", "1 row cannot be carried", "id=1");
    ImportReport report = append(file, Append.MISSING).run();
    assertThat(report.merged().orElseThrow()).isEqualTo(new Merged(4, 0, 0, 1));

    SqliteFiles.make(file, "INSERT INTO c VALUES (5, 78, 5), (6, 1, 5)");
    ImportReport rejecting = append(file, Append.MISSING).orphans(Orphans.REJECT).run();
    assertThat(rejecting.rowsRejected()).isEqualTo(2);
    assertThat(rejecting.verified()).isTrue();
    ImportReport keeping =
        append(file, Append.UPSERT).orphans(Orphans.KEEP).accept(List.of(Kind.REJECT)).run();
    assertThat(keeping.notCarried())
        .anySatisfy(n -> assertThat(n.kind()).isEqualTo(Kind.FOREIGN_KEY_VALIDATION));
    assertThat(query("SELECT id, p FROM c ORDER BY id"))
        .containsExactly("1|77", "2|1", "3|2", "4|2", "5|78", "6|1");
  }

  @Test
  void rowsThatThePolicyHidesAreNotTakenForMissing() throws SQLException {
    execute(
        "CREATE TABLE t (id int PRIMARY KEY, v text)",
        "INSERT INTO t VALUES (1, 'hidden'), (2, 'seen')",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE t FORCE ROW LEVEL SECURITY",
        "CREATE POLICY p ON t USING (v = 'seen')",
        "CREATE ROLE squinting LOGIN PASSWORD 'squint'",
        "DO $$BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO squinting', current_database()); END$$",
        "GRANT ALL ON SCHEMA public TO squinting",
        "ALTER TABLE t OWNER TO squinting");
    Path file =
        file("CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)", "INSERT INTO t VALUES (3, 'new')");
    try (Database owner = Database.open(database.url().withUser("squinting", "squint"))) {
      refused(
          SqliteImport.from(file).into(owner).append(Append.MISSING), "t", "row-level security");
    } finally {
      execute("DROP OWNED BY squinting", "DROP ROLE squinting");
    }
  }

  @Test
  void rowsThatAreDisturbedUndoTheImport() throws SQLException {
    execute(
        "CREATE TABLE t (id int PRIMARY KEY, v text)",
        "INSERT INTO t VALUES (1, 'mine'), (2, 'old')",
        "CREATE RULE cunning AS ON INSERT TO t DO ALSO UPDATE t SET v = 'gone' WHERE id = 1");
    Path file =
        file("CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)", "INSERT INTO t VALUES (2, 'new')");

    refused(
        append(file, Append.UPSERT),
        "t",
        "Table t has lost or changed rows that are not the file's");
  }

  @Test
  void rowsThatChangeOnTheirWayUndoTheImport() throws SQLException {
    execute(
        "CREATE TABLE t (id int PRIMARY KEY, v text)",
        "INSERT INTO t VALUES (1, 'mine'), (2, 'old')",
        "CREATE RULE cunning AS ON DELETE TO t DO INSTEAD NOTHING",
        "CREATE RULE sly AS ON INSERT TO t WHERE NEW.id = 2 DO INSTEAD NOTHING");
    Path file =
        file("CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)", "INSERT INTO t VALUES (2, 'new')");

    refused(append(file, Append.UPSERT), "t", "Table t, row id=2 differs in v");
  }
}
