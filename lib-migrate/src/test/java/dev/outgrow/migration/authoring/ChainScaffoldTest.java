package dev.outgrow.migration.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.Migrations;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is scaffolded works at once. */
class ChainScaffoldTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void theClassCompilesAndItsChainMigratesAndIsTakenBack(Backend backend)
      throws IOException, SQLException, ReflectiveOperationException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    List<Path> files =
        ChainScaffold.named("order_clips")
            .requires("core", "2")
            .javaClass(folder.resolve("java"), "com.example.clips")
            .clock(NOON)
            .write(classes);
    assertThat(files.stream().map(file -> folder.relativize(file).toString()))
        .containsExactly(
            "classes/db/order_clips/V20261121120000__create_order_clips.sql",
            "classes/db/order_clips/U20261121120000__create_order_clips.sql",
            "classes/db/order_clips/README.md",
            "java/com/example/clips/OrderClipsChain.java");
    Chain chain = compiled(files.get(3), classes, "com.example.clips.OrderClipsChain");
    Chain core = Scripts.core(folder.resolve("core")).chain("core").build();
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(core).chain(chain);
      assertThat(migrations.migrate().isComplete()).isTrue();
      assertThat(migrations.check().isCurrent()).isTrue();
      db.execute("INSERT INTO order_clips (id, name) VALUES (1, 'a')");
      db.execute(Files.readString(files.get(1)).replace(";", ""));
      assertThat(db.tables()).doesNotContain("order_clips");
    }
  }

  private static Chain compiled(Path source, Path classes, String name)
      throws IOException, ReflectiveOperationException {
    String path =
        Path.of(
                java.net.URI.create(
                    Chain.class.getProtectionDomain().getCodeSource().getLocation().toString()))
            .toString();
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                path,
                "-d",
                classes.toString(),
                source.toString());
    assertThat(failed).isZero();
    URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, Chain.class.getClassLoader());
    return (Chain) loader.loadClass(name).getMethod("chain").invoke(null);
  }

  @ParameterizedTest
  @EnumSource
  void scriptsOfEachBackendMigrateAndANameThatIsAKeywordIsQuoted(Backend backend)
      throws SQLException, IOException {
    List<Path> files = ChainScaffold.named("group").perBackend().clock(NOON).write(folder);
    assertThat(files).hasSize(5);
    Chain chain = Chain.named("group").location("filesystem:" + folder.resolve("db/group")).build();
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(chain);
      migrations.migrate();
      db.execute("INSERT INTO \"group\" (name) VALUES ('a')");
      assertThat(db.query("SELECT id, name FROM \"group\" WHERE created_at IS NOT NULL"))
          .containsExactly("1|a");
    }
    assertThat(Files.readString(folder.resolve("db/group/README.md")))
        .contains("Chain.named(\"group\")", ".owns(\"group\")");
  }

  @Test
  void aFolderThatIsThereIsLeftAloneAndNamesAreChecked() throws IOException {
    Files.createDirectories(folder.resolve("db/clips"));
    assertThatThrownBy(() -> ChainScaffold.named("clips").write(folder))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("not there yet");
    assertThat(folder.resolve("db/clips")).isEmptyDirectory();
    assertThatThrownBy(() -> ChainScaffold.named("../x"))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> ChainScaffold.named("x").requires("core", "1\""))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> ChainScaffold.named("x").javaClass(folder, "a..b"))
        .isInstanceOf(ConfigurationException.class);
  }
}
