package dev.outgrow.benchmarks.importing;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is printed. */
final class Results {
  private Results() {}

  /** Says on what it is measured. */
  static void environment(DurableServer server, List<Way> ways, PrintStream out)
      throws IOException, SQLException {
    out.printf(
        "%s processors, Java %s, %s %s%n",
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        System.getProperty("os.name"),
        System.getProperty("os.version"));
    out.println("PostgreSQL: " + server.settings());
    if (ways.stream().anyMatch(Way::isPgloader)) {
      out.println(firstLine("pgloader", "--version"));
    }
    if (ways.contains(Way.SQLITE_PSQL)) {
      out.println("sqlite3 " + firstLine("sqlite3", "--version"));
    }
    if (ways.contains(Way.SQLITE_PSQL) || ways.contains(Way.LIMIT)) {
      out.println(firstLine("psql", "--version"));
    }
    load("at the beginning", out);
  }

  private static String firstLine(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream words = process.getInputStream()) {
      return new String(words.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .orElse("");
    }
  }

  static void load(String when, PrintStream out) {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    out.printf(Locale.ROOT, "Load of the machine %s: %.1f%n", when, load);
  }

  /** Prints the table of one dataset, and how we compare. */
  static void print(Dataset dataset, List<Result> results, PrintStream out) {
    out.printf("%n%s, %,d rows, medians%n", dataset.name(), results.get(0).rows());
    out.println(
        "  way                         seconds  load s  client CPU s  µs/row  server CPU s  largest MiB  WAL MiB  rows");
    for (Result result : results) {
      line(result, result.way().title(), result.seconds(), out);
      if (result.way().isOurs()) {
        line(result, "  without verification", result.median(Run::unverifiedSeconds), out);
      }
    }
    ratios(results, out);
    out.println();
  }

  private static void line(Result result, String title, double seconds, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "  %-26s %8.2f %7.2f %13.2f %7.2f %13.2f %12.0f %8.0f  %s%n",
        title,
        seconds,
        result.median(Run::loadSeconds),
        result.median(run -> run.client().cpuSeconds()),
        result.clientMicrosPerRow(),
        result.median(Run::serverCpuSeconds),
        result.median(run -> run.client().memoryMib()),
        result.median(Run::walMib),
        result.verdict());
  }

  private static void ratios(List<Result> results, PrintStream out) {
    Optional<Result> pgloader =
        results.stream()
            .filter(r -> r.way().isPgloader() && r.isEqual())
            .min(Comparator.comparingDouble(Result::seconds));
    Optional<Result> limit = results.stream().filter(r -> r.way() == Way.LIMIT).findFirst();
    for (Result ours : results.stream().filter(r -> r.way().isOurs()).toList()) {
      out.println("  " + ours.way().title() + ":");
      pgloader.ifPresentOrElse(
          theirs ->
              out.printf(
                  Locale.ROOT,
                  "    × %.1f of %s, × %.1f without verification%n",
                  theirs.seconds() / ours.seconds(),
                  theirs.way().title(),
                  theirs.seconds() / ours.median(Run::unverifiedSeconds)),
          () -> out.println("    no setting of pgloader carried the rows as they are"));
      limit.ifPresent(
          l ->
              out.printf(
                  Locale.ROOT,
                  "    load phase / %s: %.2f%n",
                  l.way().title(),
                  ours.median(Run::loadSeconds) / l.seconds()));
      out.printf(Locale.ROOT, "    heap %.0f MiB%n", ours.median(Run::heapMib));
    }
  }
}
