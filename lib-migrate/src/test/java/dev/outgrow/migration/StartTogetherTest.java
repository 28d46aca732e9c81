package dev.outgrow.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.importer.fixture.SharedServer;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import dev.outgrow.migration.fixture.StartingProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two processes of four threads pass the gate of one empty database together. */
@Tag("slow")
class StartTogetherTest {
  private static final int ROUNDS = Boolean.getBoolean("outgrow.exhaustive") ? 50 : 8;
  private static final int MIGRATIONS = 12;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  @Timeout(300)
  void everyMigrationRunsExactlyOnce(Backend backend) throws Exception {
    Path scripts = folder.resolve("core");
    write(new Scripts(scripts));
    List<Process> processes = new ArrayList<>();
    try {
      processes.add(start(scripts));
      processes.add(start(scripts));
      List<BufferedReader> answers = processes.stream().map(StartTogetherTest::output).toList();
      for (int round = 0; round < ROUNDS; round++) {
        Path own = Files.createDirectory(folder.resolve("round" + round));
        round(backend, own, processes, answers);
      }
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
  }

  /** A counter would be wrong if one ran twice, and the tables would be there already. */
  private static void write(Scripts scripts) {
    scripts.put(
        "V1__counter.sql", "CREATE TABLE counter (n INTEGER); INSERT INTO counter VALUES (0);");
    for (int i = 2; i <= MIGRATIONS; i++) {
      scripts.put(
          "V" + i + "__t.sql",
          "UPDATE counter SET n = n + 1; CREATE TABLE t" + i + " (id INTEGER);");
    }
  }

  private static void round(
      Backend backend, Path folder, List<Process> processes, List<BufferedReader> answers)
      throws IOException, SQLException {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      String url = db.database().url().toString().replace(":***", "");
      for (Process process : processes) {
        Writer in = process.outputWriter(StandardCharsets.UTF_8);
        in.write(url + "\n");
        in.flush();
      }
      for (BufferedReader answer : answers) {
        assertThat(answer(answer)).isEqualTo("answer: current");
      }
      assertThat(db.query("SELECT n FROM counter")).containsExactly("" + (MIGRATIONS - 1));
      assertThat(
              db.query(
                  "SELECT count(*), count(DISTINCT version) FROM core_schema_history"
                      + " WHERE type = 'SQL' AND success"))
          .containsExactly(MIGRATIONS + "|" + MIGRATIONS);
    }
  }

  private static String answer(BufferedReader output) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("answer: ")) {
        return line;
      }
      all.append(line).append('\n');
    }
    return "ended with: " + all;
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static Process start(Path scripts) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                StartingProcess.class.getName(),
                scripts.toString())
            .redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("PGPASSFILE", SharedServer.passwordFile().toString());
    return builder.start();
  }
}
