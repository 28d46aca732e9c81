package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.error.CancelledException;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.ConstraintException;
import dev.outgrow.error.UnavailableException;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.progress.ProgressListener;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large tables are loaded over several connections, as a whole or not at all. */
class StreamsTest extends PostgresFixture {
  private static final int ROWS = 40_000;
  private static final String COPYING =
      "FROM pg_stat_activity WHERE query LIKE 'COPY %FROM STDIN%' AND state = 'active'"
          + " AND datname = current_database()";
  private static final String WHOLE =
      "SELECT count(*), count(DISTINCT id), sum(id), md5(string_agg(v, ',' ORDER BY id)) FROM t";

  @TempDir private Path folder;
  private Path file = Path.of("");
  private String expected = "";
  private final AtomicInteger copies = new AtomicInteger();

  @BeforeEach
  void sample() throws SQLException {
    file =
        SqliteFiles.make(
            folder.resolve("app.db"),
            "CREATE TABLE a(id INTEGER PRIMARY KEY)",
            "INSERT INTO a VALUES (1), (2)",
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT, n INTEGER)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                + ROWS
                + ") INSERT INTO t SELECT i, 'row ' || i, i * 7 FROM n");
    execute(
        "CREATE TABLE e AS SELECT g AS id, 'row ' || g AS v FROM generate_series(1, "
            + ROWS
            + ") g");
    expected = query(WHOLE.replace("FROM t", "FROM e")).get(0);
    execute("DROP TABLE e");
  }

  private SqliteImport carry(int streams, Database into, ProgressListener listener) {
    return StreamedImport.over(streams, SqliteImport.from(file)).into(into).onProgress(listener);
  }

  private static boolean isLoading(Progress progress) {
    return progress.phase() == Phase.LOAD && progress.tableRows() > ROWS / 2;
  }

  /** Looks, on a connection that is not the import's, how many COPY there are. */
  private void look(Progress progress) {
    if (isLoading(progress)) {
      copies.accumulateAndGet(Integer.parseInt(ask("SELECT count(*) " + COPYING)), Math::max);
    }
  }

  private String ask(String sql) {
    try {
      return query(sql).get(0);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertWhole(ImportReport report) throws SQLException {
    assertThat(report.verified()).isTrue();
    assertThat(query(WHOLE)).containsExactly(expected);
    assertThat(schemas()).containsExactly("public");
  }

  /** A table that nobody has a connection of the import for any more can be locked. */
  private void assertNobodyIsLeft() throws SQLException {
    assertThat(
            query(
                "SELECT state, query FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND state LIKE 'idle in transaction%'"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void carriesEachRowOnceOverAllOfThem(int streams) throws SQLException {
    assertWhole(carry(streams, database, this::look).run());
    assertThat(copies).hasValue(streams);
    assertNobodyIsLeft();
  }

  @Test
  void takesNoMoreThanThePoolHasLeft() throws SQLException {
    Database small = small(2);
    try (small) {
      assertWhole(carry(4, small, this::look).run());
    }
    assertThat(copies).hasValue(1); // the other connection is left to the application
  }

  @Test
  void aPoolOfOneConnectionIsEnough() throws SQLException {
    try (Database small = small(1)) {
      assertWhole(carry(4, small, progress -> {}).run());
    }
  }

  private Database small(int connections) {
    return Database.open(
        DatabaseConfig.builder(database.url())
            .minimumPoolSize(1)
            .maximumPoolSize(connections)
            .acquisitionTimeout(Duration.ofSeconds(3))
            .build());
  }

  @Test
  void aRowThatDoesNotFitLeavesNothingOfTheTable() throws SQLException {
    SqliteFiles.make(file, "UPDATE t SET n = 'seven' WHERE id = " + (ROWS - 1));

    ImportReport report = carry(3, database, this::look).run();

    assertWhole(report);
    assertThat(query("SELECT n FROM t WHERE id = " + (ROWS - 1))).containsExactly("seven");
    assertThat(copies).hasValue(3);
    assertNobodyIsLeft();
  }

  /** Whichever of the sessions ends: no row is there twice, none is missing. */
  @ParameterizedTest
  @ValueSource(strings = {"min", "max"})
  void goesOnAfterASessionWasEnded(String which) throws SQLException {
    AtomicInteger ended = new AtomicInteger();
    ProgressListener ending =
        progress -> {
          if (isLoading(progress) && ended.getAndIncrement() == 0) {
            ask(
                "SELECT pg_terminate_backend(pid, 5000) "
                    + COPYING
                    + " AND pid = (SELECT "
                    + which
                    + "(pid) "
                    + COPYING
                    + ")");
          }
        };

    assertThat(catchThrowable(() -> carry(3, database, ending).run()))
        .isInstanceOf(UnavailableException.class);
    assertThat(query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).isEmpty();
    assertNobodyIsLeft();

    assertWhole(carry(3, database, progress -> {}).resume(true).run());
  }

  /** Then the rows of the further connections are committed already, and the others are not. */
  @Test
  void leavesNothingOfATableThatTheJournalDidNotTake() throws SQLException {
    AtomicInteger begun = new AtomicInteger();
    ProgressListener hindering =
        progress -> {
          if (isLoading(progress) && begun.getAndIncrement() == 0) {
            change(
                "ALTER TABLE outgrow.import_journal_table"
                    + " ADD CONSTRAINT hindered CHECK (source <> 't') NOT VALID");
          }
        };

    assertThatThrownBy(() -> carry(3, database, hindering).run())
        .isInstanceOf(ConstraintException.class)
        .hasMessageContaining("hindered");
    assertThat(schemas()).containsExactly("public");
    assertThat(query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).isEmpty();
    assertNobodyIsLeft();

    assertWhole(carry(3, database, progress -> {}).run());
  }

  private void change(String sql) {
    try {
      execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whichever connection reads its page. */
  @ParameterizedTest
  @ValueSource(ints = {1, ROWS / 2, ROWS})
  void findsTheRowThatDiffers(int id) {
    ProgressListener changing =
        progress -> {
          if (progress.phase() == Phase.VERIFY && progress.event() == Progress.Event.PHASE_BEGINS) {
            String schema = ask("SELECT schemaname FROM pg_tables WHERE tablename = 't'");
            change("UPDATE " + schema + ".t SET n = -n WHERE id = " + id);
          }
        };

    assertThatThrownBy(() -> carry(3, database, changing).run())
        .isInstanceOf(VerificationFailedException.class)
        .hasMessageContaining("id=" + id);
  }

  private final AtomicInteger readers = new AtomicInteger();

  private void lookAtReaders(Progress progress) {
    if (isReadingBack(progress)) {
      String sql =
          "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY (SELECT%ctid%'"
              + " AND datname = current_database()";
      readers.accumulateAndGet(Integer.parseInt(ask(sql)), Math::max);
    }
  }

  private static boolean isReadingBack(Progress progress) {
    return progress.phase() == Phase.VERIFY && progress.tableRows() > 2;
  }

  @Test
  void readsBackOverAllOfThem() throws SQLException {
    assertWhole(carry(3, database, this::lookAtReaders).run());
    assertThat(readers).hasValue(3);
  }

  @Test
  void verifiesOverAllOfThemAsOfOneMoment() throws SQLException {
    assertWhole(carry(1, database, progress -> {}).run());
    AtomicInteger changed = new AtomicInteger();
    ProgressListener changing =
        progress -> {
          lookAtReaders(progress);
          if (isReadingBack(progress) && changed.getAndIncrement() == 0) {
            change("UPDATE t SET n = -n");
            change("DELETE FROM t WHERE id % 2 = 0");
          }
        };

    assertThat(carry(3, database, changing).verify().verified()).isTrue();
    assertThat(changed).hasPositiveValue();
    assertThat(readers).hasValue(3);
    assertNobodyIsLeft();

    assertThat(carry(3, database, progress -> {}).verify().verified()).isFalse();
  }

  @Test
  void loadsTablesWithColumnsThatAreComputedOverAllOfThem() throws SQLException {
    SqliteFiles.make(file, "ALTER TABLE t ADD COLUMN d INTEGER AS (n * 2)");

    assertWhole(carry(3, database, this::look).run());

    assertThat(copies).hasValue(3);
    assertThat(query("SELECT count(*) FROM t WHERE d = n * 2")).containsExactly("" + ROWS);
    assertNobodyIsLeft();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isCancelledWhileAllOfThemReadBack(boolean alone) throws SQLException {
    if (alone) {
      carry(1, database, progress -> {}).run();
    }
    Cancellation cancellation = new Cancellation();
    ProgressListener cancelling =
        progress -> {
          lookAtReaders(progress);
          if (readers.get() > 1) {
            cancellation.cancel();
          }
        };
    SqliteImport carry = carry(3, database, cancelling).cancelledBy(cancellation);

    assertThatThrownBy(
            () -> {
              if (alone) {
                carry.verify();
              } else {
                carry.run();
              }
            })
        .isInstanceOf(CancelledException.class);
    assertThat(query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        .hasSize(alone ? 2 : 0);
    assertThat(
            query(
                "SELECT query FROM pg_stat_activity WHERE query LIKE 'COPY (SELECT%ctid%'"
                    + " AND state <> 'idle' AND datname = current_database()"))
        .isEmpty();
    assertNobodyIsLeft();
    SqliteImport again = carry(3, database, progress -> {});
    if (alone) {
      assertThat(again.verify().verified()).isTrue();
    } else {
      assertWhole(again.resume(true).run());
    }
  }

  @Test
  void isCancelledOnAllOfThem() throws SQLException {
    Cancellation cancellation = new Cancellation();
    ProgressListener cancelling =
        progress -> {
          if (isLoading(progress)) {
            cancellation.cancel();
          }
        };

    assertThatThrownBy(() -> carry(3, database, cancelling).cancelledBy(cancellation).run())
        .isInstanceOf(CancelledException.class);
    assertThat(query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).isEmpty();
    assertThat(query("SELECT count(*) " + COPYING)).containsExactly("0");
    assertNobodyIsLeft();
    assertWhole(carry(3, database, progress -> {}).resume(true).run());
  }

  @Test
  void refusesANumberThatIsNone() {
    for (int streams : List.of(0, -1, 17)) {
      assertThatThrownBy(() -> SqliteImport.from(file).streams(streams))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("streams")
          .hasMessageContaining("1 to 16");
    }
  }
}
