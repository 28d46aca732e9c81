package dev.outgrow.importer.postgres;

import static dev.outgrow.importer.fixture.ListedRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.StatementException;
import dev.outgrow.importer.fixture.ListedRows;
import dev.outgrow.importer.fixture.MappedTable;
import dev.outgrow.importer.fixture.TestDatabase;
import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.Difference.What;
import dev.outgrow.importer.verify.TableVerdict;
import dev.outgrow.importer.verify.Verifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows are loaded, something is changed in PostgreSQL, and verification has to say what. */
class VerificationTest {
  private static final TableMapping KEYED =
      MappedTable.named("keyed")
          .column("id", TargetType.BIGINT)
          .column("whole", TargetType.BIGINT)
          .column("real", TargetType.DOUBLE_PRECISION)
          .column("decimal", TargetType.NUMERIC)
          .column("words", TargetType.TEXT)
          .column("bytes", TargetType.BYTEA)
          .key("id")
          .build();
  private static final TableMapping LOOSE =
      MappedTable.named("loose")
          .column("a", TargetType.BIGINT)
          .column("b", TargetType.TEXT)
          .build();
  private static final List<@Nullable Object[]> ROWS =
      List.of(
          row(1L, 10L, 0.0, 2.5, "one", new byte[] {1}),
          row(2L, 20L, 1.5, 7L, "two", new byte[] {2}),
          row(3L, null, null, null, null, null),
          row(
              4L,
              Long.MIN_VALUE,
              Double.NEGATIVE_INFINITY,
              Double.POSITIVE_INFINITY,
              "",
              new byte[0]),
          row(5L, 10L, 0.0, 2.5, "one", new byte[] {1}));
  private static final List<@Nullable Object[]> LOOSE_ROWS =
      List.of(row(1L, "x"), row(1L, "x"), row(2L, null), row(null, null));

  @SuppressWarnings("NullAway.Init")
  private static TestDatabase server;

  @BeforeAll
  static void start() {
    server = TestDatabase.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void findsNothingWhereNothingDiffers() throws SQLException {
    TableVerdict verdict = verdictAfter(KEYED, ROWS);

    assertThat(verdict.verified()).isTrue();
    assertThat(verdict.differences()).isEmpty();
    assertThat(verdict.source()).isEqualTo(verdict.target());
    assertThat(verdict.source().rows()).isEqualTo(5);
  }

  @Test
  void findsNothingInAnEmptyTable() throws SQLException {
    assertThat(verdictAfter(KEYED, List.of()).verified()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "whole|whole = 11|1",
        "whole|whole = NULL|1",
        "whole|whole = -9223372036854775807|4",
        "whole|whole = 0|3",
        "real|\"real\" = '-0'|1",
        "real|\"real\" = 1.5000000000000002|2",
        "real|\"real\" = 'NaN'|2",
        "real|\"real\" = 'Infinity'|4",
        "real|\"real\" = 0|3",
        "decimal|\"decimal\" = 2.51|1",
        "decimal|\"decimal\" = -2.5|1",
        "decimal|\"decimal\" = 70000|2",
        "decimal|\"decimal\" = 0.0007|2",
        "decimal|\"decimal\" = 'NaN'|2",
        "decimal|\"decimal\" = '-Infinity'|4",
        "decimal|\"decimal\" = 0|3",
        "words|words = 'One'|1",
        "words|words = 'one '|1",
        "words|words = ''|3",
        "words|words = NULL|4",
        "words|words = 'ones'|1",
        "words|words = 'oné'|1",
        "bytes|bytes = '\\x0100'|1",
        "bytes|bytes = ''|3",
        "bytes|bytes = '\\x00'|4",
        "bytes|bytes = NULL|4"
      })
  void findsOneChangedValueOfEachType(String column, String change, long id) throws SQLException {
    TableVerdict verdict =
        verdictAfter(KEYED, ROWS, "UPDATE keyed SET " + change + " WHERE id = " + id);

    assertThat(verdict.verified()).isFalse();
    assertThat(withoutValues(verdict))
        .containsExactly(new Difference("keyed", "id=" + id, What.CHANGED, List.of(column)));
  }

  @Test
  void takesTheSameNumberWithMoreDecimalsForTheSame() throws SQLException {
    TableVerdict verdict =
        verdictAfter(KEYED, ROWS, "UPDATE keyed SET \"decimal\" = 2.5000000 WHERE id = 1");

    assertThat(verdict.verified()).isTrue();
  }

  @Test
  void namesEveryColumnThatDiffers() throws SQLException {
    TableVerdict verdict =
        verdictAfter(
            KEYED,
            ROWS,
            "UPDATE keyed SET whole = 0, words = 'changed', bytes = NULL WHERE id = 2");

    assertThat(withoutValues(verdict))
        .containsExactly(
            new Difference("keyed", "id=2", What.CHANGED, List.of("whole", "words", "bytes")));
  }

  @Test
  void showsWhatBothSidesHoldWhereTheyDiffer() throws SQLException {
    TableVerdict verdict =
        verdictAfter(
            KEYED,
            ROWS,
            "UPDATE keyed SET whole = 0, words = repeat('long', 20), bytes = NULL WHERE id = 2",
            "UPDATE keyed SET \"real\" = 'NaN' WHERE id = 5");

    assertThat(verdict.differences())
        .extracting(Difference::describeWithValues)
        .containsExactlyInAnyOrder(
            "Table keyed, row id=2 differs in whole, words, bytes: whole 20 in SQLite, 0 in PostgreSQL;"
                + " words 'two' in SQLite, 'longlonglonglonglonglonglonglonglonglong…' in PostgreSQL;"
                + " bytes x'02' in SQLite, NULL in PostgreSQL",
            "Table keyed, row id=5 differs in real: 0.0 in SQLite, NaN in PostgreSQL");
  }

  @Test
  void findsAMissingRow() throws SQLException {
    TableVerdict verdict = verdictAfter(KEYED, ROWS, "DELETE FROM keyed WHERE id = 3");

    assertThat(withoutValues(verdict))
        .containsExactly(new Difference("keyed", "id=3", What.MISSING, List.of()));
    assertThat(verdict.target().rows()).isEqualTo(4);
  }

  @Test
  void findsAnExtraRow() throws SQLException {
    TableVerdict verdict = verdictAfter(KEYED, ROWS, "INSERT INTO keyed (id) VALUES (-6)");

    assertThat(withoutValues(verdict))
        .containsExactly(new Difference("keyed", "id=-6", What.EXTRA, List.of()));
  }

  @Test
  void findsAChangedKeyAsAMissingAndAnExtraRow() throws SQLException {
    TableVerdict verdict = verdictAfter(KEYED, ROWS, "UPDATE keyed SET id = 6 WHERE id = 5");

    assertThat(withoutValues(verdict))
        .containsExactlyInAnyOrder(
            new Difference("keyed", "id=6", What.EXTRA, List.of()),
            new Difference("keyed", "id=5", What.MISSING, List.of()));
  }

  @Test
  void findsValuesThatChangedPlaces() throws SQLException {
    TableVerdict verdict =
        verdictAfter(
            KEYED,
            ROWS,
            "UPDATE keyed SET words = CASE id WHEN 1 THEN 'two' ELSE 'one' END WHERE id IN (1, 2)");

    assertThat(withoutValues(verdict))
        .containsExactlyInAnyOrder(
            new Difference("keyed", "id=1", What.CHANGED, List.of("words")),
            new Difference("keyed", "id=2", What.CHANGED, List.of("words")));
  }

  @Test
  void findsValuesThatChangedColumns() throws SQLException {
    TableMapping pair =
        MappedTable.named("pair")
            .column("id", TargetType.BIGINT)
            .column("a", TargetType.TEXT)
            .column("b", TargetType.TEXT)
            .key("id")
            .build();

    TableVerdict verdict =
        verdictAfter(
            pair, List.<@Nullable Object[]>of(row(1L, "x", "y")), "UPDATE pair SET a = b, b = a");

    assertThat(withoutValues(verdict))
        .containsExactly(new Difference("pair", "id=1", What.CHANGED, List.of("a", "b")));
  }

  @Test
  void findsARowTooManyInATableWithoutAKey() throws SQLException {
    TableVerdict verdict = verdictAfter(LOOSE, LOOSE_ROWS, "INSERT INTO loose VALUES (1, 'x')");

    assertThat(withoutValues(verdict))
        .containsExactly(new Difference("loose", "(a, b)=(1, 'x')", What.EXTRA, List.of()));
  }

  @Test
  void findsARowTooFewInATableWithoutAKey() throws SQLException {
    TableVerdict verdict =
        verdictAfter(
            LOOSE,
            LOOSE_ROWS,
            "DELETE FROM loose WHERE ctid = (SELECT min(ctid) FROM loose WHERE b = 'x')");

    assertThat(withoutValues(verdict))
        .containsExactly(new Difference("loose", "id=1", What.MISSING, List.of()));
  }

  @Test
  void findsEmptyTextForNullInATableWithoutAKey() throws SQLException {
    TableVerdict verdict = verdictAfter(LOOSE, LOOSE_ROWS, "UPDATE loose SET b = '' WHERE a = 2");

    assertThat(verdict.differences())
        .extracting(Difference::what)
        .containsExactlyInAnyOrder(What.MISSING, What.EXTRA);
  }

  @Test
  void findsNullThatChangedColumnsInATableWithoutAKey() throws SQLException {
    TableMapping pair =
        MappedTable.named("bare")
            .column("a", TargetType.BIGINT)
            .column("b", TargetType.BIGINT)
            .build();

    TableVerdict verdict =
        verdictAfter(
            pair, List.<@Nullable Object[]>of(row(1L, null)), "UPDATE bare SET a = b, b = a");

    assertThat(verdict.verified()).isFalse();
  }

  @Test
  void namesSomeDifferencesWhereAllRowsDiffer() throws SQLException {
    List<@Nullable Object[]> rows =
        new ArrayList<>(LongStream.range(0, 20_000).mapToObj(i -> row(i, "v")).toList());
    TableMapping table =
        MappedTable.named("many")
            .column("id", TargetType.BIGINT)
            .column("v", TargetType.TEXT)
            .key("id")
            .build();

    TableVerdict verdict = verdictAfter(table, rows, "UPDATE many SET v = 'w'");

    assertThat(verdict.verified()).isFalse();
    assertThat(verdict.differences())
        .hasSizeBetween(1, 20)
        .allMatch(d -> d.what() == What.CHANGED && d.columns().equals(List.of("v")));
  }

  @Test
  void findsTheOneRowOfManyThatDiffers() throws SQLException {
    List<@Nullable Object[]> rows =
        new ArrayList<>(LongStream.range(0, 20_000).mapToObj(i -> row(i, "v")).toList());
    TableMapping table =
        MappedTable.named("many")
            .column("id", TargetType.BIGINT)
            .column("v", TargetType.TEXT)
            .key("id")
            .build();

    TableVerdict verdict = verdictAfter(table, rows, "UPDATE many SET v = 'w' WHERE id = 13579");

    assertThat(withoutValues(verdict))
        .containsExactly(new Difference("many", "id=13579", What.CHANGED, List.of("v")));
  }

  @Test
  void readsAPartOfATableOnlyToTheEndOfItsFailure() throws SQLException {
    create(KEYED);
    server.execute("ALTER TABLE keyed DROP COLUMN words");
    try (Connection connection = server.connection()) {
      Verifier verifier = new Verifier(connection, "public");

      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(
              () ->
                  verifier.verify(
                      KEYED,
                      Verifier.digest(KEYED, ListedRows.of(ROWS)),
                      () -> ListedRows.of(ROWS),
                      done -> {}));
      assertThat(TestDatabase.column(connection, "SELECT 1")).containsExactly("1");
    }
  }

  @Test
  void leavesTheConnectionUsableWhereAColumnIsOfAnotherType() throws SQLException {
    create(KEYED);
    server.execute(
        "ALTER TABLE keyed ALTER whole TYPE integer",
        "INSERT INTO keyed (id, whole) SELECT i, i FROM generate_series(1, 5000) i");
    try (Connection connection = server.connection()) {
      Verifier verifier = new Verifier(connection, "public");

      assertThatExceptionOfType(StatementException.class)
          .isThrownBy(
              () ->
                  verifier.verify(
                      KEYED,
                      Verifier.digest(KEYED, ListedRows.of(ROWS)),
                      () -> ListedRows.of(ROWS),
                      done -> {}));
      assertThat(TestDatabase.column(connection, "SELECT 1")).containsExactly("1");
    }
  }

  private static TableVerdict verdictAfter(
      TableMapping table, List<@Nullable Object[]> rows, String... changes) throws SQLException {
    create(table);
    try (Connection connection = server.connection()) {
      Loaded loaded = load(connection, table, ListedRows.of(rows));
      server.execute(changes);
      return new Verifier(connection, "public")
          .verify(table, loaded.digest(), () -> ListedRows.of(rows), done -> {});
    }
  }

  private static List<Difference> withoutValues(TableVerdict verdict) {
    return verdict.differences().stream()
        .map(d -> new Difference(d.table(), d.key(), d.what(), d.columns()))
        .toList();
  }

  private static void create(TableMapping table) throws SQLException {
    String columns =
        table.columns().stream().map(VerificationTest::column).collect(Collectors.joining(", "));
    server.execute(
        "DROP TABLE IF EXISTS " + table.target(),
        "CREATE TABLE " + table.target() + " (" + columns + ")");
  }

  private static String column(ColumnMapping column) {
    return '"' + column.target() + "\" " + column.type().sql();
  }

  private static Loaded load(Connection connection, TableMapping table, RowCursor rows) {
    Step.Load step = new Step.Load(table, "COPY " + table.target() + " FROM STDIN (FORMAT binary)");
    return new Loader(connection, Buffers.DEFAULT).load(step, rows, (done, bytes) -> {});
  }
}
