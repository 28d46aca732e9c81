package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.progress.Progress.Event;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.PhaseTime;
import dev.outgrow.importer.report.TableReport;
import dev.outgrow.importer.report.TableTime;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of an import while it runs, and what its report says of it afterwards. */
class ProgressTest extends PostgresFixture {
  @TempDir private Path folder;
  private final List<Progress> told = new ArrayList<>();

  private SqliteImport source(String... more) throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("source.db"),
            "CREATE TABLE a(id INTEGER PRIMARY KEY, v TEXT)",
            "CREATE TABLE \"\"(id INTEGER PRIMARY KEY)",
            "INSERT INTO \"\" VALUES (1), (2)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25000)"
                + " INSERT INTO a SELECT i, 'row ' || i FROM n");
    SqliteFiles.make(file, more);
    return SqliteImport.from(file).into(database).onProgress(told::add);
  }

  @Test
  void everyPhaseAndTableBeginsAndEnds() throws SQLException {
    source().run();

    assertThat(told.get(0).event()).isEqualTo(Event.PHASE_BEGINS);
    assertThat(told.get(0).phase()).isEqualTo(Phase.SURVEY);
    assertThat(told.get(told.size() - 1).event()).isEqualTo(Event.DONE);
    assertThat(phases(Event.PHASE_BEGINS)).isEqualTo(phases(Event.PHASE_ENDS));
    assertThat(phases(Event.PHASE_BEGINS)).contains(Phase.LOAD, Phase.VERIFY, Phase.SWAP);
    assertThat(tables(Event.TABLE_BEGINS)).isEqualTo(tables(Event.TABLE_ENDS));
    assertThat(tables(Event.TABLE_ENDS))
        .containsExactlyInAnyOrder("load a", "load ", "verify a", "verify ");
  }

  @Test
  void rowsAndBytesAddUpToTheReport() throws SQLException {
    ImportReport report = source().run();

    for (TableReport table : report.tables()) {
      assertThat(of(Event.TABLE_ENDS, Phase.LOAD))
          .filteredOn(p -> p.table().equals(table.name()))
          .singleElement()
          .satisfies(
              p -> {
                assertThat(p.tableBytes()).isEqualTo(table.bytes());
                assertThat(p.tableRows()).isEqualTo(table.rowsRead());
              });
    }
    Progress loaded = of(Event.PHASE_ENDS, Phase.LOAD).get(0);
    assertThat(loaded.bytes()).isEqualTo(report.bytes()).isPositive();
    assertThat(loaded.rows()).isEqualTo(25_002).isEqualTo(loaded.totalRows());
    assertThat(of(Event.PHASE_ENDS, Phase.VERIFY).get(0).rows()).isEqualTo(25_002);
    List<Long> rows = of(Event.ROWS, Phase.LOAD).stream().map(Progress::rows).toList();
    assertThat(rows).isSorted().hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void theReportSaysWhenEveryPhaseAndTableWas() throws SQLException {
    ImportReport report = source().run();

    assertThat(report.phases()).extracting(PhaseTime::phase).isEqualTo(phases(Event.PHASE_BEGINS));
    long end = 0;
    for (PhaseTime phase : report.phases()) {
      assertThat(phase.begin()).isBetween(end - 1, end + 1);
      end = phase.begin() + phase.millis();
      for (TableTime table : phase.tables()) {
        assertThat(table.begin()).isBetween(phase.begin(), end + 1);
        assertThat(table.begin() + table.millis()).isLessThanOrEqualTo(end + 1);
      }
    }
    assertThat(end).isLessThanOrEqualTo(report.millis() + 50);
    for (TableReport table : report.tables()) {
      long both =
          report.millis(Phase.LOAD, table.name()) + report.millis(Phase.VERIFY, table.name());
      assertThat(table.millis()).isBetween(both - 2, both + 2);
    }
  }

  @Test
  void aTableThatIsLoadedAnewDoesNotCountTwice() throws SQLException {
    ImportReport report =
        source(
                "INSERT INTO \"\" SELECT id + 10 FROM a LIMIT 2000",
                "CREATE TABLE late(v INTEGER)",
                "INSERT INTO late SELECT id FROM a",
                "INSERT INTO late VALUES ('no number')")
            .run();

    assertThat(report.verified()).isTrue();
    assertThat(report.phases()).extracting(PhaseTime::phase).contains(Phase.SURVEY, Phase.LOAD);
    assertThat(report.phases().stream().filter(p -> p.phase() == Phase.LOAD)).hasSize(2);
    assertThat(told).allMatch(p -> p.totalRows() == 0 || p.rows() <= p.totalRows());
    List<Progress> ends = of(Event.PHASE_ENDS, Phase.LOAD);
    assertThat(ends.get(ends.size() - 1).rows()).isEqualTo(report.rowsRead());
    assertThat(ends.get(ends.size() - 1).bytes()).isEqualTo(report.bytes());
  }

  @Test
  void anImportThatFailsSaysSoLast() throws SQLException {
    execute("CREATE TABLE there(i int)");

    SqliteImport refused = source();
    assertThatThrownBy(refused::run).hasMessageContaining("there");
    assertThat(told.get(told.size() - 1).event()).isEqualTo(Event.FAILED);
  }

  @Test
  void listenersCanBeJoined() throws SQLException {
    List<Progress> other = new ArrayList<>();
    source()
        .onProgress(
            ((dev.outgrow.importer.progress.ProgressListener) told::add).andThen(other::add))
        .run();

    assertThat(other).isEqualTo(told).isNotEmpty();
  }

  private List<Progress> of(Event event, Phase phase) {
    return told.stream().filter(p -> p.event() == event && p.phase() == phase).toList();
  }

  private List<Phase> phases(Event event) {
    return told.stream().filter(p -> p.event() == event).map(Progress::phase).toList();
  }

  private List<String> tables(Event event) {
    return told.stream()
        .filter(p -> p.event() == event)
        .map(p -> p.phase().word() + " " + p.table())
        .toList();
  }
}
