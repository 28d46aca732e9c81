package dev.outgrow.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
 * {@code main} on, and then the median of more, taken by some threads one after the other without a
 * pause. Each ends with the answer to a first query; then, off the clock, the tables are counted,
 * and that nobody has written there before.
 */
final class ScratchRun {
  static final int TABLES = 30;

  private final ScratchWay way;
  private final Set<String> names = new HashSet<>();

  private ScratchRun(ScratchWay way) {
    this.way = way;
  }

  /** Arguments: the way, the folder of scripts, the cache folder, threads, databases in all. */
  public static void main(String[] arguments) throws Exception {
    long start = System.nanoTime();
    Path scripts = Path.of(arguments[1]);
    int threads = Integer.parseInt(arguments[3]);
    int databases = Integer.parseInt(arguments[4]);
    try (ScratchWay way = ScratchWay.of(arguments[0], scripts, Path.of(arguments[2]))) {
      ScratchRun run = new ScratchRun(way);
      System.out.printf(Locale.ROOT, "first %.3f%n", run.take(start));
      if (databases > 0) {
        run.median(1, threads);
        System.out.printf(Locale.ROOT, "median %.3f%n", run.median(databases / threads, threads));
      }
    }
    System.exit(0);
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

  private double[] times(int count) throws SQLException {
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      times[i] = take(System.nanoTime());
    }
    return times;
  }

  private double take(long start) throws SQLException {
    try (ScratchWay.Taken taken = way.take();
        Connection connection = taken.connection();
        Statement statement = connection.createStatement()) {
      String name = text(statement, "SELECT current_database()");
      double millis = (System.nanoTime() - start) / 1e6;
      check(statement, name);
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
