package dev.outgrow.benchmarks;

import dev.outgrow.codegen.Codegen;
import dev.outgrow.codegen.CodegenResult;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.migration.Chain;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What generating classes costs where nothing has changed since: in a JVM that has done it before,
 * and in a new one, where classes are loaded. Each run has to find that nothing has changed, with
 * the sources hashed, and no server may have been started by it.
 */
public final class UnchangedCodegen {
  private static final int WARM_UP = 20;

  private final Path folder;
  private final int tables;

  private UnchangedCodegen(Path folder, int tables) {
    this.folder = folder;
    this.tables = tables;
  }

  /** Writes a script for each table and generates the classes, on a server that ends with this. */
  static UnchangedCodegen prepare(Path folder, int tables) throws IOException {
    Path scripts = Files.createDirectories(folder.resolve("db"));
    for (int i = 1; i <= tables; i++) {
      Files.writeString(
          scripts.resolve("V" + i + "__table_" + i + ".sql"),
          "CREATE TABLE t%1$d (id bigint PRIMARY KEY, name text NOT NULL, at timestamptz);\n"
              .formatted(i));
    }
    try (ScratchServer server = ScratchServer.start()) {
      codegen(folder).server(server.url()).run();
    }
    return new UnchangedCodegen(folder, tables);
  }

  private static Codegen codegen(Path folder) {
    Chain chain = Chain.named("core").location("filesystem:" + folder.resolve("db")).build();
    return Codegen.from(chain).into(folder.resolve("src"), "app.db");
  }

  /**
   * What was measured.
   *
   * @param warmMillis the median, in a JVM that has done it before
   * @param firstMillis the median, in JVMs that have not
   */
  record Result(int tables, int runs, double warmMillis, double firstMillis) {
    void print(PrintStream out) {
      out.printf(
          Locale.ROOT,
          "%d tables, nothing changed, median of %d: %.1f ms; first in a JVM %.0f ms%n",
          tables,
          runs,
          warmMillis,
          firstMillis);
    }
  }

  /**
   * Measures 30 tables and prints the result. With a folder it does what nothing has changed in,
   * and prints how many nanoseconds that took.
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length > 0) {
      System.out.println(nanos(Path.of(arguments[0])));
      return;
    }
    Path folder = Files.createTempDirectory("outgrow-benchmark");
    try {
      prepare(folder, 30).measure(51, 7).print(System.out);
    } finally {
      clear(folder);
    }
  }

  private static void clear(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Measures so many runs in this JVM, behind some that warm it, and some in new ones. */
  Result measure(int runs, int jvms) throws IOException {
    for (int i = 0; i < WARM_UP; i++) {
      nanos(folder);
    }
    double[] warm = new double[runs];
    for (int i = 0; i < runs; i++) {
      warm[i] = nanos(folder) / 1e6;
    }
    double[] first = new double[jvms];
    for (int i = 0; i < jvms; i++) {
      first[i] = inNewJvm() / 1e6;
    }
    return new Result(tables, runs, median(warm), median(first));
  }

  private static long nanos(Path folder) {
    List<Long> before = children();
    long start = System.nanoTime();
    CodegenResult result = codegen(folder).run();
    long nanos = System.nanoTime() - start;
    if (result.generated() || !children().equals(before)) {
      throw new IllegalStateException("Something was started: " + result.changes());
    }
    return nanos;
  }

  private static List<Long> children() {
    return ProcessHandle.current().children().map(ProcessHandle::pid).sorted().toList();
  }

  private long inNewJvm() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(UnchangedCodegen.class.getName(), folder.toString()));
    Process jvm =
        new ProcessBuilder(command).redirectError(new File(folder.toFile(), "jvm.log")).start();
    try {
      String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (jvm.waitFor() != 0) {
        throw new IllegalStateException(Files.readString(folder.resolve("jvm.log")));
      }
      return Long.parseLong(said.strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      jvm.destroyForcibly();
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
