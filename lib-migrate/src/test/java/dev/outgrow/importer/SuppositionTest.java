package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.TableReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table is loaded as what its first rows look like; where a later one is not, it is mended. */
class SuppositionTest extends PostgresFixture {
  /** Rows 1 to 2,000, of which row 1,500 is another one. */
  private static final String ROWS =
      "INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
          + " SELECT i, iif(i = 1500, %s, %s) FROM n";

  @TempDir private Path folder;
  private final List<Progress> progress = new ArrayList<>();

  private ImportReport carry(Path file, Consumer<ImportOptions.Draft> change) {
    ImportOptions options =
        ImportOptions.DEFAULT.with(
            o -> {
              o.listener = progress::add;
              o.rejectFolder = folder.resolve("rejects");
              change.accept(o);
            });
    return Course.of(options, o -> new ImportRun(file, database, o, Survey::glimpse).run());
  }

  private ImportReport carry(String... statements) throws SQLException {
    return carry(SqliteFiles.make(folder.resolve("source.db"), statements), o -> {});
  }

  private String columns(String table) throws SQLException {
    return String.join(
        ", ",
        query(
            "SELECT attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' not null' ELSE '' END"
                + " FROM pg_attribute WHERE attrelid = '"
                + table
                + "'::regclass AND attnum > 0 ORDER BY attnum"));
  }

  private long looked() {
    return progress.stream()
        .filter(p -> p.phase() == Phase.SURVEY)
        .mapToLong(Progress::rows)
        .max()
        .orElse(0);
  }

  private long loadings(String table) {
    return progress.stream()
        .filter(p -> p.phase() == Phase.LOAD && p.table().equals(table) && p.tableRows() == 2000)
        .count();
  }

  @Test
  void aCleanTableIsReadOnce() throws SQLException {
    ImportReport report =
        carry("CREATE TABLE t(id INTEGER PRIMARY KEY, v INTEGER)", ROWS.formatted("1", "i"));

    assertThat(report.verified()).isTrue();
    assertThat(columns("t")).isEqualTo("id bigint not null, v bigint");
    assertThat(looked()).isEqualTo(1_000);
    assertThat(loadings("t")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "INTEGER ; 'x' ; i ; text",
        "INTEGER ; 1.5 ; i ; numeric",
        "INTEGER ; x'00' ; i ; bytea",
        "TEXT ; 'a' || char(0) ; 'a' ; bytea",
        "TEXT ; x'61' ; 'a' ; bytea",
        "VARCHAR(5) ; 'abcdef' ; 'abc' ; text",
        "DECIMAL(6,2) ; 1.234 ; 1.5 ; numeric",
        "BOOLEAN ; 2 ; 1 ; bigint",
        "DATE ; 'soon' ; '2020-01-01' ; text",
        "TIMESTAMP ; '2020-01-01T00:00:00Z' ; '2020-01-01 10:00:00' ; text",
        "UUID ; 'none' ; '6f1b1c1e-58a1-4f0e-9d10-5a7e4b6e2c11' ; text",
        "JSON ; '{' ; '{}' ; text",
        "REAL ; 'x' ; 0.5 ; text",
        "ANY ; 'x' ; 1 ; text",
      })
  void aValueThatContradictsHasItsTableLoadedAgain(
      String declared, String other, String usual, String type) throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("source.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v " + declared + ")",
            ROWS.formatted(other, usual),
            "CREATE TABLE u(id INTEGER PRIMARY KEY, v)",
            "INSERT INTO u SELECT id, id FROM t");
    String planned =
        SqliteImport.from(file).plan().mapping().tables().get(0).columns().get(1).type().sql();

    ImportReport report = carry(file, o -> {});

    assertThat(report.verified()).isTrue();
    assertThat(columns("t")).isEqualTo("id bigint not null, v " + planned);
    assertThat(report.changedTypes())
        .filteredOn(c -> c.table().equals("t") && c.column().equals("v"))
        .allSatisfy(c -> assertThat(c.why()).contains("1500"));
    assertThat(columns("u")).isEqualTo("id bigint not null, v bigint");
    assertThat(loadings("u")).as("times that the clean table was loaded").isEqualTo(1);
    assertThat(query("SELECT count(*), count(v) FROM t")).containsExactly("2000|2000");
    assertThat(query("SELECT count(*) FROM pg_namespace WHERE nspname ~ 'outgrow_'"))
        .containsExactly("0");
    assertThat(planned).isEqualTo(type);
  }

  @Test
  void aNullInAKeyThatAllowsItInSqliteIsMet() throws SQLException {
    ImportReport report =
        carry("CREATE TABLE t(id INTEGER, v TEXT PRIMARY KEY)", ROWS.formatted("NULL", "'k' || i"));

    assertThat(report.verified()).isTrue();
    assertThat(columns("t")).isEqualTo("id bigint, v text");
    assertThat(report.notCarried())
        .singleElement()
        .satisfies(n -> assertThat(n.kind()).isEqualTo(Kind.PRIMARY_KEY));
  }

  @Test
  void whatRefersToAKeyThatChangesIsLoadedAgainAsWell() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE child(id INTEGER PRIMARY KEY, t REFERENCES t(v))",
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v UNIQUE)",
            ROWS.formatted("'x'", "i"),
            "INSERT INTO child VALUES (1, 5), (2, 7)");

    assertThat(report.verified()).isTrue();
    assertThat(columns("t")).isEqualTo("id bigint not null, v text");
    assertThat(columns("child")).isEqualTo("id bigint not null, t text");
    assertThat(query("SELECT count(*) FROM child JOIN t ON child.t = t.v")).containsExactly("2");
    assertThat(query("SELECT convalidated FROM pg_constraint WHERE contype = 'f'"))
        .containsExactly("t");
  }

  @Test
  void computedColumnsOfATableThatChangesAreNamedOnce() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v INTEGER, w AS (v + 1), r AS (typeof(v)))",
            ROWS.formatted("'x'", "i").replace("INTO t", "INTO t(id, v)"));

    assertThat(report.verified()).isTrue();
    assertThat(query("SELECT v, w FROM t WHERE id IN (1499, 1500) ORDER BY id"))
        .containsExactly("1499|1500", "x|1");
    assertThat(report.notCarried()).extracting(n -> n.name()).doesNotHaveDuplicates();
  }

  @Test
  void aRowTooLargeForAPieceOfMemoryIsMet() throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("source.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v)",
            ROWS.formatted("zeroblob(5000000)", "x'01'"));

    assertThat(carry(file, o -> {}).verified()).isTrue();
    assertThat(query("SELECT id, octet_length(v) FROM t WHERE octet_length(v) > 1"))
        .containsExactly("1500|5000000");
  }

  @Test
  void aRowLargerThanIsCarriedIsToldOrKeptAside() throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("source.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v)",
            ROWS.formatted("zeroblob(9000000)", "x'01'"));

    BadRowsException refusal =
        catchThrowableOfType(
            BadRowsException.class, () -> carry(file, o -> o.largestRow = 8_500_000));
    assertThat(refusal.count()).isEqualTo(1);
    assertThat(refusal.what()).contains("row id=1500");
    assertThat(schemas()).containsExactly("public");

    ImportReport report =
        carry(
            file,
            o -> {
              o.largestRow = 8_500_000;
              o.badRows = BadRows.REJECT;
            });
    assertThat(report.tables())
        .extracting(TableReport::rowsRead, TableReport::rowsVerified, TableReport::rowsRejected)
        .containsExactly(tuple(2000L, 1999L, 1L));
  }

  @Test
  void everyValueThatBreaksARuleIsTold() throws SQLException, IOException {
    Path file =
        SqliteFiles.make(
            folder.resolve("source.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v)",
            ROWS.formatted("'no date'", "i"),
            "UPDATE t SET v = 'nor this' WHERE id = 1800");
    Rules rules =
        Rules.read(
            Files.writeString(
                folder.resolve("rules.ini"),
                "[column t.v]\nread = epoch-seconds\ntype = timestamptz\n"));

    BadRowsException refusal =
        catchThrowableOfType(BadRowsException.class, () -> carry(file, o -> o.rules = rules));

    assertThat(refusal.count()).isEqualTo(2);
    assertThat(refusal.what()).contains("row id=1500").contains("row id=1800");
  }

  @Test
  void rowsThatReferToNothingAreFoundBeforeAnythingIsLoaded() throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("source.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v REFERENCES p(id))",
            "CREATE TABLE p(id INTEGER PRIMARY KEY)",
            "INSERT INTO p VALUES (1)",
            ROWS.formatted("7", "1"));

    BadRowsException refusal =
        catchThrowableOfType(BadRowsException.class, () -> carry(file, o -> {}));

    assertThat(refusal.count()).isEqualTo(1);
    assertThat(progress).extracting(Progress::phase).containsOnly(Phase.SURVEY);
    ImportReport report = carry(file, o -> o.orphans = Orphans.REJECT);
    assertThat(report.rowsRead()).isEqualTo(2001);
    assertThat(query("SELECT count(*) FROM t")).containsExactly("1999");
  }
}
