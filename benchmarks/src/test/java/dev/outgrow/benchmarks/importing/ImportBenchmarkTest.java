package dev.outgrow.benchmarks.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.importer.SqliteImport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark measures the operation it names; how fast that is depends on the machine. */
@Tag("slow")
class ImportBenchmarkTest {
  @TempDir private static Path folder;
  private static DurableServer server;

  @BeforeAll
  static void start() throws Exception {
    server = DurableServer.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void comparesTheRowsOfEachWayThatIsInstalled() throws Exception {
    Path json = folder.resolve("results.json");
    Settings settings =
        Settings.of(
            "--scale", "0.00002", "--rounds", "1", "--datasets", "many", "--json", json.toString());
    ByteArrayOutputStream words = new ByteArrayOutputStream();

    List<Result> results =
        new ImportBenchmark(settings, server, new PrintStream(words, true, StandardCharsets.UTF_8))
            .measure(folder);

    assertThat(results)
        .filteredOn(r -> r.way().isOurs())
        .hasSize(2)
        .allSatisfy(r -> assertThat(r.verdict()).isEqualTo("equal"))
        .allSatisfy(r -> assertThat(r.median(Run::heapMib)).isBetween(1.0, 64.0))
        .allSatisfy(r -> assertThat(r.median(Run::loadSeconds)).isLessThan(r.seconds()));
    assertThat(results)
        .filteredOn(r -> r.way() == Way.SQLITE_PSQL)
        .allSatisfy(r -> assertThat(r.verdict()).startsWith("DIFFERENT: ").contains("[score]"));
    assertThat(words.toString(StandardCharsets.UTF_8))
        .contains("fsync on", "synchronous_commit on", "MANY, 300 rows, medians");
    assertThat(Files.readString(json)).contains("\"verdict\" : \"equal\"");
  }

  @Test
  void findsACellARowAndAnIndexThatAreMissing() throws Exception {
    List<Shape> shapes = Dataset.WIDE.shapes(0.0001);
    Path file = folder.resolve("wide.sqlite");
    SourceFile.make(file, shapes, 1);
    Comparison comparison = new Comparison(file, shapes);
    server.renew("compared");
    try (Database database = Database.open(DatabaseUrl.parse(server.url("compared")))) {
      SqliteImport.from(file).into(database).run();
    }
    try (Connection postgres = server.connect("compared");
        Statement sql = postgres.createStatement()) {
      assertThat(comparison.differences(postgres, true)).isEmpty();

      sql.execute("UPDATE wide SET r0 = r0 * (1 + 2.3e-16) WHERE id = 7");
      assertThat(comparison.differences(postgres, true)).containsExactly("wide differs in [r0]");

      sql.execute("DELETE FROM wide WHERE id = 7");
      assertThat(comparison.differences(postgres, true)).containsExactly("wide has 99 of 100 rows");

      sql.execute("DROP INDEX wide_t4");
      assertThat(comparison.differences(postgres, true)).contains("2 of 3 indexes");

      sql.execute("DROP TABLE wide");
      assertThat(comparison.differences(postgres, false)).asString().contains("does not exist");
    }
  }

  @Test
  void makesTheSameFileAgain() throws Exception {
    List<Shape> shapes = Dataset.BLOB.shapes(0.001);
    Path one = folder.resolve("one.sqlite");
    Path other = folder.resolve("other.sqlite");
    SourceFile.make(one, shapes, 5);
    SourceFile.make(other, shapes, 5);

    assertThat(RowSum.ofFile(one, shapes.get(0), shapes.get(0).columns()))
        .isEqualTo(RowSum.ofFile(other, shapes.get(0), shapes.get(0).columns()));
  }

  @Test
  void endsAWayThatHangs() throws Exception {
    Client client =
        Client.run(List.of("sleep", "600"), folder.resolve("log"), Duration.ofMillis(100));

    assertThat(client.failure()).isEqualTo("not done after 0 s");
  }

  @Test
  void countsTheProcessorsTimeOfGrandchildren() throws Exception {
    Client client =
        Client.run(
            List.of("bash", "-c", "bash -c 'for ((i = 0; i < 200000; i++)); do :; done' | cat"),
            folder.resolve("log"),
            Duration.ofMinutes(1));

    assertThat(client.failure()).isEmpty();
    assertThat(client.cpuSeconds()).isGreaterThan(0.05);
  }

  @Test
  void namesThePackagesThatAreMissing() {
    assertThat(Way.SQLITE_PSQL.missing(List.of())).containsExactly("sqlite3", "postgresql-client");
    assertThat(Way.OUTGROW.missing(List.of())).isEmpty();
  }

  @Test
  void refusesWrongOptionsWithItsUsage() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of("--rounds", "0"))
        .withMessageContaining("benchmarks/import [--scale 1.0]");
  }
}
