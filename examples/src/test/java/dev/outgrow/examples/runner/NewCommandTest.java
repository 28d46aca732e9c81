package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.Migrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewCommandTest extends RunnerFixture {
  @TempDir private Path folder;

  @Test
  void beginsAMigrationWithTheScriptThatTakesItBack() {
    Outcome outcome = run("new", "Add albums", "--chain", "core", "--dir", folder.toString());

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    List<String> files = outcome.out().lines().toList();
    assertThat(files).hasSize(2);
    assertThat(files.get(0)).matches(".*/db/media/core/V20\\d{12}__add_albums\\.sql");
    assertThat(files.get(1)).matches(".*/db/media/core/U20\\d{12}__add_albums\\.sql");
    assertThat(Path.of(files.get(0))).exists();
  }

  @Test
  void aNewPluginsChainMigratesAsItIs() {
    Outcome outcome = run("new", "--plugin", "clips", "--dir", folder.toString(), "--json");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("\"files\" : [ \"");

    Chain clips =
        Chain.named("clips")
            .location("filesystem:" + folder.resolve("db/clips"))
            .owns("clips")
            .build();
    try (Database database = Database.open("sqlite:///" + folder.resolve("a.db"))) {
      assertThat(Migrations.of(database).chain(clips).migrate().isComplete()).isTrue();
    }
    assertThat(run("new", "--plugin", "clips", "--dir", folder.toString()).exitCode()).isEqualTo(2);
  }

  @Test
  void refusesWhatMakesNoSense() {
    String dir = folder.toString();
    for (String[] arguments :
        new String[][] {
          {"new", "x", "--dir", dir},
          {"new", "--chain", "core", "--dir", dir},
          {"new", "x", "--chain", "clips", "--dir", dir},
          {"new", "x", "--plugin", "clips", "--dir", dir},
          {"new", "x", "--chain", "core", "--plugin", "clips", "--dir", dir}
        }) {
      Outcome outcome = run(arguments);
      assertThat(outcome.exitCode()).as(String.join(" ", arguments)).isEqualTo(2);
      assertThat(outcome.err()).hasLineCount(1);
    }
    assertThat(Files.exists(folder.resolve("db"))).isFalse();
  }
}
