package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.report.ImportReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory is bounded by settings, not by data: an import of hundreds of megabytes in a heap of 48.
 */
class SmallHeapTest extends PostgresFixture {
  @TempDir private Path folder;

  /**
   * Imports the file named first into the database named second, whose password the environment
   * has.
   */
  static final class Child {
    private Child() {}

    @SuppressWarnings("SystemOut") // read by the test
    public static void main(String[] arguments) {
      try (Database database = Database.open(arguments[1])) {
        ImportReport report = SqliteImport.from(Path.of(arguments[0])).into(database).run();
        System.out.println(report.rowsVerified() + " " + report.verified());
      }
    }
  }

  @Test
  void manyRowsAndLargeOnesNeedNoMoreMemory()
      throws SQLException, IOException, InterruptedException {
    Path file =
        SqliteFiles.make(
            folder.resolve("large.db"),
            "PRAGMA journal_mode = OFF",
            "CREATE TABLE many(id INTEGER PRIMARY KEY, a TEXT, b REAL, c TEXT)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000)"
                + " INSERT INTO many SELECT i, 'value ' || i, i / 7.0, hex(randomblob(20)) FROM n",
            "CREATE TABLE large(id INTEGER PRIMARY KEY, b BLOB)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 80)"
                + " INSERT INTO large SELECT i, randomblob(2000000 + i) FROM n");

    Process child = importInSmallHeap(file);
    String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(child.waitFor()).as(printed).isZero();
    assertThat(printed.lines()).contains("400080 true");
    assertThat(query("SELECT sum(length(b)) FROM large")).containsExactly("160003240");
  }

  private Process importInSmallHeap(Path file) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Child.class.getName(),
                file.toString(),
                database.url().toString().replace(":***", "")));
    builder.environment().put("PGPASSFILE", passwordFile().toString());
    return builder.redirectErrorStream(true).start();
  }
}
