package dev.outgrow.importer.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Of a damaged file, too, both ways to read it give the same rows, up to the same one. The file is
 * not looked at for damage beforehand, as an import does.
 */
@Tag("slow")
class PageMutationTest {
  private static final int COPIES = Boolean.getBoolean("outgrow.exhaustive") ? 2_500 : 60;

  private @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"512, UTF-8", "1024, UTF-16le", "4096, UTF-8", "1024, UTF-8"})
  void readsDamagedFilesAsSqliteDoes(int pageSize, String encoding)
      throws SQLException, IOException {
    byte[] sound = Files.readAllBytes(sound(pageSize, encoding));
    int different = 0;
    for (int copy = 0; copy < COPIES; copy++) {
      Random random = new Random(31L * copy + pageSize);
      Path file = folder.resolve("damaged.db");
      Files.write(file, damaged(sound.clone(), pageSize, random));
      different += BothReaders.agree(file, "copy " + copy) ? 1 : 0;
    }
    // Otherwise nothing was tried.
    assertThat(different).isBetween(COPIES / 20, COPIES - 1);
  }

  private Path sound(int pageSize, String encoding) throws SQLException {
    Path file = folder.resolve("sound.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA page_size = " + pageSize);
      statement.execute("PRAGMA encoding = '" + encoding + "'");
      statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b REAL, c TEXT, d BLOB)");
      statement.execute("CREATE TABLE w (k TEXT PRIMARY KEY, n, v REAL) WITHOUT ROWID");
      statement.execute("CREATE INDEX ix ON t (a)");
      String numbers =
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150) ";
      statement.execute(
          numbers
              + "INSERT INTO t SELECT i, i % 300 - 150, i / 4.0, 'ä€𝄞' || i, zeroblob(i % 90) FROM n");
      statement.execute("INSERT INTO t (c) VALUES (printf('%.*c', 9000, 'x'))");
      statement.execute("ALTER TABLE t ADD COLUMN e DEFAULT 'added'");
      statement.execute("INSERT INTO t (c, d, e) VALUES (1.5, x'00ff', NULL)");
      statement.execute(numbers + "INSERT INTO w SELECT 'key ' || i, i, i FROM n");
    }
    return file;
  }

  /** Damages pages of rows rather than the first one, which SQLite itself must read. */
  private static byte[] damaged(byte[] bytes, int pageSize, Random random) {
    int pages = bytes.length / pageSize;
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int page = 1 + random.nextInt(pages - 1);
      int at = page * pageSize;
      switch (random.nextInt(5)) {
        case 0 -> bytes[at + random.nextInt(pageSize)] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at + random.nextInt(12)] = (byte) random.nextInt(256);
        case 2 -> bytes[at + random.nextInt(pageSize)] = (byte) 0xFF;
        case 3 -> {
          int other = 1 + random.nextInt(pages - 1);
          System.arraycopy(bytes, other * pageSize, bytes, at, pageSize);
        }
        default -> {
          int start = at + random.nextInt(pageSize);
          int end = Math.min(at + pageSize, start + random.nextInt(40));
          for (int b = start; b < end; b++) {
            bytes[b] = (byte) random.nextInt(256);
          }
        }
      }
    }
    return bytes;
  }
}
