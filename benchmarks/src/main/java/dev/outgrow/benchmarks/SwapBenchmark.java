package dev.outgrow.benchmarks;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How long a swap keeps others from its tables: the longest that somebody waited who reads one of
 * them all the time while it lasts, by that reader's clock. Into a schema that is not there it
 * renames, and only what is staged is locked; where tables are replaced, the target's are.
 */
public final class SwapBenchmark {
  private static final String SCHEMA = "app";
  private static final int WARM = 100;
  private static final String STAGED =
      "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'outgrow\\_staging\\_%'";

  private final ScratchServer server;
  private final Path file;
  private final int tables;

  private SwapBenchmark(ScratchServer server, Path file, int tables) {
    this.server = server;
    this.file = file;
    this.tables = tables;
  }

  /**
   * What was measured.
   *
   * @param renameMillis how long a reader waited while a schema was renamed
   * @param moveMillis how long a reader waited while every table was replaced
   */
  record Result(int tables, double renameMillis, double moveMillis) {
    double moveMillisPerTable() {
      return moveMillis / tables;
    }

    void print(PrintStream out) {
      out.printf(
          Locale.ROOT,
          "%d tables: a reader waits %.1f ms for a rename and %.1f ms for moves, %.2f ms a table%n",
          tables,
          renameMillis,
          moveMillis,
          moveMillisPerTable());
    }
  }

  /** Writes a file with so many tables, each with a key, an index and two rows. */
  static SwapBenchmark of(ScratchServer server, Path folder, int tables) throws SQLException {
    Path file = folder.resolve("swap" + tables + ".db");
    try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = sqlite.createStatement()) {
      sqlite.setAutoCommit(false);
      for (int i = 0; i < tables; i++) {
        statement.execute(
            "CREATE TABLE t" + i + "(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL)");
        statement.execute("CREATE INDEX n" + i + " ON t" + i + "(name)");
        statement.execute("INSERT INTO t" + i + "(name) VALUES ('one'), ('two')");
      }
      sqlite.commit();
    }
    return new SwapBenchmark(server, file, tables);
  }

  /** Measures 200 and 2,000 tables and prints the results. */
  public static void main(String[] arguments) throws IOException, SQLException {
    Path folder = Files.createTempDirectory("outgrow-benchmark");
    try (ScratchServer server = ScratchServer.start()) {
      for (int tables : new int[] {200, 2_000}) {
        SwapBenchmark benchmark = of(server, folder, tables);
        benchmark.measure().print(System.out);
        System.out.println("  " + benchmark.journal());
        Files.delete(benchmark.file);
      }
    } finally {
      Files.delete(folder);
    }
  }

  /** Measures both, one after the other. */
  Result measure() throws SQLException {
    DatabaseUrl url = server.createDatabase();
    try (Database database = Database.open(url)) {
      double rename = swap(database, false);
      double move = swap(database, true);
      verify(database);
      return new Result(tables, rename, move);
    } finally {
      server.dropDatabase(url);
    }
  }

  /** Measures what the journal costs, in an import into an empty database. */
  JournalCost.Result journal() {
    DatabaseUrl url = server.createDatabase();
    try (Database database = Database.open(url)) {
      return JournalCost.of(file, database.dataSource(), SCHEMA);
    } finally {
      server.dropDatabase(url);
    }
  }

  /** Reads a table again and again from the beginning of the swap to its end. */
  private double swap(Database database, boolean replace) throws SQLException {
    AtomicBoolean ended = new AtomicBoolean();
    CompletableFuture<Double> most = new CompletableFuture<>();
    try (Connection reader = database.ownConnection();
        Statement statement = reader.createStatement()) {
      SqliteImport.from(file)
          .into(database)
          .schema(SCHEMA)
          .replace(replace)
          .onProgress(
              told -> {
                if (told.phase() == Phase.SWAP && told.event() == Progress.Event.PHASE_BEGINS) {
                  String schema = schema(statement, replace);
                  most.completeAsync(() -> longest(statement, schema, ended));
                }
              })
          .run();
      ended.set(true);
      return most.join();
    }
  }

  /** Returns the schema whose tables are locked; the reader has read there when it is asked to. */
  private static String schema(Statement reader, boolean replace) {
    try {
      String schema = replace ? SCHEMA : text(reader, STAGED);
      for (int i = 0; i < WARM; i++) {
        isThere(reader, schema);
      }
      return schema;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double longest(Statement reader, String schema, AtomicBoolean ended) {
    try {
      long longest = 0;
      while (!ended.get()) {
        long asked = System.nanoTime();
        boolean there = isThere(reader, schema);
        longest = Math.max(longest, System.nanoTime() - asked);
        if (!there) {
          break;
        }
      }
      return longest / 1e6;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whoever waits for a table that is then renamed is told that it is not there. */
  private static boolean isThere(Statement reader, String schema) throws SQLException {
    try {
      number(reader, "SELECT id FROM " + schema + ".t0 LIMIT 1");
      return true;
    } catch (SQLException e) {
      if (e.getSQLState().equals("42P01")) {
        return false;
      }
      throw e;
    }
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static double number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getDouble(1);
    }
  }

  private void verify(Database database) throws SQLException {
    String counts =
        "SELECT count(*) FROM pg_tables WHERE schemaname = 'app'"
            + " OR schemaname LIKE 'app\\_before\\_%'";
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      double found = number(statement, counts);
      if (found != 2.0 * tables) {
        throw new IllegalStateException(found + " tables");
      }
    }
  }
}
