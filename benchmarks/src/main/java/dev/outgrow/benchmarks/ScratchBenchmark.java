package dev.outgrow.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/**
 * How soon a test has a fresh PostgreSQL database with 30 migrated tables: the first of a JVM, with
 * nothing kept but the unpacked programs and with the data directory kept, and those of a warm
 * server: by one thread back to back, which asks for the next as soon as it has given one back; by
 * one thread with tests of 20 ms, for which a pause stands; and by four threads back to back.
 * Beside it io.zonky.test's own way, and Testcontainers' where an engine answers. Each figure is
 * the median of JVMs of their own; the last is what a database costs of all processors' time.
 *
 * <p>A way that runs the migrations in each database is measured with 8 at most. A JVM that takes
 * longer than 3 minutes and 5 seconds for each database is ended, and its way is said not to have
 * been measured; the others are.
 */
public final class ScratchBenchmark implements AutoCloseable {
  private static final int TEST_MILLIS = 20;
  private static final int MOST_MIGRATED = 8;
  private static final int JVM_SECONDS = 180;
  private static final int DATABASE_SECONDS = 5;
  private static final int END_SECONDS = 30;

  private final Path folder;
  private final Path scripts;
  private final int databases;
  private final int jvms;

  /**
   * Prepares.
   *
   * @param databases how many databases one warm median is made of
   * @param jvms how many JVMs one figure is made of
   */
  ScratchBenchmark(int databases, int jvms) throws IOException {
    this.databases = databases;
    this.jvms = jvms;
    this.folder = Files.createTempDirectory("outgrow-benchmark");
    this.scripts = Files.createDirectory(folder.resolve("scripts"));
    for (int i = 1; i <= ScratchRun.TABLES; i++) {
      Files.writeString(
          scripts.resolve("V" + i + "__table_" + i + ".sql"),
          """
          CREATE TABLE t%1$d (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL);
          CREATE INDEX t%1$d_name ON t%1$d (name);
          """
              .formatted(i));
    }
  }

  /**
   * What was measured, in milliseconds.
   *
   * @param databases how many a median is made of
   * @param first of a JVM, with nothing kept but the programs
   * @param kept of a JVM, with all kept that the way keeps
   * @param one of a warm server, taken by one thread back to back
   * @param tests taken by one thread for tests of 20 ms
   * @param four by four threads back to back
   * @param cpu of processors, for one database back to back; of a container only the client's
   */
  record Result(
      String way,
      int databases,
      double first,
      double kept,
      double one,
      double tests,
      double four,
      double cpu) {
    void print(PrintStream out) {
      out.printf(
          Locale.ROOT,
          "%-14s %3d databases: first %6.0f ms, with what it keeps %6.0f ms; warm %7.2f ms, with"
              + " tests of %d ms %7.2f ms, by 4 threads %7.2f ms; processors %6.1f ms%n",
          way,
          databases,
          first,
          kept,
          one,
          TEST_MILLIS,
          tests,
          four,
          cpu);
    }
  }

  /** Measures 400 databases in 3 JVMs, or as many as are asked for, and prints the results. */
  public static void main(String[] arguments) throws Exception {
    int databases = arguments.length == 0 ? 400 : Integer.parseInt(arguments[0]);
    int jvms = arguments.length < 2 ? 3 : Integer.parseInt(arguments[1]);
    try (ScratchBenchmark benchmark = new ScratchBenchmark(databases, jvms)) {
      System.out.printf(
          Locale.ROOT,
          "up to %d databases, %d JVMs, %d processors, load %.1f%n",
          databases,
          jvms,
          Runtime.getRuntime().availableProcessors(),
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
      boolean all = benchmark.isMeasured("outgrow");
      all &= benchmark.isMeasured("zonky"); // also where the first was not
      if (DockerClientFactory.instance().isDockerAvailable()) {
        all &= benchmark.isMeasured("testcontainers");
      } else {
        System.out.println(
            "testcontainers not measured, since no Docker engine answers; where one cannot fetch"
                + " images, it takes TESTCONTAINERS_RYUK_DISABLED=true and OUTGROW_TEST_IMAGE");
      }
      if (!all) {
        throw new IllegalStateException("Not all ways were measured");
      }
    }
  }

  private boolean isMeasured(String way) throws IOException, InterruptedException {
    try {
      measure(way).print(System.out);
      return true;
    } catch (IllegalStateException failure) {
      System.out.println(
          way
              + " not measured: "
              + String.valueOf(failure.getMessage())
                  .lines()
                  .filter(line -> !line.matches("(first|median|cpu) [0-9.]+"))
                  .findFirst()
                  .orElse(""));
      return false;
    }
  }

  private int databases(String way) {
    return way.equals("testcontainers") ? Math.min(databases, MOST_MIGRATED) : databases;
  }

  /** Measures one way, behind a JVM that unpacks the programs. */
  Result measure(String way) throws IOException, InterruptedException {
    int count = databases(way);
    run(way, 1, 0, 0);
    Figures first = new Figures();
    Figures kept = new Figures();
    Figures one = new Figures();
    Figures tests = new Figures();
    Figures four = new Figures();
    Figures cpu = new Figures();
    for (int i = 0; i < jvms; i++) {
      forgetServers();
      first.add(run(way, 1, 0, 0), "first ");
      kept.add(run(way, 1, 0, 0), "first ");
      List<String> backToBack = run(way, 1, count, 0);
      one.add(backToBack, "median ");
      cpu.add(backToBack, "cpu ");
      tests.add(run(way, 1, count, TEST_MILLIS), "median ");
      four.add(run(way, 4, count, 0), "median ");
    }
    return new Result(
        way,
        count,
        first.median(),
        kept.median(),
        one.median(),
        tests.median(),
        four.median(),
        cpu.median());
  }

  /** One kind of figures, each out of what a JVM has printed. */
  private static final class Figures {
    private final List<Double> all = new ArrayList<>();

    void add(List<String> lines, String which) {
      all.add(
          lines.stream()
              .filter(line -> line.startsWith(which))
              .map(line -> Double.valueOf(line.substring(which.length())))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException(String.join("\n", lines))));
    }

    double median() {
      return all.stream().sorted().skip(all.size() / 2).findFirst().orElseThrow();
    }
  }

  private List<String> run(String way, int threads, int count, int testMillis)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dot.epg.working-dir=" + folder.resolve("zonky"),
                "-cp",
                classPath(),
                ScratchRun.class.getName(),
                way,
                scripts.toString(),
                cache().toString(),
                Integer.toString(threads),
                Integer.toString(count),
                Integer.toString(testMillis))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    requireEnd(process, JVM_SECONDS + count * DATABASE_SECONDS);
    List<String> lines = Files.readAllLines(output);
    if (process.exitValue() != 0) {
      throw new IllegalStateException(String.join("\n", lines));
    }
    return lines;
  }

  /** Ends it where it does not end by itself; asked first, since it may have a server to end. */
  private void requireEnd(Process process, int seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroy();
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        new Servers(folder).end();
      }
      throw new IllegalStateException("a JVM did not end within " + seconds + " s");
    }
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private void forgetServers() throws IOException {
    if (Files.exists(cache())) {
      try (Stream<Path> kept = Files.list(cache())) {
        for (Path each : kept.toList()) {
          if (each.getFileName().toString().startsWith("server-")) {
            deleteServer(each);
          }
        }
      }
    }
  }

  /** With its data, which may stand in memory. */
  private static void deleteServer(Path server) throws IOException {
    Path data = server.resolve("data");
    if (Files.isSymbolicLink(data)) {
      Path target = Files.readSymbolicLink(data);
      if (Files.exists(target)) {
        delete(ScratchWay.folderOf(target));
      }
    }
    delete(server);
  }

  private static void delete(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Deletes what it made. */
  @Override
  public void close() throws IOException {
    forgetServers();
    delete(folder);
  }
}
