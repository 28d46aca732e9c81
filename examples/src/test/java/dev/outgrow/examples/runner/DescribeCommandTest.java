package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescribeCommandTest extends RunnerFixture {
  @TempDir private Path folder;

  @Test
  void printsTheSchemaOfPostgresql() {
    postgres("CREATE TABLE t(id int PRIMARY KEY, \"A b\" text DEFAULT 'x')");

    Outcome outcome = run("describe", "--to", target());

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .contains("table t\n", "  id     integer not null\n", "  \"A b\"  text default 'x'::text\n")
        .doesNotContain(password());
  }

  @Test
  void printsTheSchemaOfASqliteFileAndAsJson() throws SQLException {
    String url = "sqlite:///" + sqlite(folder.resolve("a.db"), "CREATE TABLE t(id, name TEXT)");

    assertThat(run("describe", "--to", url).out()).contains("table t\n", "  name  TEXT\n");
    Outcome json = run("describe", "--json", "--to", url);
    assertThat(json.exitCode()).isZero();
    assertThat(json.out())
        .contains("\"backend\" : \"sqlite\"", "\"name\" : \"name\"", "\"nullable\" : true");
  }

  @Test
  void doesNotTouchASqliteFile() throws Exception {
    Path file = sqlite(folder.resolve("a b.db"), "CREATE TABLE t(id)");
    byte[] before = Files.readAllBytes(file);

    assertThat(run("describe", "--to", "jdbc:sqlite:" + file).exitCode()).isZero();
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
    assertThat(run("describe", "--to", "sqlite:///" + file, "--schema", "x").exitCode())
        .isEqualTo(2);
  }

  @Test
  void refusesWhatIsNotThereAndMakesNoFile() {
    Path file = folder.resolve("none.db");

    assertThat(run("describe", "--to", "sqlite:///" + file).exitCode()).isEqualTo(2);
    assertThat(Files.exists(file)).isFalse();
    Outcome schema = run("describe", "--to", target(), "--schema", "nowhere");
    assertThat(schema.exitCode()).isEqualTo(2);
    assertThat(schema.err().lines()).hasSize(1);
  }

  @Test
  void withoutADatabaseAnEmbeddedOneIsStartedAndItsUrlPrinted() {
    Outcome outcome = run("describe", "--json");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("\"backend\" : \"postgresql\"");
    assertThat(outcome.err()).contains("embedded PostgreSQL at postgresql://");
  }
}
