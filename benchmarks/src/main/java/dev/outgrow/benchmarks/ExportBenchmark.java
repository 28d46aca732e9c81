package dev.outgrow.benchmarks;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.exporter.ExportReport;
import dev.outgrow.exporter.SqliteExport;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.progress.Progress.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * An export of plays, beside {@code sqlite3}'s {@code .import} of the same rows as CSV, which are
 * written to the disk before: to the same folder, in turns. Printed are the rows in a second of the
 * export's phase that carries them, and of all of it, with the proof. Both files have to hold the
 * same number of rows and the same sums. Run it with {@code -Xmx64m}; the first argument is the
 * number of rows (5,000,000 without it), the second a folder.
 */
public final class ExportBenchmark {
  private static final int RUNS = 3;
  private static final String SUMS =
      "SELECT count(*) || '|' || sum(id) || '|' || sum(started) || '|' || sum(length(title)) FROM plays;";

  private ExportBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws SQLException, IOException, InterruptedException {
    long rows = args.length > 0 ? Long.parseLong(args[0]) : 5_000_000;
    Path folder = args.length > 1 ? Path.of(args[1]) : Files.createTempDirectory("export");
    try (ScratchServer server = ScratchServer.start()) {
      DatabaseUrl url = server.createDatabase();
      try (Database database = Database.open(url)) {
        fill(database, rows);
        Path csv = folder.resolve("plays.csv");
        csv(database, csv);
        for (int i = 0; i < RUNS; i++) {
          compare(database, folder, csv, rows);
        }
        Files.delete(csv);
      }
    }
  }

  private static void fill(Database database, long rows) throws SQLException {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE plays(id bigint PRIMARY KEY, user_id bigint, started bigint, title text,"
              + " ratio double precision, flag bigint)");
      statement.execute(
          "INSERT INTO plays SELECT i, i % 500, 1700000000 + i * 37, 'title of ' || i, i / 7.0, i % 2"
              + " FROM generate_series(1, "
              + rows
              + ") i");
      statement.execute("VACUUM ANALYZE plays");
    }
  }

  private static void csv(Database database, Path file) throws SQLException, IOException {
    try (Connection connection = database.connection();
        OutputStream out = Files.newOutputStream(file)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("COPY plays TO STDOUT (FORMAT csv)", out);
    }
  }

  private static void compare(Database database, Path folder, Path csv, long rows)
      throws IOException, InterruptedException {
    Path theirs = folder.resolve("theirs.db");
    Path ours = folder.resolve("ours.db");
    long began = System.nanoTime();
    sqlite3(
        theirs,
        "PRAGMA journal_mode = OFF;\nPRAGMA synchronous = OFF;\nCREATE TABLE plays(id INTEGER PRIMARY KEY,"
            + " user_id INTEGER, started INTEGER, title TEXT, ratio REAL, flag INTEGER);\n.mode csv\n.import "
            + csv
            + " plays\n");
    double imported = seconds(began);
    Map<Phase, Double> phases = new EnumMap<>(Phase.class);
    ExportReport report =
        SqliteExport.from(database).into(ours).onProgress(p -> note(p, phases)).run();
    String same = sqlite3(ours, SUMS);
    if (report.rows() != rows || !same.equals(sqlite3(theirs, SUMS))) {
      throw new IllegalStateException("Not the same rows: " + same);
    }
    double load = phases.getOrDefault(Phase.LOAD, 0.0);
    double whole = report.millis() / 1000.0;
    System.out.printf(
        Locale.ROOT,
        "sqlite3 .import %,.0f rows/s; export: carrying %,.0f rows/s (%.2f times), proven %,.0f rows/s (%.2f"
            + " times); heap %d MiB %s%n",
        rows / imported,
        rows / load,
        imported / load,
        rows / whole,
        imported / whole,
        Runtime.getRuntime().maxMemory() >> 20,
        phases);
    Files.delete(theirs);
    Files.delete(ours);
  }

  private static void note(Progress progress, Map<Phase, Double> phases) {
    if (progress.event() == Event.PHASE_ENDS) {
      phases.put(progress.phase(), progress.elapsed().toMillis() / 1000.0);
    }
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static String sqlite3(Path file, String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of("sqlite3", file.toString())).redirectErrorStream(true).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(script.getBytes(StandardCharsets.UTF_8));
    }
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(printed);
    }
    return printed;
  }
}
