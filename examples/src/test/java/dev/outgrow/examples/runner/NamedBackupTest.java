package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.examples.runner.RunnerFixture.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedBackupTest {
  @TempDir private Path folder;
  private String database;
  private String file;

  @BeforeEach
  void writeDatabase() throws SQLException {
    Path media = folder.resolve("media.db");
    RunnerFixture.sqlite(
        media,
        "CREATE TABLE play (id INTEGER PRIMARY KEY, title TEXT)",
        "INSERT INTO play VALUES (1, 'One')");
    database = "sqlite:///" + media;
    file = folder.resolve("mine.sqlite").toString();
  }

  @Test
  void isMadeUnderTheNameThatIsGivenAndRestored() throws IOException {
    Outcome made = RunnerFixture.run("backup", file, "--to", database, "--verify");

    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(made.out()).startsWith(file + "\n").contains("verified: 1 tables, 1 rows");
    assertThat(names())
        .contains("mine.sqlite", "mine.sqlite.json")
        .noneMatch(n -> n.startsWith("."));
    String empty = "sqlite:///" + folder.resolve("empty.db");
    assertThat(RunnerFixture.run("restore", file, "--to", empty).exitCode()).isZero();
  }

  @Test
  void replacesNothing() throws IOException {
    Files.writeString(Path.of(file), "something else");

    Outcome refused = RunnerFixture.run("backup", file, "--to", database);

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(Path.of(file)).hasContent("something else");
    assertThat(names()).doesNotContain("mine.sqlite.json");
  }

  @Test
  void aFolderThatIsNotThereIsRefused() {
    String nowhere = folder.resolve("none/mine.sqlite").toString();

    assertThat(RunnerFixture.run("backup", nowhere, "--to", database).exitCode()).isEqualTo(2);
  }

  @Test
  void isNoneOfAFolderOfBackups() {
    assertThat(RunnerFixture.run("backup", file, "--to", database, "--keep", "3").err())
        .contains("--keep");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).toList();
    }
  }
}
