package dev.outgrow.benchmarks;

import dev.outgrow.database.ClientLogin;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.exporter.SqliteExport;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.progress.Progress.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** One export of ours, in a process of its own with 64 MB of heap. */
public final class ExportedFile {
  private ExportedFile() {}

  /** Exports: where from, and the file. */
  public static void main(String[] arguments) {
    DatabaseUrl url = DatabaseUrl.parse(arguments[0]);
    try (Database database =
        Database.open(DatabaseConfig.builder(url).minimumPoolSize(1).build())) {
      SqliteExport.from(database).into(Path.of(arguments[1])).onProgress(ExportedFile::print).run();
    }
  }

  private static void print(Progress progress) {
    if (progress.event() == Event.PHASE_ENDS) {
      System.out.println(
          "phase " + progress.phase().word() + " " + progress.elapsed().toMillis() / 1000.0);
    }
  }

  /** Runs it, and returns the seconds that each phase took. */
  static Map<String, Double> inAProcess(DatabaseUrl url, Path file)
      throws IOException, InterruptedException {
    Path password = Files.createTempFile("export", ".pgpass");
    try (ClientLogin login = ClientLogin.of(url, password)) {
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx64m",
              "-XX:+UseSerialGC",
              "-cp",
              System.getProperty("java.class.path"),
              ExportedFile.class.getName(),
              url.toString().replace(":***", ""),
              file.toString());
      builder.environment().putAll(login.environment());
      return phases(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }
  }

  private static Map<String, Double> phases(Process process)
      throws IOException, InterruptedException {
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("The export failed: " + printed);
    }
    Map<String, Double> phases = new LinkedHashMap<>();
    for (String line : printed.lines().filter(l -> l.startsWith("phase ")).toList()) {
      String[] words = line.split(" ", -1);
      phases.put(words[1], Double.valueOf(words[2]));
    }
    return phases;
  }
}
