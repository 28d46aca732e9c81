package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.outgrow.database.Database;
import dev.outgrow.error.CancelledException;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.progress.Progress.Event;
import dev.outgrow.importer.progress.ProgressListener;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.TableReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An import that was stopped is gone on with: what is loaded is not loaded again. */
class ResumeTest extends PostgresFixture {
  private static final String ROWS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
          + " INSERT INTO %s SELECT %s FROM n";

  @TempDir private Path folder;
  private Path file = Path.of("");

  /** What a run was told. */
  private static final class Told implements ProgressListener {
    private final List<Progress> progress = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Predicate<Progress> stop = p -> false;
    private Runnable stopping = () -> {};

    @Override
    public void progressed(Progress each) {
      progress.add(each);
      if (stop.test(each)) {
        stop = p -> false;
        stopping.run();
      }
    }

    @Override
    public void noted(String sentence) {
      notes.add(sentence);
    }

    private Set<String> loaded() {
      return progress.stream()
          .filter(p -> p.phase() == Phase.LOAD && p.event() == Event.TABLE_BEGINS)
          .map(Progress::table)
          .collect(Collectors.toSet());
    }
  }

  @BeforeEach
  void sample() throws SQLException {
    file =
        SqliteFiles.make(
            folder.resolve("app.db"),
            "CREATE TABLE a(id INTEGER PRIMARY KEY, v TEXT, w INTEGER, g TEXT AS (lower(v)) STORED)",
            "CREATE TABLE b(id INTEGER PRIMARY KEY, a INTEGER REFERENCES a(id), t DATETIME)",
            "CREATE TABLE c(id INTEGER PRIMARY KEY, v VARCHAR(3) UNIQUE, n INTEGER,"
                + " h TEXT AS (upper(v)) VIRTUAL)",
            "CREATE TABLE d(id INTEGER PRIMARY KEY, b INTEGER REFERENCES b(id), x BLOB)",
            "CREATE INDEX ix ON a(v)",
            "CREATE VIEW seen AS SELECT a.v, b.t FROM a JOIN b ON b.a = a.id",
            "CREATE TRIGGER no BEFORE DELETE ON a BEGIN SELECT RAISE(ABORT, 'stays'); END",
            ROWS.formatted("a(id, v, w)", "i, 'Row ' || i, CASE i WHEN 2000 THEN 'x' ELSE i END"),
            ROWS.formatted("b", "i, 3001 - i, '2024-01-01 10:00:' || (10 + i % 50)"),
            ROWS.formatted("c(id, v, n)", "i, 'k' || i, i"),
            ROWS.formatted("d", "i, CASE i WHEN 7 THEN 9999 ELSE i END, x'00ff'"),
            "UPDATE c SET v = 'Ä' WHERE id = 2500");
  }

  private SqliteImport importing(Database into, ProgressListener told) {
    return SqliteImport.from(file)
        .into(into)
        .orphans(Orphans.REJECT)
        .rejectFolder(folder.resolve("rejects"))
        .onProgress(told);
  }

  private static Predicate<Progress> begins(Phase phase) {
    return p -> p.phase() == phase && p.event() == Event.PHASE_BEGINS;
  }

  private static Predicate<Progress> ends(Phase phase, String table) {
    return p -> p.phase() == phase && p.event() == Event.TABLE_ENDS && p.table().equals(table);
  }

  private Told stopped(Predicate<Progress> when) throws SQLException {
    Told told = new Told();
    Cancellation cancellation = new Cancellation();
    told.stop = when;
    told.stopping = cancellation::cancel;
    assertThatThrownBy(() -> importing(database, told).cancelledBy(cancellation).run())
        .isInstanceOf(CancelledException.class)
        .hasMessageContaining("--resume");
    assertThat(query("SELECT 1 FROM pg_tables WHERE schemaname = 'public'")).isEmpty();
    return told;
  }

  private ImportReport resumed(Told told) {
    return importing(database, told).resume(true).run();
  }

  private ImportReport uninterrupted() throws SQLException {
    execute("CREATE SCHEMA other");
    return importing(database, new Told()).schema("other").run();
  }

  private static List<String> rows(ImportReport report) {
    return report.tables().stream()
        .map(
            (TableReport t) ->
                t.name()
                    + t.rowsRead()
                    + t.rowsVerified()
                    + t.rowsRejected()
                    + t.bytes()
                    + t.checksum())
        .toList();
  }

  private void assertAsIfUninterrupted(ImportReport report) throws SQLException {
    assertThat(report.verified()).isTrue();
    ImportReport whole = uninterrupted();
    assertThat(rows(report)).isEqualTo(rows(whole));
    assertThat(report.changedTypes()).isEqualTo(whole.changedTypes());
    assertThat(report.renamed()).isEqualTo(whole.renamed());
    assertThat(report.notCarried().toString().replaceAll("outgrow_rejects_\\w+", "R"))
        .isEqualTo(whole.notCarried().toString().replaceAll("outgrow_rejects_\\w+", "R"));
    assertThat(report.rejects()).isEqualTo(whole.rejects());
    assertThat(report.notCompared()).isEqualTo(whole.notCompared());
    assertThat(made("public")).isEqualTo(made("other")).isNotEmpty();
    assertThat(schemas()).noneMatch(s -> s.startsWith("outgrow_staging_"));
  }

  /** Everything the server says of a schema's tables, without the schema's name. */
  private List<String> made(String schema) throws SQLException {
    return query(
            """
        SELECT 'column', table_name::text, column_name::text, data_type::text, is_nullable, coalesce(column_default, ''), is_identity
          FROM information_schema.columns WHERE table_schema = 'SCHEMA'
        UNION ALL
        SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated::text, '', ''
          FROM pg_constraint WHERE connamespace = 'SCHEMA'::regnamespace
        UNION ALL
        SELECT 'index', tablename, indexname, indexdef, '', '', '' FROM pg_indexes WHERE schemaname = 'SCHEMA'
        UNION ALL
        SELECT 'view', viewname, definition, '', '', '', '' FROM pg_views WHERE schemaname = 'SCHEMA'
        UNION ALL
        SELECT 'trigger', tgrelid::regclass::text, pg_get_triggerdef(oid), '', '', '', '' FROM pg_trigger
         WHERE NOT tgisinternal AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'SCHEMA'::regnamespace)
        UNION ALL
        SELECT 'sequence', sequencename, last_value::text, '', '', '', '' FROM pg_sequences WHERE schemaname = 'SCHEMA'
        ORDER BY 1, 2, 3, 4
        """
                .replace("SCHEMA", schema))
        .stream()
        .map(line -> line.replace(schema + ".", ""))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "LOAD,a",
    "LOAD,c",
    "LOAD,d",
    "INDEX,",
    "REFERENCE,",
    "FINISH,",
    "VERIFY,",
    "VERIFY,b",
    "SWAP,"
  })
  void aStoppedImportGoesOnWithTheTablesThatAreLoaded(Phase phase, String table)
      throws SQLException {
    stopped(table == null ? begins(phase) : ends(phase, table));
    List<String> loaded = query("SELECT source FROM outgrow.import_journal_table ORDER BY 1");
    assertThat(loaded).isNotEmpty();
    assertThat(query("SELECT state FROM outgrow.import_journal")).containsExactly("STOPPED");

    Told told = new Told();
    ImportReport report = resumed(told);

    assertThat(told.notes).hasSize(1);
    assertThat(told.notes.get(0))
        .startsWith("Goes on with the import of")
        .contains(loaded.size() + " tables");
    assertThat(told.loaded()).doesNotContainAnyElementsOf(loaded).hasSize(4 - loaded.size());
    assertAsIfUninterrupted(report);
    assertThat(query("SELECT DISTINCT state FROM outgrow.import_journal"))
        .containsExactly("SWAPPED");
  }

  @Test
  void aConnectionThatIsCutLeavesWhatIsLoaded() throws SQLException {
    Told cut = new Told();
    cut.stop = ends(Phase.LOAD, "b");
    cut.stopping = this::killImport;
    assertThat(catchThrowable(() -> importing(database, cut).run()))
        .isInstanceOf(OutgrowException.class)
        .hasMessageContaining("--resume");
    Told told = new Told();
    ImportReport report = resumed(told);
    assertThat(told.loaded()).doesNotContain("a").contains("d");
    assertAsIfUninterrupted(report);
  }

  private void killImport() {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database()"
              + " AND application_name LIKE '%import by process%'");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFileThatWasWrittenToIsImportedFromTheBeginning() throws Exception {
    stopped(begins(Phase.INDEX));
    FileTime time = Files.getLastModifiedTime(file);
    SqliteFiles.make(file, "UPDATE c SET n = -1 WHERE id = 5");
    Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 2_000));
    Told told = new Told();
    ImportReport report = resumed(told);
    assertThat(told.notes).hasSize(2);
    assertThat(told.notes.get(0))
        .contains("from the beginning: the file has changed (last change)");
    assertThat(told.notes.get(1)).startsWith("Cleaned what the import of");
    assertThat(told.loaded()).containsExactlyInAnyOrder("a", "b", "c", "d");
    assertAsIfUninterrupted(report);
  }

  /** Whoever sets the clock back is found out all the same. */
  @ParameterizedTest
  @CsvSource({"LOAD", "VERIFY"})
  void aChangeThatTheFileDoesNotShowIsFoundByItsRows(Phase phase) throws Exception {
    stopped(phase == Phase.LOAD ? ends(Phase.LOAD, "d") : begins(phase));
    FileTime time = Files.getLastModifiedTime(file);
    SqliteFiles.make(file, "UPDATE b SET t = '2030-01-01 10:00:00' WHERE id = 5");
    Files.setLastModifiedTime(file, time);
    Told told = new Told();
    ImportReport report = resumed(told);
    assertThat(told.notes).anyMatch(n -> n.contains("Table b has changed in the file"));
    assertThat(told.loaded()).contains("b");
    assertAsIfUninterrupted(report);
  }

  @Test
  void otherRulesOrOptionsBeginAgain() throws Exception {
    stopped(begins(Phase.INDEX));
    Path rules = Files.writeString(folder.resolve("r.ini"), "[column c.n]\ntype = numeric\n");
    Told told = new Told();
    ImportReport report =
        importing(database, told).rules(Rules.read(rules)).orphans(Orphans.KEEP).resume(true).run();
    assertThat(report.verified()).isTrue();
    assertThat(told.notes.get(0)).contains("the options have changed (orphans, rules)");
    assertThat(told.loaded()).hasSize(4);
    assertThat(schemas()).noneMatch(s -> s.startsWith("outgrow_staging_"));
  }

  @Test
  void withoutAskingTheNextRunBeginsAgainAndCleans() throws SQLException {
    stopped(begins(Phase.VERIFY));
    Told told = new Told();
    assertThat(importing(database, told).run().verified()).isTrue();
    assertThat(told.notes).hasSize(1);
    assertThat(told.notes.get(0))
        .startsWith("Cleaned what the import of")
        .contains("into schema public");
    assertThat(told.loaded()).hasSize(4);
    assertThat(schemas()).noneMatch(s -> s.startsWith("outgrow_staging_"));
    assertThat(query("SELECT state FROM outgrow.import_journal ORDER BY started"))
        .containsExactly("FAILED", "SWAPPED");
    assertThat(SqliteImport.leftOvers(database)).isEmpty();
  }

  @Test
  void whereThereIsNothingToGoOnWithThatIsSaid() {
    Told told = new Told();
    assertThat(resumed(told).verified()).isTrue();
    assertThat(told.notes)
        .containsExactly("There is nothing to go on with: the import starts from the beginning.");
  }

  @Test
  void nothingStaysThatNobodyWants() throws SQLException {
    Cancellation cancellation = new Cancellation();
    Told told = new Told();
    told.stop = begins(Phase.VERIFY);
    told.stopping = cancellation::cancel;
    assertThatThrownBy(
            () -> importing(database, told).cancelledBy(cancellation).keepLoaded(false).run())
        .isInstanceOf(CancelledException.class)
        .hasMessageNotContaining("resume");
    assertThat(query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'outgrow%'")).isEmpty();
    assertThat(importing(database, new Told()).run().verified()).isTrue();
    assertThatThrownBy(
            () ->
                importing(database, new Told())
                    .schema("two")
                    .onBadRow(BadRows.FAIL)
                    .orphans(Orphans.FAIL)
                    .run())
        .isInstanceOf(BadRowsException.class);
    assertThat(query("SELECT state FROM outgrow.import_journal")).containsExactly("SWAPPED");
  }

  @Test
  void whatIsStagedSaysWhoseItIs() throws SQLException {
    stopped(begins(Phase.INDEX));
    assertThat(SqliteImport.leftOvers(database))
        .hasSize(1)
        .first()
        .asString()
        .contains("Schema outgrow_staging_", "into schema public has left behind", "--resume");
    execute("DELETE FROM outgrow.import_journal", "CREATE SCHEMA outgrow_staging_mine");
    assertThat(SqliteImport.leftOvers(database)).hasSize(2);
    Told told = new Told();
    assertThat(importing(database, told).run().verified()).isTrue();
    assertThat(told.notes).hasSize(1);
    assertThat(schemas())
        .filteredOn(s -> s.startsWith("outgrow_staging_"))
        .containsExactly("outgrow_staging_mine"); // nothing tells whose
    assertThat(query("SELECT obj_description('public'::regnamespace)")).doesNotContain("Outgrow");
  }

  @Test
  void aSchemaThatTheSwapMakesSaysNothingAnyMore() throws SQLException {
    importing(database, new Told()).schema("fresh").run();
    assertThat(query("SELECT obj_description('fresh'::regnamespace)")).containsExactly("null");
  }

  /** What somebody else is loading right now is not touched. */
  @Test
  void whatIsUnderWayIsLeftAlone() throws SQLException {
    List<String> notes = new ArrayList<>();
    try (Database other = Database.open(database.url())) {
      Told told = new Told();
      told.stop = begins(Phase.VERIFY);
      told.stopping =
          () -> {
            Told second = new Told();
            assertThat(SqliteImport.leftOvers(other)).first().asString().contains("under way");
            assertThat(importing(other, second).schema("two").run().verified()).isTrue();
            notes.addAll(second.notes);
          };
      assertThat(importing(database, told).run().verified()).isTrue();
    }
    assertThat(notes).isEmpty();
  }

  @Test
  void neitherTheJournalsSchemaNorExistingTables() {
    assertThatThrownBy(() -> importing(database, new Told()).schema("outgrow"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("journal");
    assertThatThrownBy(() -> importing(database, new Told()).intoExisting(true).resume(true).run())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("resume");
  }

  /** Rows that do not fit are found when they are encoded; then all begins again, by other rows. */
  @Test
  void rowsThatAreKeptAsideStayAside() throws Exception {
    Path rules =
        Files.writeString(
            folder.resolve("r.ini"), "[column c.n]\ntype = bigint\n[column a.w]\ntype = bigint\n");
    SqliteFiles.make(file, "UPDATE c SET n = 'none' WHERE id > 2990");
    Told first = new Told();
    Cancellation cancellation = new Cancellation();
    first.stop = begins(Phase.FINISH);
    first.stopping = cancellation::cancel;
    assertThatThrownBy(() -> ruled(first, rules).cancelledBy(cancellation).run())
        .isInstanceOf(CancelledException.class);
    Told told = new Told();
    ImportReport report = ruled(told, rules).resume(true).run();
    assertThat(report.verified()).isTrue();
    assertThat(told.loaded()).isEmpty();
    ImportReport whole = ruled(new Told(), rules).schema("other").run();
    assertThat(rows(report)).isEqualTo(rows(whole));
    assertThat(report.rowsRejected()).isGreaterThan(11);
    assertThat(report.rejects()).isEqualTo(whole.rejects());
  }

  private SqliteImport ruled(Told told, Path rules) {
    return importing(database, told).rules(Rules.read(rules)).onBadRow(BadRows.REJECT);
  }
}
