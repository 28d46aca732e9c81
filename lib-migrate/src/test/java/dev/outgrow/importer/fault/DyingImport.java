package dev.outgrow.importer.fault;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.progress.ProgressListener;
import dev.outgrow.importer.report.ImportReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** An import, in this JVM or in one of its own that is killed. */
final class DyingImport {
  private static final String HERE = "here";

  private final Path file;
  private final Path rejects;
  private final Start start;

  DyingImport(Path file, Path rejects, Start start) {
    this.file = file;
    this.rejects = rejects;
    this.start = start;
  }

  /** Imports, and at the event of a number says so and waits for its end. */
  @SuppressWarnings("SystemOut") // read by the test
  public static void main(String[] arguments) {
    int event = Integer.parseInt(arguments[4]);
    int[] events = new int[1];
    new DyingImport(Path.of(arguments[0]), Path.of(arguments[1]), Start.valueOf(arguments[2]))
        .run(
            arguments[3],
            carry -> carry,
            progress -> {
              if (events[0]++ == event) {
                System.out.println(HERE);
                waitForEnd();
              }
            });
  }

  private static void waitForEnd() {
    try {
      while (System.in.read() >= 0) {
        // whoever waits for this event kills the process now
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Imports in this JVM. */
  ImportReport run(String url, UnaryOperator<SqliteImport> options, ProgressListener listener) {
    DatabaseConfig config =
        DatabaseConfig.builder(DatabaseUrl.parse(url))
            .minimumPoolSize(1)
            .maximumPoolSize(3)
            .acquisitionTimeout(Duration.ofSeconds(3))
            .build();
    try (Database database = Database.open(config)) {
      SqliteImport carry = start.carry(file, rejects, database).onProgress(listener);
      return options.apply(carry).run();
    }
  }

  /** Starts it in a JVM of its own. */
  Process start(String url, int event) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                DyingImport.class.getName(),
                file.toString(),
                rejects.toString(),
                start.name(),
                url,
                Integer.toString(event))
            .redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder.start();
  }

  /** Waits until it waits, or has ended; returns what it printed. */
  static String await(Process process) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder all = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      all.append(line).append('\n');
      if (line.equals(HERE)) {
        return HERE;
      }
    }
    return all.toString();
  }

  /** Whether that is what one prints that waits. */
  static boolean isWaiting(String printed) {
    return printed.equals(HERE);
  }
}
