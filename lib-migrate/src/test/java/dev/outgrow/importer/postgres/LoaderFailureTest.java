package dev.outgrow.importer.postgres;

import static dev.outgrow.importer.fixture.ListedRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.error.CancelledException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.SourceFileException;
import dev.outgrow.error.StatementException;
import dev.outgrow.error.UnavailableException;
import dev.outgrow.error.ValueException;
import dev.outgrow.importer.copy.CopyWriter;
import dev.outgrow.importer.fixture.ListedRows;
import dev.outgrow.importer.fixture.MappedTable;
import dev.outgrow.importer.fixture.TestDatabase;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Each way in which copying a table can fail, and that nothing of the table stays. */
class LoaderFailureTest {
  private static final String COPY = "COPY t (id, v) FROM STDIN (FORMAT binary)";
  private static final Buffers SMALL = new Buffers(4, 1024);
  private static final TableMapping TABLE =
      MappedTable.named("t")
          .column("id", TargetType.BIGINT)
          .column("v", TargetType.TEXT)
          .key("id")
          .build();

  @SuppressWarnings("NullAway.Init")
  private static TestDatabase server;

  @SuppressWarnings("NullAway.Init")
  private Connection connection;

  @BeforeAll
  static void start() {
    server = TestDatabase.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() throws SQLException {
    server.execute("DROP TABLE IF EXISTS t", "CREATE TABLE t (id bigint PRIMARY KEY, v text)");
    connection = server.connection();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(t -> t.getName().equals("outgrow-copy"));
  }

  @Test
  void endsWhenTheServerRefusesARow() throws SQLException {
    ListedRows rows = many(5000, row(7L, "again"));

    StatementException refusal =
        catchThrowableOfType(StatementException.class, () -> load(rows, TABLE));

    assertThat(refusal.sqlState()).isEqualTo("23505");
    assertThat(refusal).hasMessageContaining("table t").hasMessageNotContaining("again");
    assertNothingStaysAndTheConnectionWorks();
  }

  @Test
  void endsWhenTheServerRefusesTheLastRow() throws SQLException {
    ListedRows rows = ListedRows.of(row(7L, "a"), row(7L, "b"));

    assertThatExceptionOfType(StatementException.class).isThrownBy(() -> load(rows, TABLE));
    assertNothingStaysAndTheConnectionWorks();
  }

  @Test
  void endsWhenTheColumnIsOfAnotherType() throws SQLException {
    server.execute("DROP TABLE t", "CREATE TABLE t (id integer, v text)");

    StatementException refusal =
        catchThrowableOfType(StatementException.class, () -> load(many(5000, row(0L, "")), TABLE));

    assertThat(refusal.sqlState()).isEqualTo("22P03");
    assertNothingStaysAndTheConnectionWorks();
  }

  @Test
  void endsWhenThereIsNoTable() throws SQLException {
    server.execute("DROP TABLE t");

    StatementException refusal =
        catchThrowableOfType(StatementException.class, () -> load(many(3, row(0L, "")), TABLE));

    assertThat(refusal.sqlState()).isEqualTo("42P01");
    assertThat(TestDatabase.column(connection, "SELECT 1")).containsExactly("1");
  }

  @Test
  void saysSoWhenTheServerDropsRows() throws SQLException {
    server.execute(
        "CREATE OR REPLACE FUNCTION odd_only() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN IF NEW.id % 2 = 0 THEN RETURN NULL; END IF; RETURN NEW; END'",
        "CREATE TRIGGER odd_only BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION odd_only()");

    assertThatExceptionOfType(StatementException.class)
        .isThrownBy(() -> load(ListedRows.of(row(1L, "a"), row(2L, "b")), TABLE))
        .withMessageContaining("1 rows of 2");
    assertThat(TestDatabase.column(connection, "SELECT 1")).containsExactly("1");
  }

  @Test
  void endsWhenTheServerEndsTheConnection() throws SQLException {
    String pid = TestDatabase.column(connection, "SELECT pg_backend_pid()").get(0);
    RowCursor rows =
        new Interfering(
            many(200_000, row(-1L, "")),
            50,
            () -> server.column("SELECT pg_terminate_backend(" + pid + ")"));

    assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> load(rows, TABLE));
    assertTheConnectionIsBroken();
    assertThat(server.column("SELECT id FROM t")).isEmpty();
  }

  @Test
  void endsWhenTheConnectionWasEndedBeforeItBegan() throws SQLException {
    String pid = TestDatabase.column(connection, "SELECT pg_backend_pid()").get(0);
    server.execute("SELECT pg_terminate_backend(" + pid + ")");

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> load(many(10, row(-1L, "")), TABLE));

    assertTheConnectionIsBroken();
  }

  @Test
  void endsWhenTheSourceFails() throws SQLException {
    SourceFileException damage =
        new SourceFileException(Path.of("x.db"), "x.db is damaged.", "Restore it.", null);
    RowCursor rows =
        new Interfering(
            many(5000, row(-1L, "")),
            4000,
            () -> {
              throw damage;
            });

    assertThatExceptionOfType(SourceFileException.class)
        .isThrownBy(() -> load(rows, TABLE))
        .isSameAs(damage);
    assertNothingStaysAndTheConnectionWorks();
  }

  @Test
  void endsInTheMiddleOfARowThatDoesNotFit() throws SQLException {
    ListedRows rows = many(3000, row(-1L, new byte[] {1}));

    ValueException misfit = catchThrowableOfType(ValueException.class, () -> load(rows, TABLE));

    assertThat(misfit.table()).isEqualTo("t");
    assertThat(misfit.column()).isEqualTo("v");
    assertThat(misfit.key()).isEqualTo("id=-1");
    assertNothingStaysAndTheConnectionWorks();
  }

  @Test
  void endsAtTextThatIsNotValid() throws SQLException {
    ListedRows rows =
        ListedRows.of(
            row(1L, "good"),
            row(
                2L,
                new ListedRows.RawText(new byte[] {'a', (byte) 0xED, (byte) 0xA0, (byte) 0x80})));

    assertThatExceptionOfType(ValueException.class)
        .isThrownBy(() -> load(rows, TABLE))
        .withMessageContaining("not valid UTF-8 at byte 1");
    assertNothingStaysAndTheConnectionWorks();
  }

  @Test
  void endsAtTextWithNul() throws SQLException {
    assertThatExceptionOfType(ValueException.class)
        .isThrownBy(() -> load(ListedRows.of(row(1L, "ab\0c")), TABLE))
        .withMessageContaining("NUL at byte 2");
    assertNothingStaysAndTheConnectionWorks();
  }

  @Test
  void endsWhenTheReadingThreadIsInterrupted() throws SQLException {
    RowCursor rows =
        new Interfering(many(5000, row(-1L, "")), 4000, () -> Thread.currentThread().interrupt());

    assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> load(rows, TABLE));

    assertThat(Thread.interrupted()).isTrue();
    assertNothingStaysAndTheConnectionWorks();
  }

  @Test
  void endsWhenTheReadingThreadIsInterruptedBeforeTheFirstRow() throws SQLException {
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(CancelledException.class)
        .isThrownBy(() -> load(many(1, row(-1L, "")), TABLE));

    assertThat(Thread.interrupted()).isTrue();
    assertNothingStaysAndTheConnectionWorks();
  }

  @Test
  void endsWhenItIsInterruptedWhileTheServerWaitsForSomebodyElse() throws Exception {
    String pid = TestDatabase.column(connection, "SELECT pg_backend_pid()").get(0);
    try (Connection other = server.connection()) {
      TestDatabase.column(
          other, "SELECT set_config('idle_in_transaction_session_timeout', '20s', false)");
      other.setAutoCommit(false);
      TestDatabase.column(other, "INSERT INTO t VALUES (1, 'not committed') RETURNING id");
      Thread interrupter = interruptWhenItWaitsForALock(pid, Thread.currentThread());

      assertThatExceptionOfType(CancelledException.class)
          .isThrownBy(() -> load(ListedRows.of(row(1L, "")), TABLE));

      assertThat(Thread.interrupted()).isTrue();
      interrupter.join();
      other.rollback();
    }
    assertNothingStaysAndTheConnectionWorks();
  }

  @Test
  void leavesNothingWhenItIsClosedWithoutBeingComplete() throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    try (CopyPipe pipe = new CopyPipe("Copying table t", connection, copy, SMALL)) {
      CopyWriter writer = new CopyWriter(pipe, pipe.first());
      writer.header();
      writer.trailer();
    }

    assertNothingStaysAndTheConnectionWorks();
  }

  @Test
  void leavesTheConnectionUsableForTheNextTable() throws SQLException {
    assertThatExceptionOfType(OutgrowException.class)
        .isThrownBy(() -> load(many(5000, row(7L, "again")), TABLE));

    load(many(5000, row(-1L, "")), TABLE);

    assertThat(TestDatabase.column(connection, "SELECT count(*) FROM t")).containsExactly("5001");
  }

  private Loaded load(RowCursor rows, TableMapping table) {
    return new Loader(connection, SMALL)
        .load(new Step.Load(table, COPY), rows, (done, bytes) -> {});
  }

  private void assertNothingStaysAndTheConnectionWorks() throws SQLException {
    assertThat(TestDatabase.column(connection, "SELECT id FROM t")).isEmpty();
  }

  /** Says so to the pool as well, which does not see what goes past it. */
  private void assertTheConnectionIsBroken() {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> TestDatabase.column(connection, "SELECT 1"));
  }

  /** Rows 0 to count - 1, then one more. */
  private static ListedRows many(int count, Object[] last) {
    List<Object[]> rows =
        new ArrayList<>(LongStream.range(0, count).mapToObj(i -> row(i, "value " + i)).toList());
    rows.add(last);
    return ListedRows.of(rows);
  }

  private static Thread interruptWhenItWaitsForALock(String pid, Thread reader) {
    Thread thread =
        new Thread(
            () -> {
              String waits =
                  "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND pid = " + pid;
              try {
                while (server.column(waits).isEmpty()) {
                  Thread.onSpinWait();
                }
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              } finally {
                reader.interrupt();
              }
            });
    thread.start();
    return thread;
  }

  private interface Interference {
    void happen() throws SQLException;
  }

  /** Does something else before one of its rows. */
  private static final class Interfering implements RowCursor {
    private final RowCursor rows;
    private final int at;
    private final Interference interference;
    private int count;

    Interfering(RowCursor rows, int at, Interference interference) {
      this.rows = rows;
      this.at = at;
      this.interference = interference;
    }

    @Override
    public boolean next() {
      if (count++ == at) {
        try {
          interference.happen();
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
      return rows.next();
    }

    @Override
    public SourceRow row() {
      return rows.row();
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
