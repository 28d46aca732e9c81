package dev.outgrow.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.importer.fixture.SharedServer;
import dev.outgrow.migration.fixture.CheckingProcess;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a look at chains that are current costs: one query, and no Flyway. */
class CheckCostTest {
  @TempDir private Path folder;

  /** Hears every statement that the driver sends. */
  private static final class Ear extends Handler {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord message) {
      String text = String.valueOf(message.getMessage());
      if (text.contains("FE=> Parse")) {
        heard.add(text);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private Migrations chains(MigrationDatabase db) {
    Scripts clips =
        new Scripts(folder.resolve("clips")).put("V1__c.sql", "CREATE TABLE clips (id INTEGER);");
    return Migrations.of(db.database())
        .chain(Scripts.core(folder.resolve("core")).chain("core").build())
        .chain(clips.chain("clips").build());
  }

  @Test
  void allChainsAreReadByOneQueryAndNothingIsWritten() {
    Ear ear = new Ear();
    Logger driver = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      Migrations migrations = chains(db);
      migrations.migrate();
      driver.setLevel(Level.FINEST);
      driver.addHandler(ear);
      assertThat(migrations.check().isCurrent()).isTrue();
      assertThat(migrations.start(StartPolicy.MIGRATE).isCurrent()).isTrue();
    } finally {
      driver.removeHandler(ear);
      driver.setLevel(null);
    }
    List<String> queries = ear.heard.stream().filter(sql -> sql.contains("SELECT")).toList();
    assertThat(queries)
        .hasSize(2)
        .allMatch(sql -> sql.contains("clips_schema_history"))
        .allMatch(sql -> sql.contains("core_schema_history"));
    assertThat(ear.heard)
        .noneMatch(sql -> sql.matches("(?is).*query=.(INSERT|UPDATE|DELETE|CREATE).*"));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("slow")
  void noClassOfFlywayIsLoaded(Backend backend) throws Exception {
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Scripts core = Scripts.core(folder.resolve("core"));
      Migrations.of(db.database()).chain(core.chain("core").build()).migrate();
      Process process = checking(db);
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      assertThat(output).contains("current: true", "dev.outgrow.migration.HistoryReader");
      assertThat(output.lines().filter(line -> line.contains("org.flywaydb"))).isEmpty();
    }
  }

  private Process checking(MigrationDatabase db) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-Xlog:class+load",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                CheckingProcess.class.getName(),
                folder.resolve("core").toString(),
                db.database().url().toString().replace(":***", ""))
            .redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    if (db.database().backend() == Backend.POSTGRESQL) {
      builder.environment().put("PGPASSFILE", SharedServer.passwordFile().toString());
    }
    return builder.start();
  }
}
