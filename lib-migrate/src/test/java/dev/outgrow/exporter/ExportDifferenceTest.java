package dev.outgrow.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress.Event;
import dev.outgrow.importer.verify.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that does not hold what the server sent is found out, and never gets its name. */
class ExportDifferenceTest extends ExportFixture {
  private static final int ROWS = 5_000;

  private Path file;

  @BeforeEach
  void fill() throws SQLException {
    server.execute(
        "CREATE TABLE paged(id bigint PRIMARY KEY, r double precision, v text)",
        "INSERT INTO paged SELECT i, i / 7.0, 'v' || i FROM generate_series(1, " + ROWS + ") i",
        "CREATE TABLE keyed(k text, n bigint, PRIMARY KEY (k))",
        "INSERT INTO keyed SELECT 'k' || i, i FROM generate_series(1, 100) i",
        "CREATE TABLE odd(id bigint PRIMARY KEY, r double precision)",
        "INSERT INTO odd VALUES (1, 'NaN'), (2, 1.5), (3, NULL)",
        "ANALYZE");
    file = folder.resolve("app.db");
  }

  /** Somebody changes the file in the moment before it is read back. */
  private void export(String change) {
    SqliteExport.from(server.database())
        .into(file)
        .onProgress(
            progress -> {
              if (progress.event() == Event.PHASE_BEGINS && progress.phase() == Phase.VERIFY) {
                change(change);
              }
            })
        .run();
  }

  private void change(String change) {
    try (Stream<Path> files = Files.list(folder)) {
      Path draft =
          files.filter(f -> f.getFileName().toString().endsWith("-export")).findFirst().get();
      try (Connection connection = SqliteFiles.open(draft);
          Statement statement = connection.createStatement()) {
        assertThat(statement.executeUpdate(change)).isEqualTo(1);
      }
    } catch (IOException | SQLException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE paged SET v = 'V77' WHERE id = 77            | paged | id=77   | CHANGED
          UPDATE paged SET r = r * (1 + 3e-16) WHERE id = 77  | paged | id=77   | CHANGED
          UPDATE paged SET v = NULL WHERE id = 77             | paged | id=77   | CHANGED
          DELETE FROM paged WHERE id = 5000                   | paged | id=5000 | EXTRA
          INSERT INTO paged VALUES (5001, 1, 'x')             | paged | id=5001 | MISSING
          UPDATE keyed SET n = -n WHERE k = 'k7'              | keyed | k='k7'  | CHANGED
          UPDATE odd SET r = 'NAN' WHERE id = 1               | odd   | id=1    | CHANGED
          UPDATE odd SET r = 1.25 WHERE id = 2                | odd   | id=2    | CHANGED
          """)
  void aRowThatIsNotAsItWasSentIsNamed(
      String change, String table, String key, Difference.What what) throws IOException {
    assertThatThrownBy(() -> export(change))
        .asInstanceOf(InstanceOfAssertFactories.type(ExportDifferenceException.class))
        .satisfies(
            e ->
                assertThat(e.report().differences())
                    .singleElement()
                    .satisfies(
                        d ->
                            assertThat(List.of(d.table(), d.key(), d.what()))
                                .isEqualTo(List.of(table, key, what))));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aFileThatIsAsItWasSentGetsItsName() {
    export("UPDATE paged SET v = v WHERE id = 77");
    assertThat(file).isRegularFile();
  }
}
