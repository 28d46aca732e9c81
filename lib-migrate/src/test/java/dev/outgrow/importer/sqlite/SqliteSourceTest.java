package dev.outgrow.importer.sqlite;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.RawCursor;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.source.Trait;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteException;

class SqliteSourceTest {
  private static final long LARGEST = 64L << 20;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b.db",
        "what?.db",
        "no#1.db",
        "100%.db",
        "%41.db",
        "é😀.db",
        "a&mode=rwc.db",
        "semi;colon.db",
        "quote'\".db",
        "plain"
      })
  void opensAFileWhateverItIsCalled(String name) throws Exception {
    Path file =
        SqliteFiles.make(folder.resolve(name), "CREATE TABLE t (v)", "INSERT INTO t VALUES (1)");

    assertThat(SqliteFiles.survey(file))
        .singleElement()
        .satisfies(t -> assertThat(t.rows()).isEqualTo(1));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void keepsEveryStorageClassOfAColumnApart() throws Exception {
    Path file =
        make(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, v)",
            "INSERT INTO t (v) VALUES (1), (1.5), ('1'), (x'31'), (NULL), (9223372036854775807), (-1e999), (''), (x''),"
                + " (CAST(x'61ff' AS TEXT)), ('a' || char(0) || 'b')");
    SourceTable table = SqliteFiles.survey(file).get(0);
    ColumnProfile profile = table.profiles().get(1);

    assertThat(profile.counts())
        .isEqualTo(
            Map.of(
                StorageClass.NULL,
                1L,
                StorageClass.INTEGER,
                2L,
                StorageClass.REAL,
                2L,
                StorageClass.TEXT,
                4L,
                StorageClass.BLOB,
                2L));
    assertThat(profile.examples())
        .containsEntry(StorageClass.TEXT, "id=3")
        .containsEntry(StorageClass.NULL, "id=5");
    assertThat(cells(file, "t", 1))
        .containsExactly(
            "1",
            "1.5",
            "text 31",
            "blob 31",
            "null",
            "9223372036854775807",
            "-Infinity",
            "text ",
            "blob ",
            "text 61ff",
            "text 610062");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16le", "UTF-16be"})
  void readsTextOfADatabaseInUtf16(String encoding) throws Exception {
    Charset charset = encoding.endsWith("le") ? UTF_16LE : UTF_16BE;
    String text = "aé漢😀\u0001\uFFFD";
    Path file =
        make(
            "PRAGMA encoding = '" + encoding + "'",
            "CREATE TABLE t (v)",
            "INSERT INTO t VALUES ('"
                + text
                + "'), (x'0061'), (''), (CAST(x'"
                + hex("a\uD83D".toCharArray(), charset)
                + "' AS TEXT)), (CAST(x'"
                + hex("\uDE00b".toCharArray(), charset)
                + "' AS TEXT))");

    assertThat(cells(file, "t", 0))
        .containsExactly(
            "text " + HexFormat.of().formatHex(text.getBytes(UTF_8)),
            "blob 0061",
            "text ",
            "text 61eda0bd",
            "text edb88062");
  }

  @Test
  void namesARowByItsRowidUnderWhateverNameThatIsFree() throws Exception {
    Path file =
        make(
            "CREATE TABLE a (v)",
            "CREATE TABLE b (rowid, v)",
            "CREATE TABLE c (ROWID, _rowid_, v)",
            "CREATE TABLE d (rowid, _rowid_, oid, v)",
            "CREATE TABLE e (k TEXT PRIMARY KEY, v)",
            "CREATE TABLE f (x INT, y TEXT, v, PRIMARY KEY (y, x)) WITHOUT ROWID",
            "CREATE TABLE g (rowid TEXT, v)");
    for (String table : List.of("a", "b", "c", "d", "e", "f", "g")) {
      String values =
          switch (table) {
            case "a" -> "(7, 'v')";
            case "e" -> "(7, 'k''', 'v')";
            case "f" -> "(1, 'y', 'v')";
            case "d" -> "('r', '_', 'o', 'v')";
            case "c" -> "(7, 'r', '_', 'v')";
            default -> "(7, 'r', 'v')";
          };
      String columns =
          switch (table) {
            case "a" -> "(rowid, v)";
            case "b", "g" -> "(_rowid_, rowid, v)";
            case "c" -> "(oid, ROWID, _rowid_, v)";
            case "e" -> "(rowid, k, v)";
            default -> "";
          };
      SqliteFiles.make(file, "INSERT INTO " + table + columns + " VALUES " + values);
    }

    assertThat(keys(file, "a")).containsExactly("rowid=7");
    assertThat(keys(file, "b")).containsExactly("rowid=7");
    assertThat(keys(file, "c")).containsExactly("rowid=7");
    assertThat(keys(file, "d")).containsExactly("(rowid, _rowid_, oid, v)=('r', '_', 'o', 'v')");
    assertThat(keys(file, "e")).containsExactly("k='k'''");
    assertThat(keys(file, "f")).containsExactly("(y, x)=('y', 1)");
    assertThat(keys(file, "g")).containsExactly("rowid=7");
    assertThat(cells(file, "b", 0)).containsExactly("text 72");
  }

  @Test
  void readsGeneratedColumnsAndColumnsThatWereAdded() throws Exception {
    Path file =
        make(
            "CREATE TABLE t (a INT, b AS (a * 2), c AS (a || 'x') STORED)",
            "INSERT INTO t VALUES (2)",
            "ALTER TABLE t ADD COLUMN d TEXT NOT NULL DEFAULT 'later'");

    assertThat(cells(file, "t", 1)).containsExactly("4");
    assertThat(cells(file, "t", 2)).containsExactly("text 3278");
    assertThat(cells(file, "t", 3)).containsExactly("text 6c61746572");
  }

  @Test
  void seesNothingThatIsCommittedWhileItReadsInWalMode() throws Exception {
    Path file =
        make(
            "PRAGMA journal_mode = WAL",
            "CREATE TABLE a (v)",
            "CREATE TABLE b (v)",
            "INSERT INTO a VALUES (1)",
            "INSERT INTO b VALUES (1)");
    try (Connection application = SqliteFiles.open(file);
        SqliteSource source = SqliteSource.open(file)) {
      SqliteFiles.execute(application, "INSERT INTO a VALUES (2)");
      source.contents();
      assertThat(source.survey("a", nothing(1), LARGEST, rows -> {}).rows()).isEqualTo(1);
      SqliteFiles.execute(
          application, "INSERT INTO b VALUES (2)", "CREATE TABLE c (v)", "PRAGMA wal_checkpoint");

      assertThat(count(source, "a")).isEqualTo(1);
      assertThat(count(source, "b")).isEqualTo(1);
      assertThat(source.contents().tables()).containsExactly("a", "b");
    }
    assertThat(SqliteFiles.survey(file))
        .extracting(SourceTable::name)
        .containsExactly("a", "b", "c");
  }

  @Test
  void keepsAWriterWaitingWhileItReadsInRollbackMode() throws Exception {
    Path file = make("CREATE TABLE a (v)", "INSERT INTO a VALUES (1)");
    try (Connection application = SqliteFiles.open(file);
        SqliteSource source = SqliteSource.open(file)) {
      SqliteFiles.execute(application, "PRAGMA busy_timeout = 0");
      source.contents();

      assertThatExceptionOfType(SQLiteException.class)
          .isThrownBy(() -> SqliteFiles.execute(application, "INSERT INTO a VALUES (2)"));
      assertThat(count(source, "a")).isEqualTo(1);
    }
    SqliteFiles.make(file, "INSERT INTO a VALUES (2)");
    assertThat(SqliteFiles.survey(file).get(0).rows()).isEqualTo(2);
  }

  @Test
  void readsWhatIsInTheLogOnly() throws Exception {
    Path crashed = crashedInWalMode();

    assertThat(SqliteFiles.survey(crashed).get(0).rows()).isEqualTo(3);
  }

  /**
   * Line 28 of the catalogue (docs/failures.md): only the file was copied, and everything is in its
   * log.
   */
  @Test
  void refusesAFileWithoutTheLogThatHoldsAllItsTables() throws Exception {
    Path crashed = crashedInWalMode();
    Files.delete(crashed.resolveSibling("crashed.db-wal"));

    assertThatExceptionOfType(SourceFileException.class)
        .isThrownBy(() -> SqliteSource.open(crashed))
        .withMessageContaining("-wal file, which is not beside it");
  }

  @Test
  void readsAFileInWalModeWhoseTablesAreGone() throws Exception {
    Path dropped = make("PRAGMA journal_mode = WAL", "CREATE TABLE t (v)", "DROP TABLE t");
    Path vacuumed = folder.resolve("vacuumed.db");
    SqliteFiles.make(vacuumed, "PRAGMA journal_mode = WAL", "VACUUM");

    assertThat(SqliteFiles.survey(dropped)).isEmpty();
    assertThat(SqliteFiles.survey(vacuumed)).isEmpty();
  }

  /** A log of no bytes is one that was read and cut. */
  @Test
  void readsAFileInWalModeThatNeverHeldATableBesideItsEmptyLog() throws Exception {
    Path file = make("PRAGMA journal_mode = WAL");
    Files.createFile(file.resolveSibling(file.getFileName() + "-wal"));

    assertThat(SqliteFiles.survey(file)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "TRUNCATE", "PERSIST", "WAL"})
  void changesNoByteAndLeavesNothingBesideTheFile(String mode) throws Exception {
    Path file =
        make(
            "PRAGMA journal_mode = " + mode,
            "CREATE TABLE t (id INTEGER PRIMARY KEY, v)",
            "INSERT INTO t (v) VALUES (1)");
    List<String> before = contents();

    SqliteFiles.survey(file);

    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void changesNoByteOfALogThatACrashLeft() throws Exception {
    Path crashed = crashedInWalMode();
    byte[] file = Files.readAllBytes(crashed);
    byte[] log = Files.readAllBytes(crashed.resolveSibling("crashed.db-wal"));
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), crashed);

    SqliteFiles.survey(crashed);
    SqliteFiles.survey(link);

    assertThat(Files.readAllBytes(crashed)).isEqualTo(file);
    assertThat(Files.readAllBytes(crashed.resolveSibling("crashed.db-wal"))).isEqualTo(log);
  }

  @Test
  void leavesTheLogOfAnApplicationThatRuns() throws Exception {
    Path file = make("PRAGMA journal_mode = WAL", "CREATE TABLE t (v)");
    try (Connection application = SqliteFiles.open(file)) {
      SqliteFiles.execute(application, "INSERT INTO t VALUES (1)");
      byte[] log = Files.readAllBytes(folder.resolve("source.db-wal"));

      assertThat(SqliteFiles.survey(file).get(0).rows()).isEqualTo(1);

      assertThat(Files.readAllBytes(folder.resolve("source.db-wal"))).isEqualTo(log);
      SqliteFiles.execute(application, "INSERT INTO t VALUES (2)");
    }
    assertThat(SqliteFiles.survey(file).get(0).rows()).isEqualTo(2);
  }

  @Test
  void leavesOutRowsLargerThanAllowedAndHandsThemOutInPieces() throws Exception {
    Path file =
        make(
            "CREATE TABLE \"big one\" (a TEXT, b BLOB, c INT, d TEXT)",
            "INSERT INTO \"big one\" VALUES ('x', zeroblob(10), 1, NULL),"
                + " (printf('%.*c', 60000, 'y'), zeroblob(50000), 2, NULL), (NULL, randomblob(3000000), 3, 'z'),"
                + " (printf('%.*c', 70000, 'y'), x'01', 4, printf('%.*c', 2500000, 'w'))");
    try (SqliteSource source = SqliteSource.open(file)) {
      source.contents();

      assertThat(source.survey("big one", nothing(4), 110_000, rows -> {}).oversized())
          .isEqualTo(2);
      SourceTable table = source.survey("big one", nothing(4), 109_999, rows -> {});
      assertThat(table.rows()).isEqualTo(1);
      assertThat(table.oversized()).isEqualTo(3);
      try (RawCursor rows = source.oversized("big one")) {
        assertThat(pieces(rows, 1)).isEqualTo("rowid=2: 50000 of 50000 in 1");
        assertThat(pieces(rows, 1)).isEqualTo("rowid=3: 3000000 of 3000000 in 3");
        assertThat(pieces(rows, 3)).isEqualTo("rowid=4: 2500000 of 2500000 in 3");
        assertThat(rows.row().storageClass(0)).isEqualTo(StorageClass.TEXT);
        assertThat(rows.row().integer(2)).isEqualTo(4);
        assertThat(rows.next()).isFalse();
      }
    }
  }

  private static String pieces(RawCursor rows, int column) {
    assertThat(rows.next()).isTrue();
    List<byte[]> pieces = new ArrayList<>();
    rows.row().pieces(column, pieces::add);
    int bytes = pieces.stream().mapToInt(p -> p.length).sum();
    return "%s: %d of %d in %d"
        .formatted(rows.row().key(), bytes, rows.row().length(column), pieces.size());
  }

  @Test
  void tellsVirtualTablesAndWhatTheyKeepApart() throws Exception {
    Path file =
        make(
            "CREATE VIRTUAL TABLE words USING fts5(text)",
            "CREATE TABLE plain (v)",
            "CREATE VIEW v AS SELECT 1");
    try (SqliteSource source = SqliteSource.open(file)) {
      SourceContents contents = source.contents();

      assertThat(contents.tables()).containsExactly("plain", "words");
      assertThat(contents.virtualTables()).containsOnlyKeys("words");
      assertThat(contents.views()).hasSize(1);
    }
  }

  @Test
  void ignoresCaseWhereSqliteDoes() throws Exception {
    Path file =
        make(
            "CREATE TABLE Parent (ID INTEGER PRIMARY KEY)",
            "CREATE TABLE child (p REFERENCES PARENT(id))",
            "INSERT INTO child VALUES (1)");
    try (SqliteSource source = SqliteSource.open(file)) {
      source.contents();

      assertThat(source.survey("CHILD", nothing(1), LARGEST, rows -> {}).orphans())
          .containsExactly(1L);
    }
  }

  private Path make(String... statements) throws Exception {
    return SqliteFiles.make(folder.resolve("source.db"), statements);
  }

  /** Returns a copy of a file and its log, taken while the application ran. */
  private Path crashedInWalMode() throws Exception {
    Path running = folder.resolve("running.db");
    Path crashed = folder.resolve("crashed.db");
    try (Connection application = SqliteFiles.open(running)) {
      SqliteFiles.execute(
          application,
          "PRAGMA journal_mode = WAL",
          "CREATE TABLE t (v)",
          "INSERT INTO t VALUES (1), (2), (3)");
      Files.copy(running, crashed);
      Files.copy(folder.resolve("running.db-wal"), folder.resolve("crashed.db-wal"));
    }
    return crashed;
  }

  private List<String> contents() throws Exception {
    List<String> contents = new ArrayList<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        contents.add(file.getFileName() + " " + HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return contents;
  }

  private static long count(SqliteSource source, String table) {
    long rows = 0;
    try (RowCursor cursor = source.rows(table)) {
      while (cursor.next()) {
        rows++;
      }
    }
    return rows;
  }

  private static List<String> keys(Path file, String table) {
    List<String> keys = new ArrayList<>();
    walk(file, table, row -> keys.add(row.key()));
    return keys;
  }

  private static List<String> cells(Path file, String table, int column) {
    List<String> cells = new ArrayList<>();
    walk(file, table, row -> cells.add(cell(row, column)));
    return cells;
  }

  private static String cell(SourceRow row, int column) {
    return switch (row.storageClass(column)) {
      case NULL -> "null";
      case INTEGER -> Long.toString(row.integer(column));
      case REAL -> Double.toString(row.real(column));
      case TEXT -> "text " + HexFormat.of().formatHex(row.bytes(column));
      case BLOB -> "blob " + HexFormat.of().formatHex(row.bytes(column));
    };
  }

  private interface Visitor {
    void visit(SourceRow row);
  }

  private static void walk(Path file, String table, Visitor visitor) {
    try (SqliteSource source = SqliteSource.open(file)) {
      source.contents();
      try (RowCursor cursor = source.rows(table)) {
        while (cursor.next()) {
          visitor.visit(cursor.row());
        }
      }
    }
  }

  /** Looks for nothing in columns of this many. */
  private static List<Set<Trait>> nothing(int columns) {
    return Collections.nCopies(columns, Set.of());
  }

  private static String hex(char[] characters, Charset charset) {
    StringBuilder hex = new StringBuilder();
    for (char unit : characters) {
      String bigEndian = String.format(Locale.ROOT, "%04x", (int) unit);
      hex.append(
          charset.equals(UTF_16BE)
              ? bigEndian
              : bigEndian.substring(2) + bigEndian.substring(0, 2));
    }
    return hex.toString();
  }
}
