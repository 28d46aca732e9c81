package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.SourceFileException;
import dev.outgrow.error.TargetException;
import dev.outgrow.error.ValueException;
import dev.outgrow.importer.file.FileDump;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.Rule;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.source.Reading.Form;
import dev.outgrow.importer.verify.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.Collation;

/** A SQLite file is carried into another one. */
class FileImportTest extends FileImportFixture {
  private static final String MANY =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)"
          + " INSERT INTO t SELECT i, 'value ' || i FROM n";

  @Test
  void everythingArrivesAsItIs() throws SQLException {
    Path source = everything();

    ImportReport report = carry(source);

    assertCarried(report, source, target());
    try (Connection connection = SqliteFiles.open(target())) {
      assertThat(FileDump.ask(connection, "SELECT rowid FROM words WHERE words MATCH 'world'"))
          .containsExactly("1");
      assertThat(FileDump.ask(connection, "PRAGMA integrity_check")).containsExactly("ok");
      SqliteFiles.execute(connection, "INSERT INTO parent(n) VALUES ('next')");
      assertThat(FileDump.ask(connection, "SELECT max(id) FROM parent"))
          .containsExactly("9223372036854775807");
    }
    assertThat(report.tables()).allMatch(t -> t.verified() && t.rowsRead() == t.rowsVerified());
  }

  @Test
  void theSourceIsNotTouched() throws SQLException, IOException {
    Path source = everything();
    byte[] before = Files.readAllBytes(source);

    carry(source);

    assertThat(Files.readAllBytes(source)).isEqualTo(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("source.db", "target.db", "target.db-outgrow-lock");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16le", "UTF-16be"})
  void theEncodingOfTextMayBeAnother(String encoding) throws SQLException {
    Path source =
        source(
            "PRAGMA encoding = '" + encoding + "'",
            "CREATE TABLE \"tä🎉\"(id INTEGER PRIMARY KEY, v TEXT)",
            "INSERT INTO \"tä🎉\" VALUES (1, 'ünï 🎉'), (2, ''), (3, 'a' || char(0) || 'b'), (4, x'00d8')");

    assertCarried(carry(source), source, target());

    Path back = folder.resolve("back.db");
    SqliteFiles.make(
        back, "PRAGMA encoding = '" + encoding + "'", "CREATE TABLE x(a)", "DROP TABLE x");
    try (Database database = Database.open(DatabaseUrl.sqlite(back))) {
      assertCarried(SqliteImport.from(target()).into(database).run(), target(), back);
    }
  }

  @Test
  void textThatIsNotValidIsNotChangedIntoAnotherEncoding() throws SQLException {
    Path source =
        source(
            "PRAGMA encoding = 'UTF-16le'",
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
            "INSERT INTO t VALUES (5, CAST(x'00d8' AS TEXT))");

    assertThatThrownBy(() -> carry(source))
        .isInstanceOf(ValueException.class)
        .hasMessageContaining("column v, row rowid=5");
    assertThat(verify(source).verified()).isFalse();
  }

  @Test
  void aTargetThatHoldsSomethingIsRefused() throws SQLException {
    change("CREATE TABLE precious(v)", "CREATE VIEW seen AS SELECT 1");
    Map<String, List<String>> before = FileDump.of(target());
    Path source = source("CREATE TABLE t(a)");

    assertThatThrownBy(() -> carry(source))
        .isInstanceOfSatisfying(
            TargetException.class, e -> assertThat(e.holds()).containsExactly("precious", "seen"))
        .hasMessageContaining("precious, seen")
        .hasMessageContaining("--replace");
    assertThat(FileDump.of(target())).isEqualTo(before);
  }

  @Test
  void whatIsReplacedIsKeptBesideIt() throws SQLException, IOException {
    change(
        "PRAGMA foreign_keys = ON",
        "CREATE TABLE t(id INTEGER PRIMARY KEY, v)",
        "CREATE TABLE u(t REFERENCES t)",
        "CREATE VIEW v AS SELECT * FROM t",
        "CREATE VIRTUAL TABLE f USING fts5(body)",
        "INSERT INTO t VALUES (1, 'former')",
        "INSERT INTO u VALUES (1)");
    Map<String, List<String>> before = FileDump.of(target());
    Files.writeString(folder.resolve("target.db.before_20200101_000000_abcdef.part"), "left");
    Path source = everything();

    ImportReport report = carry(source, i -> i.replace(true));

    assertCarried(report, source, target());
    assertThat(FileDump.of(Path.of(report.before()))).isEqualTo(before);
    assertThat(Path.of(report.before()).getFileName().toString()).startsWith("target.db.before_");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString())).noneMatch(n -> n.endsWith(".part"));
    }
  }

  @Test
  void whatFailsLeavesNothing() throws SQLException, IOException {
    change("CREATE TABLE t(v)", "INSERT INTO t VALUES ('former')");
    Map<String, List<String>> before = FileDump.of(target());
    Path source =
        source(
            "PRAGMA ignore_check_constraints = ON",
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v CHECK (v > 0))",
            "INSERT INTO t VALUES (1, 1), (2, -1)");

    assertThatThrownBy(() -> carry(source, i -> i.replace(true)))
        .isInstanceOf(SourceFileException.class)
        .hasMessageContaining("Table t, row rowid=2 breaks the table's own rules")
        .hasMessageContaining("v > 0");
    assertThat(FileDump.of(target())).isEqualTo(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString())).noneMatch(n -> n.contains("before"));
    }
  }

  /** SQLite would read the text as a number, because somebody has since written INTEGER there. */
  @Test
  void aValueThatArrivesAsAnotherIsFoundBeforeTheCommit() throws SQLException {
    Path source =
        source(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
            "INSERT INTO t VALUES (1, 'a'), (2, '5')",
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET sql = 'CREATE TABLE t(id INTEGER PRIMARY KEY, v INTEGER)'",
            "PRAGMA writable_schema = OFF");

    assertThatThrownBy(() -> carry(source))
        .isInstanceOfSatisfying(
            VerificationFailedException.class,
            e ->
                assertThat(e.report().differences())
                    .extracting(Difference::describeWithValues)
                    .containsExactly(
                        "Table t, row rowid=2 differs in v: '5' in the source, 5 in the target"));
    assertThat(FileDump.of(target()).get("schema")).isEmpty();
  }

  @Test
  void aRowThatIsTooLargeForTheMemoryIsRefused() throws SQLException {
    Path source =
        source("CREATE TABLE t(a, b)", "INSERT INTO t VALUES (zeroblob(3000), 'abc'), (1, 2)");

    assertThatThrownBy(() -> carry(source, i -> i.largestRow(3000)))
        .isInstanceOf(SourceFileException.class)
        .hasMessageContaining("a row of 3004 bytes; into a SQLite file, rows of up to 3000 bytes");
    assertThat(carry(source, i -> i.largestRow(3004)).verified()).isTrue();
  }

  @Test
  void aDryRunLeavesTheTargetAsItWas() throws SQLException {
    change("CREATE TABLE t(v)", "INSERT INTO t VALUES ('former')");
    Map<String, List<String>> before = FileDump.of(target());
    Path source = everything();

    ImportReport report = carry(source, i -> i.replace(true).dryRun(true));

    assertThat(report.verified()).isTrue();
    assertThat(report.dryRun()).isTrue();
    assertThat(report.before()).isEmpty();
    assertThat(report.target()).contains("dry run");
    assertThat(FileDump.of(target())).isEqualTo(before);
  }

  @Test
  void rowsThatReferToNothingAreRefusedOrKept() throws SQLException {
    Path source =
        source(
            "CREATE TABLE p(id INTEGER PRIMARY KEY)",
            "CREATE TABLE c(p REFERENCES p(id))",
            "INSERT INTO c(rowid, p) VALUES (3, 1), (4, NULL), (5, 2)");

    assertThatThrownBy(() -> carry(source))
        .isInstanceOfSatisfying(BadRowsException.class, e -> assertThat(e.count()).isEqualTo(2))
        .hasMessageContaining("table c, row rowid=3: refers to nothing in p")
        .hasMessageNotContaining("--on-bad-row");
    ImportReport report = carry(source, i -> i.orphans(Orphans.KEEP));

    assertThat(report.verified()).isTrue();
    assertThat(report.notCarried())
        .singleElement()
        .satisfies(n -> assertThat(n.kind()).isEqualTo(Kind.FOREIGN_KEY_VALIDATION))
        .satisfies(n -> assertThat(n.reason()).contains("2 of its rows"));
    assertThat(FileDump.of(target())).isEqualTo(FileDump.of(source));
  }

  @Test
  void partOfAFileIsCarried() throws SQLException {
    Path source = everything();

    ImportReport report =
        carry(source, i -> i.include("parent", "child", "words").exclude("parent"));

    assertThat(report.verified()).isTrue();
    Map<String, List<String>> there = FileDump.of(target());
    assertThat(there).doesNotContainKey("table parent").doesNotContainKey("table loose");
    assertThat(there.get("table child")).isEqualTo(FileDump.of(source).get("table child"));
    assertThat(there).containsKey("table words_data");
    assertThat(report.leftOut()).extracting(l -> l.name()).contains("parent", "loose");
    assertThat(report.notCarried())
        .extracting(n -> n.kind() + " " + n.name())
        .containsExactlyInAnyOrder(
            "VIEW seen", "TRIGGER instead", "TRIGGER noisy", "FOREIGN_KEY_VALIDATION child");
  }

  @Test
  void theFirstRowsAreCarried() throws SQLException {
    Path source =
        source("CREATE TABLE t(id INTEGER PRIMARY KEY, v)", MANY, "CREATE INDEX i ON t(v, id)");

    ImportReport report = carry(source, i -> i.limit(12));

    assertThat(report.verified()).isTrue();
    assertThat(FileDump.of(target()).get("table t"))
        .hasSize(12)
        .allMatch(r -> r.contains("integer:"));
    assertThat(report.notCarried())
        .singleElement()
        .satisfies(n -> assertThat(n.reason()).isEqualTo("Only 12 of its 30000 rows, as asked"));
  }

  @Test
  void aChangedTargetIsFoundLater() throws SQLException {
    Path source = everything();
    carry(source);
    assertThat(verify(source).verified()).isTrue();

    change(
        "DROP TRIGGER noisy",
        "UPDATE child SET v = 1.0 WHERE rowid = 7",
        "DELETE FROM child WHERE rowid < 0",
        "INSERT INTO child(rowid, v) VALUES (8, 'new')",
        "UPDATE keyed SET c = NULL WHERE b = 'one'",
        "DROP INDEX partial",
        "DROP TABLE hidden",
        "ALTER TABLE 'empty' ADD COLUMN b");

    assertThat(verify(source).differences())
        .extracting(Difference::describeWithValues)
        .containsExactlyInAnyOrder(
            "Table hidden is missing in the target",
            "Table empty is defined otherwise in the target",
            "Table child is missing in the target in index partial",
            "Table child, row rowid=-9223372036854775808 is missing in the target",
            "Table child, row rowid=7 differs in v: x'' in the source, 1 in the target",
            "Table child, row rowid=8 is in the target only",
            "Table keyed, row (a, b)=('x', 'one') differs in c: 2.5 in the source, NULL in the target");
  }

  @Test
  void theSameFileIsRefused() throws SQLException, IOException {
    Path source = source("CREATE TABLE t(a)", "INSERT INTO t VALUES (1)");
    Files.createLink(target(), source);

    assertThatThrownBy(() -> carry(source, i -> i.replace(true)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("another file than the source");
    assertThat(FileDump.of(source).get("table t")).hasSize(1);
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() throws SQLException {
    Path source = source("CREATE TABLE t(a)");
    List<UnaryOperator<SqliteImport>> refused =
        List.of(
            i -> i.intoExisting(true),
            i -> i.onBadRow(BadRows.REJECT),
            i -> i.orphans(Orphans.NULL),
            i -> i.resume(true),
            i -> i.salvage(true),
            i -> i.schema("other"),
            i -> i.rules(Rules.builder().rule("column t.a", Rule.read(Form.EPOCH_MILLIS)).build()));
    for (UnaryOperator<SqliteImport> options : refused) {
      assertThatThrownBy(() -> carry(source, options))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("import into a SQLite file");
    }
  }

  @Test
  void aDamagedSourceIsRefused() throws SQLException, IOException {
    Path source = source("CREATE TABLE t(id INTEGER PRIMARY KEY, v)", MANY);
    byte[] bytes = Files.readAllBytes(source);
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 9000, (byte) 7);
    Files.write(source, bytes);

    assertThatThrownBy(() -> carry(source))
        .isInstanceOf(SourceFileException.class)
        .hasMessageContaining("damaged");
    assertThat(FileDump.of(target()).get("schema")).isEmpty();
  }

  private Path localized(String... statements) throws SQLException {
    Path source = folder.resolve("source.db");
    try (Connection connection = SqliteFiles.open(source)) {
      Collation.create(
          connection,
          "localized",
          new Collation() {
            @Override
            protected int xCompare(String a, String b) {
              return b.compareTo(a);
            }
          });
      SqliteFiles.execute(connection, statements);
    }
    return source;
  }

  @Test
  void anIndexByACollationThatOnlyTheApplicationHasIsNamed() throws SQLException {
    Path source =
        localized(
            "CREATE TABLE t(v TEXT COLLATE localized)",
            "INSERT INTO t VALUES ('a'), ('b')",
            "CREATE INDEX i ON t(v)",
            "CREATE INDEX plain ON t(v COLLATE NOCASE)");

    ImportReport report = carry(source);

    assertThat(report.verified()).isTrue();
    assertThat(report.notCarried())
        .singleElement()
        .satisfies(n -> assertThat(n.kind() + " " + n.name()).isEqualTo("INDEX i"))
        .satisfies(n -> assertThat(n.reason()).contains("the collation localized"));
    assertThat(FileDump.of(target()).get("table t")).isEqualTo(FileDump.of(source).get("table t"));
  }

  @Test
  void aKeyByACollationThatOnlyTheApplicationHasIsRefused() throws SQLException {
    Path source =
        localized(
            "CREATE TABLE t(v TEXT COLLATE localized UNIQUE)", "INSERT INTO t VALUES ('a'), ('b')");

    assertThatThrownBy(() -> carry(source))
        .isInstanceOf(SourceFileException.class)
        .hasMessageContaining("Table t has a key")
        .hasMessageContaining("collation localized");
  }
}
