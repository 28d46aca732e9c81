package dev.outgrow.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.scratch.ScratchDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

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

  @Test
  void keepsTheDatabasesOfTestsThatFailAndTellsWhereAndHowToDropThem() throws Exception {
    List<Map<String, String>> entries = Launched.run(KEEP, Failing.class).entries();

    assertThat(entries).hasSize(4);
    assertThat(entries.toString()).doesNotContainPattern("://[^:/@]+:[^*@][^@]*@");
    for (Map<String, String> entry : entries) {
      assertThat(entry).containsOnlyKeys("outgrow.kept", "outgrow.open", "outgrow.drop");
      if (entry.getOrDefault("outgrow.kept", "").startsWith("postgresql:")) {
        dropFromServer(entry.getOrDefault("outgrow.kept", ""));
      } else {
        dropFile(entry);
      }
    }
  }

  private static void dropFromServer(String url) throws Exception {
    String name = url.substring(url.lastIndexOf('/') + 1).replaceFirst("[?].*", "");
    try (ScratchDatabases databases = ScratchDatabases.open(new AppChains());
        ScratchDatabase beside = databases.postgres();
        Connection connection = beside.database().connection();
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
