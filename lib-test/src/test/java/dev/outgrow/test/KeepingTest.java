package dev.outgrow.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.scratch.ScratchDatabase;
import dev.outgrow.database.scratch.ScratchSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The database of a test that failed can be looked into afterwards. */
class KeepingTest {
  private static final Map<String, String> KEEP = Map.of("outgrow.test.keep", "failed");

  /** Tests of which some fail. */
  @EachBackend(chains = AppChains.class)
  static class Failing {
    @Test
    void passes(Database db) {
      Users.add(db, 1, "Ann");
    }

    @Test
    void fails(Database db) {
      Users.add(db, 1, "Ann");
      throw new IllegalStateException("as it should");
    }

    @TestFactory
    Stream<DynamicTest> dynamic(Database db) {
      return Stream.of(
          DynamicTest.dynamicTest(
              "one of a factory",
              () -> {
                throw new IllegalStateException("with " + db);
              }));
    }
  }

  /** A run of the failing tests that prints what was published; all parameters are properties. */
  static final class PrintEntries {
    private PrintEntries() {}

    public static void main(String[] arguments) {
      for (Map<String, String> entry : Launched.run(Failing.class).entries()) {
        System.out.println("entry");
        entry.forEach((key, value) -> System.out.println(key + "=" + value));
      }
    }
  }

  /**
   * In a folder of its own, whose server this run ends: one that is kept goes on until the next.
   */
  @Test
  @Tag("slow")
  void keepsTheDatabasesOfTestsThatFailAndTellsWhereAndHowToDropThem(@TempDir Path folder)
      throws Exception {
    Path own = folder.resolve("cache");
    List<Map<String, String>> entries = entriesOfARunIn(own, folder.resolve("output"));

    assertThat(entries).hasSize(4);
    assertThat(entries.toString()).doesNotContainPattern("://[^:/@]+:[^*@][^@]*@");
    assertThat(Fork.processesOf(own)).isNotEmpty();
    ScratchSettings settings = ScratchSettings.builder().folder(own).ahead(0).build();
    try (ScratchDatabases databases = ScratchDatabases.open(new AppChains(), settings);
        ScratchDatabase beside = databases.postgres()) {
      for (Map<String, String> entry : entries) {
        assertThat(entry).containsOnlyKeys("outgrow.kept", "outgrow.open", "outgrow.drop");
        if (entry.getOrDefault("outgrow.kept", "").startsWith("postgresql:")) {
          dropFromServer(entry.getOrDefault("outgrow.kept", ""), beside);
        } else {
          dropFile(entry);
        }
      }
    }
    assertThat(Fork.processesOf(own)).isEmpty();
  }

  private static List<Map<String, String>> entriesOfARunIn(Path own, Path output) throws Exception {
    List<String> command =
        List.of(
            "-Doutgrow.test.folder=" + own,
            "-Doutgrow.test.keep=failed",
            PrintEntries.class.getName());
    List<Map<String, String>> entries = new ArrayList<>();
    try (Fork fork = Fork.start(output, any -> true, List.of(), command)) {
      for (String line : fork.await().lines().toList()) {
        int end = line.indexOf('=');
        if (line.equals("entry")) {
          entries.add(new HashMap<>());
        } else if (line.startsWith("outgrow.") && end > 0) {
          entries.get(entries.size() - 1).put(line.substring(0, end), line.substring(end + 1));
        }
      }
    }
    return entries;
  }

  private static void dropFromServer(String url, ScratchDatabase beside) throws SQLException {
    String name = url.substring(url.lastIndexOf('/') + 1).replaceFirst("[?].*", "");
    try (Connection connection = beside.database().connection();
        Statement statement = connection.createStatement()) {
      try (ResultSet kept =
          statement.executeQuery(
              "SELECT datname FROM pg_database WHERE datname = '" + name + "'")) {
        assertThat(kept.next()).as(name + " is there").isTrue();
      }
      statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
    }
  }

  private static void dropFile(Map<String, String> entry) throws Exception {
    Path file = Path.of(entry.getOrDefault("outgrow.kept", "").replaceFirst("^sqlite:(//)?", ""));
    assertThat(file).isRegularFile();

    Process drop = new ProcessBuilder("sh", "-c", entry.get("outgrow.drop")).start();

    assertThat(drop.waitFor()).isZero();
    assertThat(Files.exists(file)).isFalse();
  }

  /** A test with a file. */
  static class FailingWithAFile {
    @Test
    void fails(@SqliteFile("empty.db") Path file) {
      throw new IllegalStateException("with " + file);
    }
  }

  @Test
  void keepsTheCopyOfAFile() throws Exception {
    Map<String, String> entry = Launched.run(KEEP, FailingWithAFile.class).entries().get(0);

    assertThat(entry.getOrDefault("outgrow.kept", "")).endsWith("/empty.db");
    assertThat(entry.get("outgrow.open")).startsWith("sqlite3 ").contains("/empty.db");
    dropFile(entry);
  }

  @Test
  void keepsNothingUnlessToldTo() {
    Launched run = Launched.run(Failing.class);

    assertThat(run.entries()).isEmpty();
    assertThat(run.outcomes().stream().filter(outcome -> !outcome.passed())).hasSize(4);
  }

  @Test
  void refusesAnotherWord() {
    Launched run = Launched.run(Map.of("outgrow.test.keep", "always"), Failing.class);

    assertThat(run.message("passes")).contains("outgrow.test.keep", "always", "failed or none");
  }
}
