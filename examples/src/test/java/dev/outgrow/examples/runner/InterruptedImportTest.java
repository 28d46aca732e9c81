package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Ctrl-C, and a container that is stopped, do to an import. */
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class InterruptedImportTest extends RunnerFixture {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void leavesTheTargetAsItWasAndSaysSo(String signal) throws Exception {
    Path file =
        sqlite(
            folder.resolve("large.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000)"
                + " INSERT INTO t SELECT i, 'row ' || i FROM n");
    Process child =
        new ProcessBuilder(
                "env",
                "--default-signal", // a shell that started this in the background ignores Ctrl-C
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Outgrow.class.getName(),
                "import",
                file.toString(),
                "--to",
                target())
            .start();
    List<String> said = new ArrayList<>();
    try (BufferedReader err = child.errorReader()) {
      for (String line = err.readLine(); line != null; line = err.readLine()) {
        said.add(line);
        if (tellsOfRows(line) && said.stream().filter(l -> tellsOfRows(l)).count() == 1) {
          signal(child, signal);
        }
      }
    }

    assertThat(child.waitFor(1, TimeUnit.MINUTES)).as(String.join("\n", said)).isTrue();
    assertThat(child.exitValue()).as(String.join("\n", said)).isEqualTo(1);
    assertThat(said)
        .anyMatch(line -> line.startsWith("Cancelling."))
        .last()
        .asString()
        .startsWith("outgrow: The import was cancelled in its phase ")
        .contains("the target is as it was");
    assertThat(new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
    assertThat(schemasAndTables()).isEqualTo("public");
  }

  private static boolean tellsOfRows(String line) {
    return line.contains(" of 3,000,000 rows");
  }

  private String schemasAndTables() {
    String sql =
        "SELECT string_agg(n, ' ') FROM (SELECT nspname FROM pg_namespace UNION ALL SELECT relname FROM pg_class"
            + " WHERE relname = 't') AS s(n) WHERE n !~ '^pg_' AND n <> 'information_schema'";
    try (Database database = Database.open(url())) {
      return database.read(
          tx -> {
            try (Statement statement = tx.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
              rows.next();
              return rows.getString(1);
            }
          });
    }
  }

  private static void signal(Process child, String signal) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + signal, String.valueOf(child.pid())).start().waitFor())
        .isZero();
  }
}
