package dev.outgrow.importer.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Mapper;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.StorageClass;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are none, or no longer. */
class UnreadableFileTest {
  private static final int MUTATIONS = 200;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("source.db");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertRefused("does not exist");
    assertThat(file).doesNotExist();
  }

  @Test
  void refusesALinkToNothing() throws Exception {
    Files.createSymbolicLink(file, folder.resolve("nothing"));

    assertRefused("does not exist");
  }

  @Test
  void refusesADirectory() throws Exception {
    Files.createDirectory(file);

    assertRefused("is a directory");
  }

  @Test
  void refusesAnEmptyFile() throws Exception {
    Files.createFile(file);

    assertRefused("is empty");
  }

  /** SQLite would say that it holds nothing, and delete the log. */
  @Test
  void refusesALogBesideAnEmptyFileAndLeavesItThere() throws Exception {
    Path log = folder.resolve("source.db-wal");
    try (Connection application = SqliteFiles.open(folder.resolve("running.db"))) {
      SqliteFiles.execute(
          application,
          "PRAGMA journal_mode = WAL",
          "CREATE TABLE t (v)",
          "INSERT INTO t VALUES (1)");
      Files.copy(folder.resolve("running.db-wal"), log);
    }
    Files.createFile(file);
    byte[] bytes = Files.readAllBytes(log);

    assertRefused("what its -wal file holds (" + bytes.length + " bytes) cannot be read");
    assertThat(log).hasBinaryContent(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 100, 511, 512, 4096, 100_000})
  void refusesATextFile(int length) throws Exception {
    Files.write(
        file,
        "All work and no play. "
            .repeat(5000)
            .substring(0, length)
            .getBytes(StandardCharsets.UTF_8));

    assertRefused("is not a SQLite database");
  }

  @Test
  void refusesRandomBytesBehindAValidHeader() throws Exception {
    byte[] valid = Files.readAllBytes(sample());
    byte[] bytes = new byte[valid.length];
    new Random(1).nextBytes(bytes);
    System.arraycopy(valid, 0, bytes, 0, 100);
    Files.write(file, bytes);

    assertRefused("");
  }

  @Test
  void refusesAFileWhoseHeaderOnlyIsThere() throws Exception {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(sample()), 100));

    assertRefused("");
  }

  @Test
  void refusesATruncatedFile() throws Exception {
    byte[] valid = Files.readAllBytes(sample());
    for (int length :
        new int[] {valid.length - 1, valid.length - 4096, valid.length / 2, 4096, 512}) {
      Files.write(file, Arrays.copyOf(valid, length));

      assertRefused("damaged");
    }
  }

  @Test
  void namesTheTableWhosePageIsBroken() throws Exception {
    byte[] bytes = Files.readAllBytes(sample());
    int page = rootPage("small");
    Arrays.fill(bytes, (page - 1) * 4096, page * 4096, (byte) 0x5A);
    Files.write(file, bytes);

    assertThatExceptionOfType(SourceFileException.class)
        .isThrownBy(() -> SqliteFiles.survey(file))
        .withMessageContaining("damaged")
        .withMessageContaining("table small")
        .satisfies(e -> assertThat(e.file()).isEqualTo(file))
        .satisfies(e -> assertThat(e.remedy()).contains("integrity_check"));
  }

  @Test
  void refusesAnEncryptedFile() throws Exception {
    byte[] bytes = Files.readAllBytes(sample());
    Random key = new Random(7);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= (byte) key.nextInt();
    }
    Files.write(file, bytes);

    assertRefused("it is encrypted");
  }

  @Test
  void refusesAFileInAFormatThatIsNotKnown() throws Exception {
    byte[] bytes = Files.readAllBytes(sample());
    bytes[18] = 3;
    bytes[19] = 3;
    Files.write(file, bytes);

    assertRefused("");
  }

  @Test
  void refusesAFileThatSomebodyElseLocked() throws Exception {
    sample();
    try (Connection other = SqliteFiles.open(folder.resolve("sample.db"))) {
      SqliteFiles.execute(
          other, "PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE", "CREATE TABLE more (v)");
      file = folder.resolve("sample.db");

      assertRefused("is locked by another program");
      SqliteFiles.execute(other, "ROLLBACK");
    }
  }

  /** A crash of the native library would end the JVM, and with it this test. */
  @Test
  void endsWithASentenceOrARightResultWhateverBitsAreFlipped() throws Exception {
    byte[] valid = Files.readAllBytes(sample());
    int refused = 0;
    for (int seed = 0; seed < MUTATIONS; seed++) {
      Random random = new Random(seed);
      byte[] bytes = valid.clone();
      int span = seed % 2 == 0 ? bytes.length : 4096;
      for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
        bytes[random.nextInt(span)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, bytes);
      refused += reads(seed) ? 0 : 1;
    }

    assertThat(refused).isBetween(1, MUTATIONS - 1);
  }

  private boolean reads(int seed) {
    try (SqliteSource source = SqliteSource.open(file)) {
      List<SourceTable> tables = SqliteFiles.survey(source);
      Mapper.map(tables, List.of());
      tables.forEach(t -> walk(source, t));
      return true;
    } catch (OutgrowException e) {
      return false;
    } catch (RuntimeException e) {
      throw new AssertionError("Mutation " + seed, e);
    }
  }

  private static void walk(SqliteSource source, SourceTable table) {
    try (RowCursor cursor = source.rows(table.name())) {
      while (cursor.next()) {
        cursor.row().key();
        for (int i = 0; i < cursor.row().columns(); i++) {
          StorageClass stored = cursor.row().storageClass(i);
          if (stored == StorageClass.TEXT || stored == StorageClass.BLOB) {
            assertThat(cursor.row().bytes(i)).isNotNull();
          }
        }
      }
    }
  }

  private void assertRefused(String words) {
    assertThatExceptionOfType(SourceFileException.class)
        .isThrownBy(this::surveyInHaste)
        .withMessageStartingWith(file.toString())
        .withMessageContaining(words)
        .satisfies(e -> assertThat((e.what() + e.remedy()).lines().count()).isEqualTo(1))
        .satisfies(e -> assertThat(e.file()).isEqualTo(file));
  }

  /** Waits for a lock no longer than it takes to see that it is held. */
  private void surveyInHaste() {
    try (SqliteSource source = SqliteSource.open(file, Duration.ofMillis(50))) {
      SqliteFiles.survey(source);
    }
  }

  private Path sample() throws Exception {
    return SqliteFiles.make(
        folder.resolve("sample.db"),
        "CREATE TABLE big (id INTEGER PRIMARY KEY, v TEXT NOT NULL, b BLOB)",
        "CREATE TABLE small (k TEXT PRIMARY KEY, big REFERENCES big(id), n REAL DEFAULT 1.5) WITHOUT ROWID",
        "CREATE TABLE other (x INT, y TEXT COLLATE NOCASE, UNIQUE (x, y))",
        "CREATE INDEX on_big ON big(v DESC)",
        "CREATE VIEW seen AS SELECT v FROM big",
        "CREATE TRIGGER told AFTER INSERT ON other BEGIN DELETE FROM small; END",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)"
            + " INSERT INTO big SELECT i, 'value ' || i || printf('%.*c', i, 'x'), zeroblob(i) FROM n",
        "INSERT INTO small SELECT 'k' || id, id, id / 3.0 FROM big WHERE id < 40",
        "INSERT INTO other SELECT id, 'y' || id FROM big WHERE id < 60");
  }

  private int rootPage(String table) throws Exception {
    try (Connection connection = SqliteFiles.open(folder.resolve("sample.db"));
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT rootpage FROM sqlite_schema WHERE name = '" + table + "'")) {
      return row.getInt(1);
    }
  }
}
