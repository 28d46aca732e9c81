package dev.outgrow.benchmarks.importing;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Whole imports of seeded files into one PostgreSQL with the settings it comes with, each into a
 * fresh database: ours, pgloader's, {@code sqlite3 | psql}, and the limit, rows that were encoded
 * before. The ways take turns; after each run the rows are compared with the file's.
 */
public final class ImportBenchmark {
  private static final String DATABASE = "benchmark";
  private static final String BEFORE = "before";

  private final Settings settings;
  private final DurableServer server;
  private final PrintStream out;
  private final List<Way> ways;

  ImportBenchmark(Settings settings, DurableServer server, PrintStream out) {
    this.settings = settings;
    this.server = server;
    this.out = out;
    this.ways = present(settings, out);
  }

  /** Measures what the arguments ask for, and prints it. */
  public static void main(String[] arguments) throws Exception {
    Settings settings;
    try {
      settings = Settings.of(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path folder = Files.createDirectories(settings.data).toAbsolutePath();
    try (DurableServer server = DurableServer.start(folder)) {
      new ImportBenchmark(settings, server, out).measure(folder);
    }
  }

  private static List<Way> present(Settings settings, PrintStream out) {
    List<Path> folders =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .map(Path::of)
            .toList();
    List<Way> present = new ArrayList<>();
    for (Way way : settings.ways) {
      List<String> missing = way.missing(folders);
      if (missing.isEmpty()) {
        present.add(way);
      } else {
        out.printf("%s is left out: apt-get install %s%n", way.title(), String.join(" ", missing));
      }
    }
    return present;
  }

  /** Measures all datasets. */
  List<Result> measure(Path folder) throws IOException, InterruptedException, SQLException {
    Results.environment(server, ways, out);
    List<Result> all = new ArrayList<>();
    for (Dataset dataset : settings.datasets) {
      List<Result> results = measure(dataset, folder);
      Results.print(dataset, results, out);
      all.addAll(results);
    }
    Results.load("in the end", out);
    if (settings.json != null) {
      ResultsJson.write(settings.json, settings, server.settings(), all);
    }
    return all;
  }

  private List<Result> measure(Dataset dataset, Path folder)
      throws IOException, InterruptedException, SQLException {
    Prepared prepared = prepare(dataset, folder);
    Map<Way, List<Run>> runs = new HashMap<>();
    List<Way> turns = new ArrayList<>(ways);
    for (int round = 1; round <= settings.rounds; round++) {
      for (Way way : turns) {
        runs.computeIfAbsent(way, w -> new ArrayList<>()).add(run(way, prepared, round));
      }
      // What a way leaves for the disk to do slows the next: nobody always comes behind the same.
      Collections.shuffle(turns, new Random(settings.seed + round));
    }
    return ways.stream()
        .map(way -> prepared.result(way, runs.getOrDefault(way, List.of())))
        .toList();
  }

  /** A file that is there, and what its rows are compared with. */
  record Prepared(Place place, Comparison comparison) {
    Result result(Way way, List<Run> runs) {
      long rows = place.shapes().stream().mapToLong(Shape::rows).sum();
      return new Result(place.dataset(), way, rows, runs);
    }
  }

  /** Makes what the ways need. */
  Prepared prepare(Dataset dataset, Path folder)
      throws IOException, InterruptedException, SQLException {
    Place place = place(dataset, folder);
    SourceFile.make(place.file(), place.shapes(), settings.seed);
    if (ways.contains(Way.LIMIT)) {
      Encoded.make(server, place);
    }
    if (ways.stream().anyMatch(Way::isOurs)) {
      rehearse(place);
    }
    return new Prepared(place, new Comparison(place.file(), place.shapes()));
  }

  /** Runs one way once, and says how it went. */
  Run run(Way way, Prepared prepared, int round)
      throws IOException, InterruptedException, SQLException {
    Run run = run(way, prepared.place(), prepared.comparison());
    out.printf(
        Locale.ROOT,
        "%s, round %d: %s %.2f s, %s%n",
        prepared.place().dataset().name(),
        round,
        way.title(),
        run.seconds(),
        run.verdict());
    return run;
  }

  /** Has the classes of our process archived, as the launcher does when it has built. */
  private void rehearse(Place place) throws IOException, InterruptedException, SQLException {
    Files.deleteIfExists(place.archive());
    renew();
    Path log = place.folder().resolve("rehearsal.log");
    List<String> command = new ArrayList<>(Way.OUTGROW.command(place));
    command.add(
        1, "-XX:ArchiveClassesAtExit=" + place.archive()); // none where classes lie in folders
    Client.run(command, log, settings.limit);
    drop();
  }

  private void renew() throws SQLException {
    server.renew(DATABASE);
    if (settings.before != null) {
      server.renew(BEFORE);
    }
  }

  private void drop() throws SQLException {
    server.drop(DATABASE);
    server.drop(BEFORE);
  }

  private Place place(Dataset dataset, Path folder) throws IOException {
    String name =
        "%s-%s-%d"
            .formatted(dataset.name().toLowerCase(Locale.ROOT), settings.scale, settings.seed);
    Path own = Files.createDirectories(folder.resolve(name));
    List<Shape> shapes = dataset.shapes(settings.scale);
    Path before = settings.before;
    return new Place(
        dataset,
        shapes,
        own.resolve("source.sqlite"),
        own,
        server.url(DATABASE),
        before == null ? null : new Place.Before(before, server.url(BEFORE)));
  }

  private Run run(Way way, Place place, Comparison comparison)
      throws IOException, InterruptedException, SQLException {
    renew();
    Files.deleteIfExists(place.phases());
    List<String> command = way.command(place);
    long wal = server.wal();
    double cpu = server.cpuSeconds();
    Path log = place.folder().resolve(way.option() + ".log");
    Client client = Client.run(command, log, settings.limit);
    double cpuAfter = server.cpuSeconds();
    long walAfter = server.wal();
    String verdict =
        client.failure().isEmpty() ? verdict(way, comparison) : "FAILED: " + client.failure();
    drop();
    return new Run(
        way, client, cpuAfter - cpu, (walAfter - wal) / 1048576.0, phases(place), verdict);
  }

  private String verdict(Way way, Comparison comparison) throws SQLException {
    try (Connection connection = server.connect(DATABASE)) {
      List<String> differences = comparison.differences(connection, way.keys());
      return differences.isEmpty() ? Run.EQUAL : "DIFFERENT: " + String.join("; ", differences);
    }
  }

  /** Returns what ours said; a phase that came twice counts twice. */
  private static Map<String, Long> phases(Place place) {
    if (!Files.exists(place.phases())) {
      return Map.of();
    }
    try {
      return Files.readAllLines(place.phases()).stream()
          .map(line -> line.split(" ", -1))
          .collect(Collectors.toMap(p -> p[0], p -> Long.valueOf(p[1]), Long::sum));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
