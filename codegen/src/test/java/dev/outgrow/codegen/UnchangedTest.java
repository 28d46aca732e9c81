package dev.outgrow.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.codegen.CodegenSettings.Tools;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What starts a server, and what does not, on PostgreSQL. */
@Tag("slow")
class UnchangedTest {
  @TempDir private Path folder;

  private Codegen codegen() {
    return Codegen.from(new TestChains()).into(folder, "app.db");
  }

  /** The servers that this JVM has, by their first processes. */
  private static List<Long> servers() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").contains("postgres"))
        .map(ProcessHandle::pid)
        .sorted()
        .toList();
  }

  @Test
  void nothingChangedStartsNoServer() {
    CodegenResult made = codegen().server(SharedServer.url()).run();
    assertThat(made.generated()).isTrue();
    List<Long> before = servers();

    // Embedded, of the same major version: nothing it would make is another.
    CodegenResult again = codegen().run();

    assertThat(again.generated()).isFalse();
    assertThat(again.fingerprint()).isEqualTo(made.fingerprint());
    assertThat(codegen().check().isUpToDate()).isTrue();
    assertThat(servers()).isEqualTo(before);
  }

  @Test
  void anotherVersionOfAToolGeneratesAnew() {
    Tools now = Tools.present();
    DatabaseUrl server = SharedServer.url();
    String before = codegen().server(server).run().fingerprint();

    for (Tools other : List.of(new Tools("9.9", now.jooq()), new Tools(now.outgrow(), "3.99"))) {
      CodegenResult result = codegen().server(server).with(s -> s.tools = other).run();
      assertThat(result.generated()).isTrue();
      assertThat(result.fingerprint()).isNotEqualTo(before);
      assertThat(result.changes()).isEmpty();
      assertThat(codegen().server(server).with(s -> s.tools = other).run().generated()).isFalse();
    }
  }

  @Test
  void anotherServerGeneratesAnew() {
    String before = codegen().server(SharedServer.url()).run().fingerprint();

    // Of a database that is handed in nobody knows which server it is on.
    CodegenResult result =
        codegen().scratch(() -> Database.open(DatabaseConfig.of(SharedServer.fresh()))).run();

    assertThat(result.generated()).isTrue();
    assertThat(result.fingerprint()).isNotEqualTo(before);
  }
}
