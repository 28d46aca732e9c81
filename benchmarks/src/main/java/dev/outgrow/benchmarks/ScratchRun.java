package dev.outgrow.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One way to scratch databases in a JVM of its own: how long its first takes from the begin of
 * {@code main} on, and then the median of more, taken by some threads one after the other, with a
 * pause in each that stands for the test, or none. Each ends with the answer to a first query;
 * then, off the clock, the tables are counted, and that nobody has written there before. Last what
 * one database has cost of all processors' time, in this JVM and in the server.
 */
final class ScratchRun {
  static final int TABLES = 30;

  private final ScratchWay way;
  private final int pauseMillis;
  private final Set<String> names = new HashSet<>();

  private ScratchRun(ScratchWay way, int pauseMillis) {
    this.way = way;
    this.pauseMillis = pauseMillis;
  }

  /**
   * Arguments: the way, the folder of scripts, the cache folder, threads, databases in all, the
   * milliseconds of a test.
   */
  public static void main(String[] arguments) throws Exception {
    long start = System.nanoTime();
    Path scripts = Path.of(arguments[1]);
    Path cache = Path.of(arguments[2]);
    int threads = Integer.parseInt(arguments[3]);
    int databases = Integer.parseInt(arguments[4]);
    try (ScratchWay way = ScratchWay.of(arguments[0], scripts, cache)) {
      ScratchRun run = new ScratchRun(way, Integer.parseInt(arguments[5]));
      print("first", run.take(start));
      if (databases > 0) {
        Servers servers = new Servers(ScratchWay.folderOf(cache));
        run.median(1, threads);
        double before = run.cpuMillis(servers);
        print("median", run.median(databases / threads, threads));
        print("cpu", (run.cpuMillis(servers) - before) / databases);
      }
    }
    System.exit(0);
  }

  private static void print(String figure, double millis) {
    System.out.printf(Locale.ROOT, "%s %.3f%n", figure, millis);
  }

  private double cpuMillis(Servers servers) throws IOException {
    Duration own = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    return servers.cpuMillis() + own.toNanos() / 1e6;
  }

  private double median(int each, int threads) throws InterruptedException, ExecutionException {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<double[]>> results = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        Callable<double[]> work = () -> times(each);
        results.add(workers.submit(work));
      }
      double[] all = new double[each * threads];
      for (int thread = 0; thread < threads; thread++) {
        System.arraycopy(results.get(thread).get(), 0, all, thread * each, each);
      }
      Arrays.sort(all);
      return all[all.length / 2];
    } finally {
      workers.shutdown();
    }
  }

  private double[] times(int count) throws SQLException, InterruptedException {
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      times[i] = take(System.nanoTime());
    }
    return times;
  }

  private double take(long start) throws SQLException, InterruptedException {
    try (ScratchWay.Taken taken = way.take();
        Connection connection = taken.connection();
        Statement statement = connection.createStatement()) {
      String name = text(statement, "SELECT current_database()");
      double millis = (System.nanoTime() - start) / 1e6;
      check(statement, name);
      Thread.sleep(pauseMillis);
      return millis;
    }
  }

  private void check(Statement statement, String name) throws SQLException {
    String tables =
        text(
            statement,
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename ~ '^t[0-9]'");
    int written = statement.executeUpdate("INSERT INTO t1 VALUES (1, 'mine')");
    boolean fresh;
    synchronized (names) {
      fresh = names.add(name);
    }
    if (!fresh || written != 1 || !tables.equals(Integer.toString(TABLES))) {
      throw new IllegalStateException(name + " has " + tables + " tables, or is not fresh");
    }
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
