package dev.outgrow.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/**
 * How soon a test has a fresh PostgreSQL database with 30 migrated tables: the first of a JVM, with
 * nothing kept but the unpacked programs and with the data directory kept, and those of a warm
 * server, by one thread and by four; beside io.zonky.test's own way, and Testcontainers' where an
 * engine answers. Each figure is the median of JVMs of their own.
 */
public final class ScratchBenchmark implements AutoCloseable {
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
   * @param first of a JVM, with nothing kept but the programs
   * @param kept of a JVM, with all kept that the way keeps
   * @param one of a warm server, taken by one thread
   * @param four by four
   */
  record Result(String way, double first, double kept, double one, double four) {
    void print(PrintStream out) {
      out.printf(
          Locale.ROOT,
          "%-14s first %6.0f ms, with what it keeps %6.0f ms, warm %7.2f ms, by 4 threads %7.2f ms%n",
          way,
          first,
          kept,
          one,
          four);
    }
  }

  /** Measures 400 databases in 3 JVMs, or as many as are asked for, and prints the results. */
  public static void main(String[] arguments) throws Exception {
    int databases = arguments.length == 0 ? 400 : Integer.parseInt(arguments[0]);
    int jvms = arguments.length < 2 ? 3 : Integer.parseInt(arguments[1]);
    try (ScratchBenchmark benchmark = new ScratchBenchmark(databases, jvms)) {
      System.out.printf(
          Locale.ROOT,
          "%d databases, %d JVMs, %d processors, load %.1f%n",
          databases,
          jvms,
          Runtime.getRuntime().availableProcessors(),
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
      benchmark.measure("outgrow").print(System.out);
      benchmark.measure("zonky").print(System.out);
      if (DockerClientFactory.instance().isDockerAvailable()) {
        benchmark.measure("testcontainers").print(System.out);
      } else {
        System.out.println("testcontainers: not measured, since no Docker engine answers");
      }
    }
  }

  /** Measures one way, behind a JVM that unpacks the programs. */
  Result measure(String way) throws IOException, InterruptedException {
    figure(way, "first ", 1, 0);
    double[] first = new double[jvms];
    double[] kept = new double[jvms];
    double[] one = new double[jvms];
    double[] four = new double[jvms];
    for (int i = 0; i < jvms; i++) {
      forgetServers();
      first[i] = figure(way, "first ", 1, 0);
      kept[i] = figure(way, "first ", 1, 0);
      one[i] = figure(way, "median ", 1, databases);
      four[i] = figure(way, "median ", 4, databases);
    }
    return new Result(way, median(first), median(kept), median(one), median(four));
  }

  private double figure(String way, String which, int threads, int count)
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
                Integer.toString(count))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean done = process.waitFor() == 0;
    List<String> lines = Files.readAllLines(output);
    return lines.stream()
        .filter(line -> done && line.startsWith(which))
        .mapToDouble(line -> Double.parseDouble(line.substring(which.length())))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(way + ": " + String.join("\n", lines)));
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
            delete(each);
          }
        }
      }
    }
  }

  private static void delete(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** Deletes what it made. */
  @Override
  public void close() throws IOException {
    delete(folder);
  }
}
