package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.importer.file.FileDump;
import dev.outgrow.importer.fixture.DyingImport;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.report.ImportReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that imports into a SQLite file is killed with SIGKILL: the file is as it was. */
@Tag("slow")
class KilledFileImportTest {
  private static final int ROUNDS = Boolean.getBoolean("outgrow.exhaustive") ? 20 : 3;

  @TempDir private Path folder;

  @Test
  void whatWasThereIsThereStill() throws Exception {
    Path source =
        SqliteFiles.make(
            folder.resolve("source.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v BLOB)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)"
                + " INSERT INTO t SELECT i, zeroblob(i % 1000) FROM n",
            "CREATE INDEX i ON t(v)");
    int events = events(source);
    for (int round = 0; round < ROUNDS; round++) {
      // In WAL mode and in the mode of files that nobody has opened since SQLite made them.
      Path target = folder.resolve("target" + round + ".db");
      SqliteFiles.make(target, "CREATE TABLE t(v)", "INSERT INTO t VALUES ('former')");
      Map<String, List<String>> former = FileDump.of(target);

      String last = killed(source, target, 2 + round * (events - 2) / ROUNDS);

      assertThat(last).startsWith("at ");
      assertThat(FileDump.of(target)).as("killed %s", last).isEqualTo(former);
      try (Database database = Database.open(DatabaseUrl.sqlite(target))) {
        ImportReport report = SqliteImport.from(source).into(database).replace(true).run();
        assertThat(report.verified()).as("killed %s", last).isTrue();
        assertThat(FileDump.of(Path.of(report.before()))).isEqualTo(former);
      }
      assertThat(FileDump.of(target)).as("killed %s", last).isEqualTo(FileDump.of(source));
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).noneMatch(f -> f.toString().endsWith(".part"));
      }
    }
  }

  private int events(Path source) {
    List<Object> events = new ArrayList<>();
    try (Database database = Database.open(DatabaseUrl.sqlite(folder.resolve("count.db")))) {
      SqliteImport.from(source).into(database).onProgress(events::add).run();
    }
    return events.size() - 2; // by the last two it is committed
  }

  private static String killed(Path source, Path target, int at)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                DyingImport.class.getName(),
                source.toString(),
                DatabaseUrl.sqlite(target).toString(),
                Integer.toString(at),
                "replace")
            .redirectErrorStream(true)
            .start();
    String last = "";
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int seen = 0;
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        last = line;
        if (line.startsWith("at ") && ++seen == at) {
          break;
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return last;
  }
}
