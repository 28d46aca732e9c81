package dev.outgrow.benchmarks;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.Migrations;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/**
 * What running a chain costs over the same scripts with plain Flyway, and what a check of a schema
 * that is current costs. Each script makes a table and an index and inserts a row. The two take
 * turns, each on an empty database, in an order that changes; the median of the ratios of
 * neighbours counts. The tables and the rows of both histories are counted every time.
 */
public final class MigrationOverhead {
  private static final int CHECKS = 41;

  private final Path folder;
  private final Path scripts;
  private final int migrations;
  private final Databases databases;
  private int made;

  /** Where empty databases come from. */
  private interface Databases {
    DatabaseUrl create(Path folder);
  }

  private MigrationOverhead(Path folder, int migrations, Databases databases) throws IOException {
    this.folder = folder;
    this.migrations = migrations;
    this.databases = databases;
    this.scripts = Files.createDirectories(folder.resolve("scripts"));
    for (int i = 1; i <= migrations; i++) {
      Files.writeString(
          scripts.resolve("V" + i + "__table_" + i + ".sql"),
          """
          CREATE TABLE t%1$d (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL);
          CREATE INDEX t%1$d_name ON t%1$d (name);
          INSERT INTO t%1$d VALUES (%1$d, 'first');
          """
              .formatted(i));
    }
  }

  /** Prepares on PostgreSQL; the scripts are written to the folder. */
  static MigrationOverhead ofPostgres(ScratchServer server, Path folder, int migrations)
      throws IOException {
    return new MigrationOverhead(folder, migrations, any -> server.createDatabase());
  }

  /** Prepares on SQLite; scripts and databases are written to the folder. */
  static MigrationOverhead ofSqlite(Path folder, int migrations) throws IOException {
    return new MigrationOverhead(
        folder, migrations, own -> DatabaseUrl.sqlite(own.resolve("app.db")));
  }

  /**
   * What was measured.
   *
   * @param ratio the time of {@code migrate()} by that of plain Flyway: the median of all pairs
   * @param plainMillis the median time of plain Flyway
   * @param queryMillis the median time of the check's query with its rows, seen from the client: an
   *     upper bound of what the server does
   * @param checkMillis the median time of {@code check()}, with the reading of all scripts
   */
  record Result(
      Backend backend,
      int migrations,
      double ratio,
      double plainMillis,
      double queryMillis,
      double checkMillis) {
    void print(PrintStream out) {
      out.printf(
          Locale.ROOT,
          "%s, %d migrations: plain Flyway %.0f ms, migrate() %.2f times; check() %.1f ms, of which"
              + " the database %.1f ms%n",
          backend.title(),
          migrations,
          plainMillis,
          ratio,
          checkMillis,
          queryMillis);
    }
  }

  /** Measures 500 migrations on both backends and prints the results. */
  public static void main(String[] arguments) throws IOException, SQLException {
    int pairs = arguments.length == 0 ? 9 : Integer.parseInt(arguments[0]);
    Path folder = Files.createTempDirectory("outgrow-benchmark");
    try (ScratchServer server = ScratchServer.start()) {
      ofPostgres(server, folder.resolve("postgresql"), 500).measure(pairs).print(System.out);
      ofSqlite(folder.resolve("sqlite"), 500).measure(pairs).print(System.out);
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

  /** Measures, behind one pair that warms the JVM. */
  Result measure(int pairs) throws IOException, SQLException {
    double[] ratios = new double[pairs];
    double[] plain = new double[pairs];
    turn(true);
    for (int i = 0; i < pairs; i++) {
      double[] nanos = turn(i % 2 == 0);
      ratios[i] = nanos[0] / nanos[1];
      plain[i] = nanos[1] / 1e6;
    }
    return checks(median(ratios), median(plain));
  }

  private double[] turn(boolean plainFirst) throws IOException, SQLException {
    double before = plainFirst ? run(this::plain, 0) : 0;
    double own = run(database -> migrations(database).migrate(), 1);
    return new double[] {own, plainFirst ? before : run(this::plain, 0)};
  }

  /** A way to run all scripts. */
  private interface Run {
    void on(Database database);
  }

  private double run(Run run, int rowsMore) throws IOException, SQLException {
    try (Database database = open()) {
      long start = System.nanoTime();
      run.on(database);
      long nanos = System.nanoTime() - start;
      verify(database, migrations + rowsMore);
      return nanos;
    }
  }

  private Database open() throws IOException {
    Path own = Files.createDirectories(folder.resolve("run" + made++));
    return Database.open(DatabaseConfig.of(databases.create(own)));
  }

  private void plain(Database database) {
    Flyway.configure()
        .dataSource(database.dataSource())
        .locations("filesystem:" + scripts)
        .table("core_schema_history")
        .load()
        .migrate();
  }

  private Migrations migrations(Database database) {
    return Migrations.of(database)
        .chain(Chain.named("core").location("filesystem:" + scripts).build());
  }

  private void verify(Database database, int rows) throws SQLException {
    boolean postgres = database.backend() == Backend.POSTGRESQL;
    String tables =
        postgres
            ? "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename ~ '^t[0-9]'"
            : "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name GLOB 't[0-9]*'";
    long found = number(database, tables);
    long history = number(database, "SELECT count(*) FROM core_schema_history WHERE success");
    if (found != migrations || history != rows) {
      throw new IllegalStateException(found + " tables and " + history + " rows of history");
    }
  }

  private static long number(Database database, String sql) throws SQLException {
    try (var connection = database.connection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private Result checks(double ratio, double plainMillis) throws IOException, SQLException {
    double[] queries = new double[CHECKS];
    double[] checks = new double[CHECKS];
    try (Database database = open()) {
      Migrations chains = migrations(database);
      chains.migrate();
      for (int i = 0; i < CHECKS; i++) {
        long start = System.nanoTime();
        int rows = chains.history("core").size();
        long middle = System.nanoTime();
        boolean current = chains.check().isCurrent();
        checks[i] = (System.nanoTime() - middle) / 1e6;
        queries[i] = (middle - start) / 1e6;
        if (!current || rows != migrations + 1) {
          throw new IllegalStateException("Not current, with " + rows + " rows of history");
        }
      }
      return new Result(
          database.backend(), migrations, ratio, plainMillis, median(queries), median(checks));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
