package dev.outgrow.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.ChildJvm;
import dev.outgrow.importer.fixture.SqliteFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever kills an export, there is no file of its name but a whole one. */
@Tag("slow")
class KilledExportTest extends ExportFixture {
  private static final boolean EXHAUSTIVE = Boolean.getBoolean("outgrow.exhaustive");
  private static final int KILLS = EXHAUSTIVE ? 30 : 10;
  private static final long ROWS = EXHAUSTIVE ? 5_000_000 : 400_000;

  private void fill(long rows) throws SQLException {
    server.execute(
        "CREATE TABLE plays(id bigint PRIMARY KEY, at timestamptz, title text UNIQUE)",
        "INSERT INTO plays SELECT i, to_timestamp(i), 'title ' || i FROM generate_series(1, "
            + rows
            + ") i",
        "CREATE TABLE few(id int PRIMARY KEY)",
        "INSERT INTO few VALUES (1)");
  }

  private ChildJvm child(Path file, int stop) {
    return ChildJvm.of(
        DyingExport.class,
        "64m",
        file.toString(),
        ChildJvm.url(server.database().url()),
        Integer.toString(stop));
  }

  @Test
  void atAnyInstantThereIsTheFormerFileOrTheWholeNewOne()
      throws SQLException, IOException, InterruptedException {
    fill(45_000);
    Path file = SqliteFiles.make(folder.resolve("app.db"), "CREATE TABLE former(x)");
    byte[] former = Files.readAllBytes(file);
    int instants =
        (int)
            child(folder.resolve("count.db"), 0).run().stream()
                .filter(l -> l.startsWith("at "))
                .count();
    for (int i = 0; i < KILLS; i++) {
      int instant = 1 + i * instants / KILLS;

      String last = killed(file, instant);

      if (Files.readAllBytes(file).length == former.length) {
        assertThat(file).as(last).hasBinaryContent(former);
      } else {
        assertWhole(file, last);
        Files.write(file, former);
      }
    }
    ExportReport report = SqliteExport.from(server.database()).into(file).replace(true).run();

    assertThat(report.verified()).isTrue();
    assertWhole(file, "the last one");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(f -> f.getFileName().toString())).noneMatch(name -> name.startsWith("."));
    }
  }

  private static void assertWhole(Path file, String when) throws SQLException {
    try (Connection connection = SqliteFiles.open(file)) {
      assertThat(
              TwoFiles.column(
                  connection, "SELECT count(*) FROM plays UNION ALL SELECT count(*) FROM few"))
          .as(when)
          .containsExactly("45000", "1");
      assertThat(TwoFiles.column(connection, "PRAGMA integrity_check")).containsExactly("ok");
    }
  }

  private String killed(Path file, int instant) throws IOException, InterruptedException {
    Process process = child(file, instant).start();
    List<String> seen = new ArrayList<>();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        seen.add(line);
        if (seen.stream().filter(l -> l.startsWith("at ")).count() == instant) {
          break;
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(seen).isNotEmpty();
    return seen.get(seen.size() - 1);
  }

  @Test
  void manyRowsNeedNoMoreThan64MegabytesOfHeap()
      throws SQLException, IOException, InterruptedException {
    fill(ROWS);

    List<String> printed = child(folder.resolve("many.db"), 0).run();

    assertThat(printed).contains("done " + (ROWS + 1));
  }
}
