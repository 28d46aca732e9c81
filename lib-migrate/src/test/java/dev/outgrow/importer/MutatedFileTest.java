package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.Inspection;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.sqlite.BothReaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Line 17 of the catalogue (docs/failures.md): files with bytes changed at random end in a proper
 * import, in a salvage that names what is lost, or in one clear error: never in a hang, a crash or
 * another exception. A crash of the native library would end the JVM, and with it this test.
 */
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class MutatedFileTest extends PostgresFixture {
  private static final boolean EXHAUSTIVE = Boolean.getBoolean("outgrow.exhaustive");
  private static final int LOOKED_AT = EXHAUSTIVE ? 5000 : 200;
  private static final int CARRIED = EXHAUSTIVE ? 200 : 10;
  private static final int PAGE = 1024;
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final List<String> TABLES = List.of("users", "plays", "tags", "words", "boxes");

  @TempDir private Path folder;
  private byte[] sound = {};
  private long rows;

  @BeforeEach
  void sample() throws Exception {
    Path file =
        SqliteFiles.make(
            folder.resolve("sound.db"),
            "PRAGMA page_size = " + PAGE,
            "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, born REAL)",
            "CREATE TABLE plays(id INTEGER PRIMARY KEY AUTOINCREMENT, user REFERENCES users(id), at TEXT, b BLOB)",
            "CREATE TABLE tags(k TEXT, n INT, PRIMARY KEY (k, n)) WITHOUT ROWID",
            "CREATE VIRTUAL TABLE words USING fts5(body)",
            "CREATE VIRTUAL TABLE boxes USING rtree(id, x0, x1)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
                + " INSERT INTO users SELECT i, 'user ' || i, i / 7.0 FROM n",
            "INSERT INTO plays SELECT NULL, id, 'at ' || id, zeroblob(id * 9) FROM users",
            "INSERT INTO tags SELECT printf('%d tag %.*c', id, id % 60, 'x'), id FROM users",
            "INSERT INTO words(body) SELECT name || ' said so' FROM users LIMIT 50",
            "INSERT INTO boxes SELECT id, id, id + 1 FROM users LIMIT 60",
            "CREATE INDEX at ON plays(at)",
            "CREATE VIEW seen AS SELECT name FROM users");
    sound = Files.readAllBytes(file);
    rows = SqliteImport.from(file).inspect().tables().stream().mapToLong(SourceTable::rows).sum();
    assertThat(rows).isEqualTo(1010);
  }

  @Test
  void endInAResultOrInOneClearErrorWhenLookedAt() throws Exception {
    int whole = 0;
    int salvaged = 0;
    int refused = 0;
    for (int seed = 0; seed < LOOKED_AT; seed++) {
      Path file = mutated(seed);
      long begin = System.nanoTime();
      try {
        Inspection inspection = SqliteImport.from(file).salvage(true).inspect();
        long read =
            inspection.tables().stream()
                .filter(t -> TABLES.contains(t.name())) // not what a lost module kept its rows in
                .mapToLong(SourceTable::rows)
                .sum();
        boolean named =
            inspection.mapping().notCarried().stream().anyMatch(n -> n.kind() == Kind.LOST)
                || inspection.mapping().notCarried().stream()
                    .anyMatch(
                        n ->
                            n.kind() == Kind.VIRTUAL_TABLE
                                && n.reason().contains("cannot be read"));
        assertThat(read >= rows || named).as("mutation %d: %d rows", seed, read).isTrue();
        boolean twice =
            inspection.mapping().notCarried().stream()
                .anyMatch(n -> n.reason().contains("may be there twice"));
        assertThat(read <= rows || twice).as("mutation %d: %d rows", seed, read).isTrue();
        whole += named ? 0 : 1;
        salvaged += named ? 1 : 0;
      } catch (SourceFileException e) {
        assertThat((e.what() + e.remedy()).lines().count()).as("mutation %d", seed).isEqualTo(1);
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError("mutation " + seed, e);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST);
      BothReaders.agree(file, "mutation " + seed);
    }
    assertThat(whole).isPositive();
    assertThat(salvaged).isGreaterThan(LOOKED_AT / 3);
    assertThat(refused).isLessThan(LOOKED_AT / 3);
  }

  @Test
  void areCarriedAndVerifiedTheSameTwice() throws Exception {
    for (int seed = 0; seed < CARRIED; seed++) {
      Path file = mutated(seed);
      SqliteImport salvaging =
          SqliteImport.from(file)
              .into(database)
              .schema("mutated" + seed)
              .orphans(Orphans.KEEP)
              .salvage(true);
      try {
        ImportReport report = salvaging.run();
        assertThat(report.verified()).as("mutation %d", seed).isTrue();
        assertThat(salvaging.verify().verified()).as("mutation %d, again", seed).isTrue();
      } catch (SourceFileException e) {
        assertThat((e.what() + e.remedy()).lines().count()).as("mutation %d", seed).isEqualTo(1);
      }
    }
  }

  /** Changes bits, bytes, whole pages, or the length, mostly behind the header. */
  private Path mutated(int seed) throws Exception {
    Random random = new Random(seed);
    byte[] bytes = sound.clone();
    int from = seed % 10 == 0 ? 0 : 100;
    for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
      int at = from + random.nextInt(bytes.length - from);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> {
          int page = Math.max(1, at / PAGE) * PAGE;
          int other = Math.max(1, random.nextInt(bytes.length / PAGE)) * PAGE;
          System.arraycopy(bytes, other, bytes, page, PAGE);
        }
        default ->
            bytes[Math.max(1, at / PAGE) * PAGE + random.nextInt(12)] = (byte) random.nextInt();
      }
    }
    Path file = folder.resolve("mutated.db");
    int length = seed % 7 == 0 ? PAGE + random.nextInt(bytes.length - PAGE) : bytes.length;
    return Files.write(file, Arrays.copyOf(bytes, length));
  }
}
