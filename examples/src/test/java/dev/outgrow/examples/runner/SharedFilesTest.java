package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.database.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real files and probes that nobody here wrote, where they are to be had, compared by an outside
 * program that knows nothing of this code.
 */
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class SharedFilesTest extends RunnerFixture {
  private static final Path SHARED = Path.of(System.getProperty("outgrow.shared"));
  private static final Path COMPARE = SHARED.resolve("tools/compare.py");

  @TempDir private Path folder;

  static Stream<Path> files() throws IOException {
    Path data = SHARED.resolve("data");
    if (!Files.isDirectory(data)) {
      return Stream.of(data); // one visible skip
    }
    try (Stream<Path> found = Files.walk(data)) {
      return found
          .filter(f -> f.toString().endsWith(".db") || f.toString().endsWith(".sqlite"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void isCarriedWholeOrRefusedWhole(Path file) throws Exception {
    assumeTrue(Files.isRegularFile(file), "no shared data beside this project");
    Outcome outcome = run("import", file.toString(), "--to", target(), "--orphans", "keep");

    assertThat(outcome.err()).doesNotContain("\tat ", "unforeseen");
    if (outcome.exitCode() == 1) {
      assertThat(outcome.err().lines().filter(l -> l.startsWith("outgrow: "))).hasSize(1);
      assertThat(holdings()).isEmpty();
      return;
    }
    assertThat(outcome.exitCode()).isIn(0, 4);
    assertThat(outcome.lastLine()).startsWith("verified");
    assertThat(run("verify", file.toString(), "--to", target()).exitCode()).isZero();
    compare(file);
  }

  static Stream<Path> malformed() throws IOException {
    return files()
        .filter(f -> !Files.isRegularFile(f) || f.getFileName().toString().contains("antifor"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void losesNothingBySalvageThatIsNotNamed(Path file) throws IOException {
    assumeTrue(Files.isRegularFile(file), "no shared data beside this project");
    String[] salvage = {file.toString(), "--to", target(), "--salvage"};
    Outcome outcome = run(with("import", salvage, "--orphans", "keep"));

    assertThat(outcome.exitCode()).as(outcome.err()).isIn(0, 4);
    assertThat(outcome.lastLine()).startsWith("verified");
    assertThat(run(with("verify", salvage)).exitCode()).isZero();
    boolean refused = run("inspect", file.toString()).exitCode() == 1;
    if (!refused) {
      assertThat(outcome.out()).doesNotContain("\n  lost ");
    }
  }

  private static String[] with(String command, String[] arguments, String... more) {
    return Stream.of(Stream.of(command), Stream.of(arguments), Stream.of(more))
        .flatMap(words -> words)
        .toArray(String[]::new);
  }

  /** The outside verdict, where its tools are installed. */
  private void compare(Path file) throws IOException, InterruptedException {
    assumeTrue(Tools.ARE_INSTALLED && Files.exists(COMPARE), "no python3, psql or compare.py");
    String url = target().replace(":" + password(), "");
    ProcessBuilder builder =
        new ProcessBuilder("python3", COMPARE.toString(), file.toString(), url, "-v");
    builder.environment().put("PGPASSFILE", passwordFile().toString());
    builder.environment().compute("PATH", (name, path) -> Tools.FOLDER + path);
    Process process = builder.redirectErrorStream(true).start();
    String printed = read(process.getInputStream());
    assertThat(process.waitFor()).as(printed).isZero();
  }

  private List<String> holdings() {
    try (Database database = Database.open(url())) {
      return database.read(tx -> names(tx.connection()));
    }
  }

  private static List<String> names(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT string_agg(nspname, ',') FROM pg_namespace WHERE nspname LIKE 'outgrow%'"
                    + " UNION ALL SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace")) {
      Stream.Builder<String> names = Stream.builder();
      while (rows.next()) {
        Optional.ofNullable(rows.getString(1)).ifPresent(names);
      }
      return names.build().toList();
    }
  }

  /** What the outside program needs, looked for once. */
  private static final class Tools {
    /**
     * Where psql itself is: what Debian calls psql looks for it, which takes longer than it runs.
     */
    private static final String FOLDER = debian();

    private static final boolean ARE_INSTALLED = isInstalled("python3") && isInstalled("psql");

    private static boolean isInstalled(String program) {
      try {
        return new ProcessBuilder(program, "--version").start().waitFor() == 0;
      } catch (IOException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private static String debian() {
      try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
        return versions
            .map(version -> version.resolve("bin"))
            .filter(folder -> Files.isExecutable(folder.resolve("psql")))
            .max(Comparator.naturalOrder())
            .map(folder -> folder + ":")
            .orElse("");
      } catch (IOException e) {
        return ""; // not Debian
      }
    }
  }

  private static String read(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("chinooks")
  void chinookArrivesWithItsKeysAndTheNextArtistIs276(Path file) throws IOException {
    assumeTrue(Files.exists(file), "no shared data beside this project");
    Path report = folder.resolve("r.json");
    Outcome outcome =
        run("import", file.toString(), "--to", target(), "--report", report.toString());

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .contains("11 tables, 15,607 rows read = 15,607 verified + 0 rejected");
    assertThat(Files.readString(report))
        .contains("\"rowsVerified\" : 15607", "\"verified\" : true");
    try (Database database = Database.open(url())) {
      assertThat(
              database.<String>read(
                  tx ->
                      one(
                          tx.connection(),
                          "SELECT count(*) FILTER (WHERE contype = 'p') || ' ' || count(*) FILTER (WHERE contype = 'f')"
                              + " FROM pg_constraint WHERE connamespace = 'public'::regnamespace")))
          .isEqualTo("11 11");
      assertThat(
              database.<String>transaction(
                  tx ->
                      one(
                          tx.connection(),
                          "INSERT INTO \"Artist\"(\"Name\") VALUES ('new') RETURNING \"ArtistId\"::text")))
          .isEqualTo("276");
    }
  }

  static Stream<Path> chinooks() {
    return Stream.of("chinook.sqlite", "chinook_autoincrement.sqlite")
        .map(SHARED.resolve("data/chinook")::resolve);
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }
}
