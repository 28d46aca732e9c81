package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.Collation;

/** What becomes of SQLite's collations: NOCASE, RTRIM, and those only an application knows. */
class SqliteImportCollationTest extends PostgresFixture {
  @TempDir private Path folder;

  private ImportReport carry(String... statements) throws SQLException {
    Path file = SqliteFiles.make(folder.resolve("source.db"), statements);
    return SqliteImport.from(file).into(database).run();
  }

  private static List<String> named(ImportReport report) {
    return report.notCarried().stream()
        .map(n -> n.kind().word() + " " + n.name() + ": " + n.reason())
        .toList();
  }

  private List<String> indexes() throws SQLException {
    return query(
        "SELECT regexp_replace(indexdef, ' ON [^ ]* USING btree', '') FROM pg_indexes"
            + " WHERE schemaname = 'public' ORDER BY indexname");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name TEXT COLLATE NOCASE PRIMARY KEY",
        "name VARCHAR(20) COLLATE nocase UNIQUE",
        "name TEXT, PRIMARY KEY (name COLLATE NOCASE)",
        "name TEXT, UNIQUE (name COLLATE NOCASE)"
      })
  void aKeyThatDoesNotTellCasesApartStillDoesNot(String columns) throws SQLException {
    ImportReport report =
        carry("CREATE TABLE t(" + columns + ")", "INSERT INTO t VALUES ('Rock'), ('ä'), ('Ä')");

    assertThat(report.verified()).isTrue();
    assertThatThrownBy(() -> execute("INSERT INTO t VALUES ('rOCK')"))
        .hasMessageContaining("_nocase");
    assertThatThrownBy(() -> execute("INSERT INTO t VALUES ('Rock')"));
    assertThatCode(() -> execute("INSERT INTO t VALUES ('Rock ')")).doesNotThrowAnyException();
    assertThat(query("SELECT name FROM t ORDER BY name COLLATE \"C\""))
        .containsExactly("Rock", "Rock ", "Ä", "ä");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE UNIQUE INDEX u ON t(name COLLATE NOCASE)",
        "CREATE UNIQUE INDEX u ON t(name COLLATE NOCASE) WHERE name <> ''",
        "CREATE UNIQUE INDEX u ON t((name || '!') COLLATE NOCASE)",
        "CREATE UNIQUE INDEX u ON t(folded)"
      })
  void aUniqueIndexThatDoesNotTellCasesApartStillDoesNot(String index) throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(name TEXT, folded TEXT COLLATE NOCASE)",
            index,
            "INSERT INTO t VALUES ('Rock', 'Rock'), ('É', 'É')");

    assertThat(report.verified()).isTrue();
    assertThatThrownBy(() -> execute("INSERT INTO t VALUES ('rOCK', 'rOCK')"))
        .hasMessageContaining("\"u\"");
    assertThatCode(() -> execute("INSERT INTO t VALUES ('é', 'é')")).doesNotThrowAnyException();
  }

  @Test
  void aKeyThatComparesExactlyDoesSoWhateverItsColumnDoes() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(name TEXT COLLATE NOCASE, UNIQUE (name COLLATE BINARY),"
                + " UNIQUE (name COLLATE NOCASE, name COLLATE RTRIM))",
            "INSERT INTO t VALUES ('Rock'), ('rock')");

    assertThat(report.verified()).isTrue();
    assertThat(indexes()).hasSize(2).noneMatch(i -> i.contains("lower"));
  }

  @Test
  void blanksAtTheEndStillDoNotTellKeysApart() throws SQLException {
    carry(
        "CREATE TABLE t(code TEXT COLLATE RTRIM PRIMARY KEY) WITHOUT ROWID",
        "INSERT INTO t VALUES ('a  '), (' a'), ('a' || char(9))");

    assertThatThrownBy(() -> execute("INSERT INTO t VALUES ('a')"))
        .hasMessageContaining("pk_t_rtrim");
    assertThatCode(() -> execute("INSERT INTO t VALUES ('A')")).doesNotThrowAnyException();
  }

  @Test
  void indexesKeepTheirOrderAndTheReportSaysHowAQueryFindsThem() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(name TEXT COLLATE NOCASE, kind TEXT, n INTEGER COLLATE NOCASE)",
            "CREATE INDEX by_kind ON t(kind COLLATE NOCASE DESC, n)",
            "CREATE INDEX by_length ON t(length(name), name COLLATE BINARY)",
            "CREATE INDEX by_name ON t(name, kind COLLATE RTRIM)",
            "INSERT INTO t VALUES ('x', 'y', 1)");

    assertThat(indexes())
        .containsExactly(
            "CREATE INDEX by_kind (lower((kind COLLATE \"C\")) DESC, n)",
            "CREATE INDEX by_length (((char_length(name))::bigint), name)",
            "CREATE INDEX by_name (lower((name COLLATE \"C\")), rtrim(kind) COLLATE \"C\")");
    assertThat(named(report))
        .containsExactly(
            "collation t.name: NOCASE is kept by keys, indexes and checks; a query compares"
                + " exactly unless it says lower(\"name\" COLLATE \"C\")");
  }

  @Test
  void referencesInAnotherCaseAreCarriedAndNamedAndAreNoOrphans() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE genre(name TEXT COLLATE NOCASE PRIMARY KEY)",
            "INSERT INTO genre VALUES ('Rock'), ('Pop')",
            "CREATE TABLE song(id INTEGER PRIMARY KEY, genre TEXT REFERENCES genre)",
            "INSERT INTO song VALUES (1, 'rock'), (2, 'Pop'), (3, 'POP')");

    assertThat(report.verified()).isTrue();
    assertThat(query("SELECT genre FROM song ORDER BY id")).containsExactly("rock", "Pop", "POP");
    assertThat(named(report))
        .contains(
            "collation song(genre) -> genre: 2 of its rows refer to a row that is spelled"
                + " otherwise, by NOCASE; fk_song_genre is NOT VALID and holds for new rows only");
    assertThatThrownBy(() -> execute("INSERT INTO song VALUES (4, 'Jazz')"))
        .hasMessageContaining("fk_song_genre");
  }

  @Test
  void aUniqueIndexByItsColumnsCollationCanBeReferredTo() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE genre(id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE)",
            "CREATE UNIQUE INDEX genres ON genre(name)",
            "INSERT INTO genre VALUES (1, 'Rock')",
            "CREATE TABLE song(genre TEXT REFERENCES genre(name))",
            "INSERT INTO song VALUES ('Rock')");

    assertThat(report.notCarried()).extracting(n -> n.kind()).containsExactly(Kind.COLLATION);
    assertThat(query("SELECT convalidated FROM pg_constraint WHERE contype = 'f'"))
        .containsExactly("t");
    assertThatThrownBy(() -> execute("INSERT INTO genre VALUES (2, 'ROCK')"))
        .hasMessageContaining("\"genres\"");
  }

  @Test
  void checksCompareByTheCollationOfTheColumn() throws SQLException {
    carry(
        "CREATE TABLE t(name TEXT COLLATE NOCASE CHECK (name IN ('yes', 'no')))",
        "INSERT INTO t VALUES ('YES')");

    assertThatCode(() -> execute("INSERT INTO t VALUES ('No')")).doesNotThrowAnyException();
    assertThatThrownBy(() -> execute("INSERT INTO t VALUES ('maybe')"));
  }

  /** Android's and Apple's files sort by collations that no other program has. */
  @Test
  void aFileIsReadWithoutTheCollationsOnlyItsApplicationKnows() throws SQLException {
    Path file = folder.resolve("phone.db");
    try (Connection connection = SqliteFiles.open(file)) {
      Collation.create(connection, "LOCALIZED", new IgnoringCase());
      SqliteFiles.execute(
          connection,
          "CREATE TABLE person(name TEXT COLLATE LOCALIZED PRIMARY KEY, born INT) WITHOUT ROWID",
          "INSERT INTO person VALUES ('Zoe', 1), ('adam', 2), ('Bea', NULL)",
          "CREATE TABLE call(id INTEGER PRIMARY KEY, who TEXT REFERENCES person(name), note TEXT)",
          "INSERT INTO call VALUES (1, 'ADAM', 'x'), (2, 'Zoe', NULL), (3, NULL, 'y')",
          "CREATE INDEX by_note ON call(note COLLATE LOCALIZED DESC)",
          "CREATE UNIQUE INDEX by_note_and_id ON call(id, note COLLATE LOCALIZED)",
          "CREATE INDEX by_call ON call(lower(note) COLLATE LOCALIZED)",
          "CREATE TABLE upper(n TEXT CHECK (n = 'a' COLLATE LOCALIZED))");
    }
    ImportReport report = SqliteImport.from(file).largestRow(100).into(database).run();

    assertThat(report.verified()).isTrue();
    assertThat(query("SELECT name, born FROM person ORDER BY name COLLATE \"C\""))
        .containsExactly("Bea|null", "Zoe|1", "adam|2");
    assertThat(named(report))
        .containsExactlyInAnyOrder(
            "collation call.note: An index on it compares by LOCALIZED: exactly in PostgreSQL",
            "collation call.note: An index on it compares by LOCALIZED: exactly in PostgreSQL",
            "index by_call: On table call: Not translated, because of the collation LOCALIZED:"
                + " lower(note)",
            "collation person.name: Collation LOCALIZED: compared exactly in PostgreSQL",
            "collation call(who) -> person: 1 of its rows refer to no row that is spelled alike;"
                + " maybe to one by LOCALIZED; fk_call_who is NOT VALID and holds for new rows only",
            "check upper: Not translated, because of the collation LOCALIZED: CHECK (n = 'a'"
                + " COLLATE LOCALIZED)");
  }

  /** What such a column holds cannot be known; what SQLite would compute without it is wrong. */
  @Test
  void aValueThatIsComputedByAnUnknownCollationIsRefused() throws SQLException {
    Path file = folder.resolve("phone.db");
    try (Connection connection = SqliteFiles.open(file)) {
      Collation.create(connection, "LOCALIZED", new IgnoringCase());
      SqliteFiles.execute(
          connection,
          "CREATE TABLE t(id INTEGER PRIMARY KEY, n TEXT COLLATE LOCALIZED, same AS (n = 'a'))",
          "INSERT INTO t(n) VALUES ('A')");
    }

    assertThatThrownBy(() -> SqliteImport.from(file).into(database).run())
        .isInstanceOf(SourceFileException.class)
        .hasMessageContaining("table t")
        .hasMessageContaining("LOCALIZED");
  }

  private static final class IgnoringCase extends Collation {
    @Override
    protected int xCompare(String left, String right) {
      return left.toLowerCase(Locale.ROOT).compareTo(right.toLowerCase(Locale.ROOT));
    }
  }
}
