package dev.outgrow.importer.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.error.OutgrowException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Whatever SQLite's quick_check finds wrong with pages, the look at the pages does not call sound;
 * and what is sound it knows to be, so that SQLite need not be asked.
 */
class SoundPagesTest {
  private static final int COPIES = Boolean.getBoolean("outgrow.exhaustive") ? 2_500 : 150;

  /** What quick_check says of pages; of values that break a constraint it tells too. */
  private static final Pattern OF_PAGES =
      Pattern.compile("(Tree|Page|Freelist|freelist|wrong #|max rootpage|incremental).*");

  /** Which page is whose is told twice; nobody who reads rows asks there. */
  private static final Pattern OF_MAPS = Pattern.compile(".*[Pp]tr ?map.*");

  private static final int NEXT_FREE = 32;

  private @TempDir Path folder;

  /** What both say. */
  private record Said(boolean sound, List<String> findings) {
    boolean isWrong() {
      return findings.stream()
          .filter(finding -> !OF_MAPS.matcher(finding).matches())
          .anyMatch(finding -> OF_PAGES.matcher(finding).matches());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "512, UTF-8, 0, DELETE",
    "512, UTF-8, 1, DELETE",
    "1024, UTF-16le, 2, DELETE",
    "4096, UTF-16be, 0, WAL",
    "8192, UTF-8, 1, WAL",
    "65536, UTF-8, 0, DELETE"
  })
  void knowsSoundFilesWithoutSqlite(int pageSize, String encoding, int vacuum, String journal)
      throws SQLException {
    Path file = sound(pageSize, encoding, vacuum, journal);

    Said said = ask(file);

    assertThat(said.findings()).containsExactly("ok");
    assertThat(said.sound()).isTrue();
  }

  @Test
  void countsTheRowsOnTheWay() throws SQLException {
    OpenFile opened = OpenFile.open(sound(1024, "UTF-8", 0, "DELETE"), Duration.ofSeconds(5), true);
    try (Connection connection = opened.connection();
        PageReads pages = opened.pages()) {
      assertThat(pages.counted("t")).isEmpty();
      assertThat(pages.areSound()).isTrue();
      for (String table : List.of("t", "w", "halves", "empty")) {
        try (Statement statement = connection.createStatement();
            ResultSet count = statement.executeQuery("SELECT count(*) FROM " + table)) {
          assertThat(pages.counted(table)).hasValue(count.getLong(1));
        }
      }
      assertThat(pages.counted("v")).isEmpty();
    }
  }

  @Test
  void endsALookThatIsInterrupted() throws SQLException {
    OpenFile opened = OpenFile.open(sound(1024, "UTF-8", 0, "DELETE"), Duration.ofSeconds(5), true);
    try (Connection connection = opened.connection();
        PageReads pages = opened.pages()) {
      pages.interrupt();

      assertThatThrownBy(pages::areSound)
          .isInstanceOfSatisfying(
              SQLiteException.class,
              e -> assertThat(e.getResultCode()).isEqualTo(SQLiteErrorCode.SQLITE_INTERRUPT));
      assertThat(connection.isClosed()).isFalse();
    }
  }

  @Test
  void knowsWhatOnlyTheLogHas() throws SQLException {
    Path file = folder.resolve("logged.db");
    try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = writer.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA wal_autocheckpoint = 0");
      statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a)");
      statement.execute(numbers(1, 3000) + "INSERT INTO t SELECT i, 'row ' || i FROM n");

      assertThat(ask(file).sound()).isTrue();
    }
  }

  @Test
  void leavesVirtualTablesToSqlite() throws SQLException {
    Path file = folder.resolve("virtual.db");
    execute(file, "CREATE VIRTUAL TABLE words USING fts5(body)", "INSERT INTO words VALUES ('a')");

    assertThat(ask(file)).isEqualTo(new Said(false, List.of("ok")));
  }

  @Test
  void anIndexWithFewerEntriesThanItsTableIsNotSound() throws SQLException, IOException {
    Path file = folder.resolve("fewer.db");
    execute(
        file,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a)",
        "INSERT INTO t VALUES (1, 1), (2, 2)",
        "PRAGMA writable_schema = ON",
        // An empty index that SQLite did not fill.
        "CREATE TABLE other (b)",
        "UPDATE sqlite_schema SET type = 'index', tbl_name = 't', name = 'ix',"
            + " sql = 'CREATE INDEX ix ON t (a)' WHERE name = 'other'");
    byte[] bytes = Files.readAllBytes(file);
    int root = 3;
    bytes[(root - 1) * 4096] = 0x0A; // an empty leaf of an index
    Files.write(file, bytes);

    Said said = ask(file);

    assertThat(said.findings()).anyMatch(finding -> finding.startsWith("wrong # of entries"));
    assertThat(said.sound()).isFalse();
  }

  @ParameterizedTest
  @Tag("slow")
  @CsvSource({
    "512, UTF-8, 0, DELETE",
    "512, UTF-8, 1, DELETE",
    "1024, UTF-8, 2, DELETE",
    "1024, UTF-16le, 0, DELETE",
    "4096, UTF-8, 0, DELETE",
  })
  void callsNothingSoundInWhichSqliteFindsAFault(
      int pageSize, String encoding, int vacuum, String journal) throws SQLException, IOException {
    byte[] sound = Files.readAllBytes(sound(pageSize, encoding, vacuum, journal));
    int wrong = 0;
    int known = 0;
    for (int copy = 0; copy < COPIES; copy++) {
      Path file = folder.resolve("damaged.db");
      Files.write(file, damaged(sound.clone(), pageSize, new Random(37L * copy + pageSize)));
      Said said = askDamaged(file);
      assertThat(said.sound() && said.isWrong()).as("copy %d: %s", copy, said).isFalse();
      wrong += said.isWrong() ? 1 : 0;
      known += said.sound() ? 1 : 0;
    }
    // Else nothing was tried.
    assertThat(wrong).isGreaterThan(COPIES / 4);
    assertThat(known).isPositive();
  }

  /** Each half of a large tree is looked at by itself. */
  @Test
  void aPageThatBothHalvesOfATreeLeadToIsFound() throws SQLException, IOException {
    int pageSize = 512;
    Path file = sound(pageSize, "UTF-8", 0, "DELETE");
    int root = root(file, "halves");
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer page = ByteBuffer.wrap(bytes, (root - 1) * pageSize, pageSize).slice();
    int cells = page.getShort(3);
    assertThat(cells).isGreaterThanOrEqualTo(30);
    page.putInt(page.getShort(12 + 2 * (cells - 2)), page.getInt(page.getShort(12)));
    Files.write(file, bytes);

    Said said = ask(file);

    assertThat(said.isWrong()).isTrue();
    assertThat(said.sound()).isFalse();
  }

  private static int root(Path file, String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT rootpage FROM sqlite_schema WHERE name = '" + table + "'")) {
      return row.getInt(1);
    }
  }

  /** One byte after the other of the parts that tell where everything else is. */
  @Test
  @Tag("slow")
  void callsNothingSoundWhereAByteOfAHeaderIsAnother() throws SQLException, IOException {
    int pageSize = 512;
    byte[] sound = Files.readAllBytes(sound(pageSize, "UTF-8", 1, "DELETE"));
    Random random = new Random(11);
    int wrong = 0;
    int pages = sound.length / pageSize;
    int stride = Math.max(1, pages / Math.min(COPIES / 4, 400));
    for (int page = 1; page < pages; page += stride) {
      for (int at = 0; at < 14; at++) {
        byte[] bytes = sound.clone();
        bytes[page * pageSize + at] ^= (byte) (1 << random.nextInt(8));
        Path file = folder.resolve("header.db");
        Files.write(file, bytes);
        Said said = askDamaged(file);
        assertThat(said.sound() && said.isWrong()).as("page %d, byte %d", page + 1, at).isFalse();
        wrong += said.isWrong() ? 1 : 0;
      }
    }
    assertThat(wrong).isGreaterThan(pages / stride);
  }

  /** SQLite leaves out the page in which processes lock bytes, a gibibyte into the file. */
  @ParameterizedTest
  @CsvSource({"65536, 0", "65536, 1", "4096, 1"})
  @Tag("slow")
  @EnabledIfSystemProperty(
      named = "outgrow.exhaustive",
      matches = "true",
      disabledReason = "writes files of a gibibyte: -Pexhaustive")
  void knowsFilesWithThePageOfLocks(int pageSize, int vacuum) throws SQLException {
    Path file = folder.resolve("large.db");
    execute(
        file,
        "PRAGMA page_size = " + pageSize,
        "PRAGMA auto_vacuum = " + vacuum,
        "PRAGMA journal_mode = OFF",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, b)",
        numbers(1, 28) + "INSERT INTO t SELECT i, zeroblob(40000000) FROM n");

    assertThat(ask(file)).isEqualTo(new Said(true, List.of("ok")));
  }

  private static Said askDamaged(Path file) {
    try {
      return ask(file);
    } catch (OutgrowException | SQLException e) {
      return new Said(false, List.of("Page 1: SQLite does not open it"));
    }
  }

  private static Said ask(Path file) throws SQLException {
    OpenFile opened = OpenFile.open(file, Duration.ofSeconds(5), true);
    try (Connection connection = opened.connection();
        PageReads pages = opened.pages()) {
      return new Said(pages.areSound(), new QuickCheck(connection).findings());
    }
  }

  private Path sound(int pageSize, String encoding, int vacuum, String journal)
      throws SQLException {
    Path file = folder.resolve("sound.db");
    execute(
        file,
        "PRAGMA page_size = " + pageSize,
        "PRAGMA encoding = '" + encoding + "'",
        "PRAGMA auto_vacuum = " + vacuum,
        "PRAGMA journal_mode = " + journal,
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a, b REAL, c TEXT, d BLOB)",
        "CREATE TABLE w (k TEXT, n, v, PRIMARY KEY (k, n)) WITHOUT ROWID",
        "CREATE TABLE empty (a UNIQUE)",
        "CREATE TABLE gone (a)",
        "CREATE TABLE halves (id INTEGER PRIMARY KEY, a)", // its root has 40 children
        "CREATE INDEX ix ON t (a)",
        "CREATE INDEX some ON t (c) WHERE a > 20",
        "CREATE INDEX by_length ON t (length(c), d)",
        "CREATE UNIQUE INDEX of_w ON w (n)",
        numbers(-200, 500)
            + "INSERT INTO t SELECT i, i % 300 - 150, i / 4.0, 'ä€𝄞' || i, zeroblob(i * i % 700) FROM n",
        "INSERT INTO t VALUES (9223372036854775807, 1, 2, printf('%.*c', 9000, 'x'), NULL)",
        "INSERT INTO t VALUES (-9223372036854775808, 1, 2, printf('%.*c', 60000, 'y'), NULL)",
        numbers(1, 200) + "INSERT INTO w SELECT printf('key %d %.*c', i, i, 'k'), i, i FROM n",
        numbers(1, 120) + "INSERT INTO halves SELECT i, zeroblob(" + pageSize / 4 + ") FROM n",
        numbers(1, 400) + "INSERT INTO gone SELECT zeroblob(300) FROM n",
        "ANALYZE",
        "DELETE FROM t WHERE id % 3 = 0",
        "DELETE FROM gone WHERE rowid > 20",
        "DROP TABLE gone",
        "CREATE VIEW v AS SELECT a FROM t");
    return file;
  }

  private static void execute(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String numbers(int from, int to) {
    return "WITH RECURSIVE n(i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
        .formatted(from, to);
  }

  /** Damages what tells where things are, more often than what they are. */
  private static byte[] damaged(byte[] bytes, int pageSize, Random random) {
    int pages = bytes.length / pageSize;
    int page = random.nextInt(pages);
    int at = page * pageSize + (page == 0 ? 100 : 0);
    int rest = pageSize - (page == 0 ? 100 : 0);
    int other = 1 + random.nextInt(pages - 1);
    switch (random.nextInt(8)) {
      case 0 -> bytes[at + random.nextInt(12)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at + 8 + random.nextInt(40)] = (byte) random.nextInt();
      case 2 -> bytes[at + random.nextInt(rest)] ^= (byte) (1 << random.nextInt(8));
      case 3 -> System.arraycopy(bytes, other * pageSize, bytes, at, rest);
      case 4 ->
          ByteBuffer.wrap(bytes).putInt(NEXT_FREE + 4 * random.nextInt(2), random.nextInt(pages));
      case 5 ->
          ByteBuffer.wrap(bytes).putInt(at + 4 * random.nextInt(3), random.nextInt(pages + 2));
      case 6 -> {
        int start = at + random.nextInt(rest);
        int end = Math.min(at + rest, start + random.nextInt(9));
        for (int b = start; b < end; b++) {
          bytes[b] = (byte) random.nextInt();
        }
      }
      default -> bytes[at + rest - 1 - random.nextInt(60)] = (byte) random.nextInt();
    }
    return bytes;
  }
}
