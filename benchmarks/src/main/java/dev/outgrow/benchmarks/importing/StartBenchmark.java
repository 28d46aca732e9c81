package dev.outgrow.benchmarks.importing;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How long {@code examples/outgrow import} takes from the shell for a file of ten rows, verified,
 * into a PostgreSQL that runs. The first run, in which the launcher may build, does not count.
 */
public final class StartBenchmark {
  private static final String DATABASE = "start";
  private static final double TEN_ROWS = 10 / 5_000_000.0;
  private static final int ROUNDS = 15;

  private StartBenchmark() {}

  /** Measures; the argument is how many rounds there are, 15 without. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
    Path benchmarks = Path.of(System.getProperty("outgrow.benchmarks", "benchmarks"));
    Path launcher = benchmarks.toAbsolutePath().resolveSibling("examples").resolve("outgrow");
    Path folder = Files.createTempDirectory("outgrow-start");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (DurableServer server = DurableServer.start(folder)) {
      print(measure(server, folder, launcher, rounds), out);
    } finally {
      delete(folder);
    }
  }

  /** Runs it so often, and once more before. */
  static List<Client> measure(DurableServer server, Path folder, Path launcher, int rounds)
      throws IOException, InterruptedException, SQLException {
    List<Shape> shapes = Dataset.NARROW.shapes(TEN_ROWS);
    Path file = folder.resolve("ten.sqlite");
    SourceFile.make(file, shapes, 1);
    Comparison comparison = new Comparison(file, shapes);
    List<String> command =
        List.of(launcher.toString(), "import", file.toString(), "--to", server.url(DATABASE));
    Client[] runs = new Client[rounds + 1];
    for (int i = 0; i < runs.length; i++) {
      server.renew(DATABASE);
      runs[i] = Client.run(command, folder.resolve("log"), Duration.ofMinutes(10));
      if (!runs[i].failure().isEmpty()) {
        throw new IllegalStateException(runs[i].failure());
      }
      requireEqual(server, comparison);
    }
    server.drop(DATABASE);
    return Arrays.asList(runs).subList(1, runs.length);
  }

  private static void requireEqual(DurableServer server, Comparison comparison)
      throws SQLException {
    try (Connection connection = server.connect(DATABASE)) {
      List<String> differences = comparison.differences(connection, true);
      if (!differences.isEmpty()) {
        throw new IllegalStateException(String.join("; ", differences));
      }
    }
  }

  static void print(List<Client> runs, PrintStream out) {
    double[] seconds = runs.stream().mapToDouble(Client::seconds).sorted().toArray();
    double[] cpu = runs.stream().mapToDouble(Client::cpuSeconds).sorted().toArray();
    out.printf(
        Locale.ROOT,
        "examples/outgrow import of 10 rows, verified: median %.2f s, %.2f to %.2f s (%d runs);"
            + " %.2f s of a processor%n",
        seconds[seconds.length / 2],
        seconds[0],
        seconds[seconds.length - 1],
        seconds.length,
        cpu[cpu.length / 2]);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
