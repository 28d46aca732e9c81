package dev.outgrow.benchmarks;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * An export of plays, in a process of its own with 64 MB of heap, beside {@code sqlite3}'s {@code
 * .import} of the same rows as CSV: to the same folder, in turns. The CSV is written before and
 * costs nothing; all files get the same key alone, then two indexes as well. {@code sqlite3} does
 * it twice. As a person types it: the schema with its indexes, then {@code .import}, with the
 * settings it has by itself. Tuned: without a journal, without waiting for the disk, and the
 * indexes behind the rows.
 *
 * <p>Each way is timed from the start of its process to its end; ours has then compared every row
 * with PostgreSQL's and brought the file to the disk. Row by row the files have to be equal. The
 * first argument is the number of rows (5,000,000 without it), the second a folder, the third the
 * rounds (3).
 */
public final class ExportBenchmark {
  private static final String TABLE =
      "CREATE TABLE plays(id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, started INTEGER, title TEXT,"
          + " ratio REAL, flag INTEGER);";
  private static final String INDEXES =
      "CREATE UNIQUE INDEX plays_title ON plays(title);\nCREATE INDEX plays_started ON plays(user_id,"
          + " started DESC);";
  // CSV has decimals, from which sqlite3 need not get the last bit of a real number.
  private static final String EQUAL =
      "SELECT count(*) FROM plays o JOIN theirs.plays t ON t.id = o.id WHERE o.user_id IS t.user_id AND"
          + " o.started IS t.started AND o.title IS t.title AND o.flag IS t.flag AND"
          + " abs(o.ratio - t.ratio) <= 1e-15 * abs(o.ratio);";
  private static final String COUNTS =
      "SELECT count(*) FROM plays; SELECT count(*) FROM theirs.plays;"
          + " SELECT count(*) FROM sqlite_master WHERE type = 'index';"
          + " SELECT count(*) FROM theirs.sqlite_master WHERE type = 'index';";

  private ExportBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws SQLException, IOException, InterruptedException {
    long rows = args.length > 0 ? Long.parseLong(args[0]) : 5_000_000;
    Path folder = args.length > 1 ? Path.of(args[1]) : Files.createTempDirectory("export");
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    try (ScratchServer server = ScratchServer.start()) {
      DatabaseUrl url = server.createDatabase();
      Path csv = folder.resolve("plays.csv");
      try (Database database = Database.open(url)) {
        fill(database, rows);
        csv(database, csv);
      }
      for (int i = 0; i < rounds; i++) {
        compare(url, folder, csv, rows, "");
      }
      try (Database database = Database.open(url)) {
        execute(database, INDEXES, "ANALYZE plays");
      }
      for (int i = 0; i < rounds; i++) {
        compare(url, folder, csv, rows, INDEXES);
      }
      Files.delete(csv);
    }
  }

  private static void fill(Database database, long rows) throws SQLException {
    execute(
        database,
        "CREATE TABLE plays(id bigint PRIMARY KEY, user_id bigint NOT NULL, started bigint, title text,"
            + " ratio double precision, flag bigint)",
        "INSERT INTO plays SELECT i, i % 500, 1700000000 + i * 37, 'title of ' || i, i / 7.0, i % 2"
            + " FROM generate_series(1, "
            + rows
            + ") i",
        "VACUUM ANALYZE plays");
  }

  private static void execute(Database database, String... statements) throws SQLException {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
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

  private static void compare(DatabaseUrl url, Path folder, Path csv, long rows, String indexes)
      throws IOException, InterruptedException {
    Path typed = folder.resolve("typed.db");
    Path tuned = folder.resolve("tuned.db");
    Path ours = folder.resolve("ours.db");
    String rowsIn = "\n.mode csv\n.import '" + csv + "' plays\n";
    double asTyped = seconds(typed, TABLE + "\n" + indexes + rowsIn);
    double asTuned =
        seconds(
            tuned,
            "PRAGMA journal_mode = OFF;\nPRAGMA synchronous = OFF;\n" + TABLE + rowsIn + indexes);
    long began = System.nanoTime();
    Map<String, Double> phases = ExportedFile.inAProcess(url, ours);
    double whole = seconds(began);
    String made = indexes.isEmpty() ? "0" : "2";
    for (Path theirs : List.of(typed, tuned)) {
      requireEqual(ours, theirs, rows, made);
      Files.delete(theirs);
    }
    double unproven = whole - phases.getOrDefault("verify", 0.0);
    System.out.printf(
        Locale.ROOT,
        "%,d rows, %s, 64 MB of heap: sqlite3 .import as typed %,.0f rows/s, tuned %,.0f rows/s%n"
            + "  export with its proof %,.0f rows/s: %.2f times as typed, %.2f times tuned%n"
            + "  without it %,.0f rows/s: %.2f times as typed, %.2f times tuned; seconds %s%n",
        rows,
        indexes.isEmpty() ? "a key" : "a key and two indexes",
        rows / asTyped,
        rows / asTuned,
        rows / whole,
        asTyped / whole,
        asTuned / whole,
        rows / unproven,
        asTyped / unproven,
        asTuned / unproven,
        phases);
    Files.delete(ours);
  }

  private static double seconds(Path file, String script) throws IOException, InterruptedException {
    long began = System.nanoTime();
    sqlite3(file, script);
    return seconds(began);
  }

  private static void requireEqual(Path ours, Path theirs, long rows, String indexes)
      throws IOException, InterruptedException {
    String attach = "ATTACH '" + theirs + "' AS theirs;\n";
    List<String> found = new ArrayList<>(sqlite3(ours, attach + EQUAL).lines().toList());
    found.addAll(sqlite3(ours, attach + COUNTS).lines().toList());
    String all = Long.toString(rows);
    if (!found.equals(List.of(all, all, all, indexes, indexes))) {
      throw new IllegalStateException("Not the same rows and indexes: " + found);
    }
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static String sqlite3(Path file, String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of("sqlite3", file.toString())).redirectErrorStream(true).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write((script + "\n").getBytes(StandardCharsets.UTF_8));
    }
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(printed);
    }
    return printed;
  }
}
