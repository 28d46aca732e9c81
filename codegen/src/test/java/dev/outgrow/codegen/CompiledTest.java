package dev.outgrow.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is generated compiles with every warning on, whatever things are called. */
@Tag("slow")
class CompiledTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"rich, SQLITE", "rich, POSTGRESQL", "hostile, SQLITE", "hostile, POSTGRESQL"})
  void withoutAWarning(String chain, Backend backend) throws IOException {
    Codegen codegen = Codegen.from(TestChains.named(chain)).into(folder.resolve("src"), "app.db");
    if (backend == Backend.POSTGRESQL) {
      codegen = codegen.server(SharedServer.url());
    }
    codegen.backend(backend).run();

    GeneratedSources made = new GeneratedSources(folder.resolve("src"));
    assertThat(made.compile(folder.resolve("classes"), 17)).isEmpty();
    for (Path javac : compilersOf25()) {
      assertThat(made.compileWith(javac, folder.resolve("25"), 25)).isEmpty();
    }
  }

  /** Where they are on this machine, if they are; on a JDK 25 its own. */
  private static List<Path> compilersOf25() throws IOException {
    Path own = Path.of(System.getProperty("java.home"));
    if (Runtime.version().feature() == 25) {
      return List.of(own.resolve("bin/javac"));
    }
    try (Stream<Path> others = Files.list(own.getParent())) {
      return others
          .filter(jdk -> jdk.getFileName().toString().matches(".*\\b25\\b.*"))
          .map(jdk -> jdk.resolve("bin/javac"))
          .filter(Files::isExecutable)
          .toList();
    }
  }

  @Test
  void theCoreWithoutThePlugin() throws IOException {
    Path core = folder.resolve("core");
    Path plugin = folder.resolve("plugin");
    Codegen codegen = Codegen.from(new TestChains()).server(SharedServer.url());
    codegen.only("core").into(core, "app.db").run();
    codegen.only("clips").into(plugin, "clip.db").packageOf("core", "app.db.core").run();

    Path classes = folder.resolve("classes");
    assertThat(new GeneratedSources(core).compile(classes, 17)).isEmpty();
    GeneratedSources clips = new GeneratedSources(plugin);
    assertThat(clips.read()).containsKey("clip/db/clips/tables/Clips.java");
    assertThat(clips.read().keySet()).noneMatch(path -> path.contains("core"));
    assertThat(clips.read().get("clip/db/clips/Keys.java")).contains("app.db.core.Keys.USERS_PKEY");
    assertThat(clips.compile(folder.resolve("more"), 17, classes)).isEmpty();
  }
}
