package dev.outgrow.benchmarks.importing;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Whether a row takes the same time however many there are: NARROW from 10⁵ to 2·10⁷ rows, imported
 * and verified, each beyond what a file of 30,000 rows takes. Each process has carried a million
 * other rows before, as an application has run before it moves: the JVM's compilers take the same
 * time whatever comes, and would be counted to the rows of the small files. Beside each stands what
 * {@link ScaleModel} foresees for two connections on one machine with two cores. Rows are compared
 * by {@link Comparison} after each run.
 */
public final class FlatnessBenchmark {
  /** Time per row may differ by this factor. */
  static final double FLAT = 1.15;

  private static final long[] ROWS = {100_000, 1_000_000, 5_000_000, 20_000_000};

  /** PostgreSQL's statistics look at so many rows of any table, and at no more. */
  private static final long FEW = 30_000;

  private static final long BEFORE = 1_000_000;

  /** What is over in some tenths of a second is measured so often in each round. */
  private static final int TIMES_SMALL = 5;

  private static final double WHOLE = 5_000_000;
  private static final int STREAMS = 2;
  private static final String USAGE =
      "benchmarks/run importing.FlatnessBenchmark [--rows N,…] [--rounds 5] [--data DIR]";

  private FlatnessBenchmark() {}

  /** Measures, and ends with 1 if rows are not as they were, or their time is not flat. */
  public static void main(String[] arguments) throws Exception {
    long[] rows = ROWS;
    List<String> others = new ArrayList<>(List.of("--rounds", "5"));
    try {
      for (int i = 0; i < arguments.length; i += 2) {
        if (arguments[i].equals("--rows") && i + 1 < arguments.length) {
          rows =
              Arrays.stream(arguments[i + 1].split(",", -1)).mapToLong(Long::parseLong).toArray();
        } else {
          others.addAll(Arrays.asList(arguments).subList(i, Math.min(i + 2, arguments.length)));
        }
      }
      settings(1, others);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + USAGE);
      System.exit(2);
      return;
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path folder = Files.createDirectories(settings(1, others).data).toAbsolutePath();
    List<Result> results;
    Path before = folder.resolve("before.sqlite");
    SourceFile.make(before, Dataset.NARROW.shapes(BEFORE / WHOLE), 0);
    others.addAll(List.of("--before", before.toString()));
    try (DurableServer server = DurableServer.start(folder)) {
      results = measure(server, folder, rows, others, out);
    }
    print(results, out);
    if (spread(results) > FLAT || !results.stream().allMatch(Result::isEqual)) {
      System.exit(1);
    }
  }

  private static Settings settings(long rows, List<String> others) {
    List<String> all = new ArrayList<>(others);
    all.addAll(List.of("--datasets", "narrow", "--ways", "outgrow"));
    all.addAll(List.of("--scale", Double.toString(rows / WHOLE)));
    return Settings.of(all.toArray(String[]::new));
  }

  /**
   * Measures all files in turns, so that a machine that is slower for a while is so for all of
   * them; the small file is the first.
   */
  static List<Result> measure(
      DurableServer server, Path folder, long[] rows, List<String> others, PrintStream out)
      throws IOException, InterruptedException, SQLException {
    List<ImportBenchmark> benchmarks = new ArrayList<>();
    List<ImportBenchmark.Prepared> files = new ArrayList<>();
    List<List<Run>> runs = new ArrayList<>();
    for (long each : LongStream.concat(LongStream.of(FEW), LongStream.of(rows)).toArray()) {
      ImportBenchmark benchmark = new ImportBenchmark(settings(each, others), server, out);
      benchmarks.add(benchmark);
      files.add(benchmark.prepare(Dataset.NARROW, folder));
      runs.add(new ArrayList<>());
    }
    Results.environment(server, List.of(Way.OUTGROW), out);
    int rounds = settings(FEW, others).rounds;
    for (int round = 1; round <= rounds; round++) {
      for (int i = 0; i < files.size(); i++) {
        int times = i == 0 || rows[i - 1] < BEFORE ? TIMES_SMALL : 1;
        for (int time = 0; time < times; time++) {
          runs.get(i).add(benchmarks.get(i).run(Way.OUTGROW, files.get(i), round));
        }
      }
    }
    Results.load("in the end", out);
    return IntStream.range(0, files.size())
        .mapToObj(i -> files.get(i).result(Way.OUTGROW, runs.get(i)))
        .toList();
  }

  /** Returns how many microseconds each row took beyond those of the small file, the first. */
  static double microsPerRow(List<Result> results, int which) {
    Result result = results.get(which);
    return beyond(results, result, Run::wholeSeconds)
        * 1e6
        / (result.rows() - results.get(0).rows());
  }

  /** Returns how much more it is than with the small file, the first. */
  private static double beyond(List<Result> results, Result result, ToDoubleFunction<Run> figure) {
    return result.median(figure) - results.get(0).median(figure);
  }

  /** Returns by which factor the slowest row took longer than the fastest. */
  static double spread(List<Result> results) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int i = 1; i < results.size(); i++) {
      double each = microsPerRow(results, i);
      least = Math.min(least, each);
      most = Math.max(most, each);
    }
    return least <= 0 ? Double.POSITIVE_INFINITY : most / least;
  }

  static void print(List<Result> results, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%nIn a JVM that has imported before, a file of %,d rows: %.2f s. Medians; beyond that file's;"
            + " in brackets what the model foresees.%n",
        results.get(0).rows(),
        results.get(0).median(Run::wholeSeconds));
    out.println(
        "| rows | seconds | µs a row | client CPU s | server CPU s | WAL MiB | heap MiB | rows |");
    out.println("|---|---|---|---|---|---|---|---|");
    for (int i = 1; i < results.size(); i++) {
      out.println(line(results, i));
    }
    double spread = spread(results);
    out.printf(
        Locale.ROOT,
        "A row takes %.2f times as long in the slowest as in the fastest: %s%n",
        spread,
        spread <= FLAT ? "flat" : "NOT flat");
  }

  private static String line(List<Result> results, int which) {
    Result result = results.get(which);
    double rows = (double) result.rows();
    return String.format(
        Locale.ROOT,
        "| %,.0f | %.2f (%.1f) | %.2f | %.1f (%.1f) | %.1f (%.1f) | %,.0f (%,.0f) | %.0f | %s |",
        rows,
        beyond(results, result, Run::wholeSeconds),
        ScaleModel.of(ScaleModel.SITES.get(0), rows, STREAMS).seconds() - ScaleModel.START_SECONDS,
        microsPerRow(results, which),
        beyond(results, result, Run::wholeCpuSeconds),
        ScaleModel.clientSeconds(rows),
        beyond(results, result, Run::serverCpuSeconds),
        ScaleModel.serverSeconds(rows),
        beyond(results, result, Run::walMib),
        ScaleModel.wal(rows) / (1 << 20),
        result.median(Run::heapMib),
        result.verdict());
  }
}
