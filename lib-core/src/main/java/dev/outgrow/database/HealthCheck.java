package dev.outgrow.database;

import dev.outgrow.error.OutgrowException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a database how it is, on a thread of its own: a server whose host is gone keeps a reader
 * waiting far longer than who asks for its health wants to.
 */
final class HealthCheck {
  private final Backend backend;
  private final Lender pool;
  private final Map<String, HealthProbe> probes;
  private final Duration limit;
  private final Map<String, Health.Detail> details = new ConcurrentHashMap<>();
  private volatile @Nullable Answer answer;
  private Map<String, Health.Detail> inTime = Map.of();

  private record Answer(String version, Duration latency) {}

  HealthCheck(Backend backend, Lender pool, Map<String, HealthProbe> probes, Duration limit) {
    this.backend = backend;
    this.pool = pool;
    this.probes = probes;
    this.limit = limit;
  }

  /** Asks, and is done within the limit. */
  Health run(List<PoolState> pools) {
    Optional<String> failure = failureOfAsking();
    Answer came = answer;
    Map<String, Health.Detail> found = new HashMap<>();
    for (String name : probes.keySet()) {
      Health.Detail detail = inTime.get(name);
      found.put(name, detail == null ? new Health.Detail(false, notAsked(came)) : detail);
    }
    return new Health(
        backend,
        came != null,
        Optional.ofNullable(came).map(Answer::latency),
        Optional.ofNullable(came).map(Answer::version),
        came == null ? failure : Optional.empty(),
        pools,
        found);
  }

  private String notAsked(@Nullable Answer came) {
    return came == null
        ? "not asked, as the database does not answer"
        : "no answer within " + limit.toMillis() + " ms";
  }

  private Optional<String> failureOfAsking() {
    FutureTask<Boolean> asking = new FutureTask<>(this::ask, true);
    Thread thread = new Thread(asking, "outgrow health");
    thread.setDaemon(true);
    thread.start();
    try {
      asking.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      inTime = Map.copyOf(details);
      return Optional.empty();
    } catch (ExecutionException failed) {
      return Optional.of(words(failed.getCause()));
    } catch (TimeoutException late) {
      // What a probe makes of being stopped is no finding.
      inTime = Map.copyOf(details);
      asking.cancel(true);
      return Optional.of(
          "No answer within "
              + limit.toMillis()
              + " ms. Check the server, and whether the pool has a free connection.");
    } catch (InterruptedException stopped) {
      asking.cancel(true);
      Thread.currentThread().interrupt();
      return Optional.of("Asking was interrupted. Ask again.");
    }
  }

  private void ask() {
    long begin = System.nanoTime();
    String version = version();
    answer = new Answer(version, Duration.ofNanos(System.nanoTime() - begin));
    probes.forEach((name, probe) -> details.put(name, looked(probe)));
  }

  private static Health.Detail looked(HealthProbe probe) {
    try {
      return probe.look();
    } catch (RuntimeException failure) {
      return new Health.Detail(false, words(failure));
    }
  }

  /** A message of others could hold anything; ours are made to be shown. */
  private static String words(@Nullable Throwable failure) {
    return failure instanceof OutgrowException known
        ? known.what() + " " + known.remedy()
        : "It failed with "
            + (failure == null ? "nothing" : failure.getClass().getSimpleName())
            + ".";
  }

  private String version() {
    try (Connection connection = borrow()) {
      boolean server = backend == Backend.POSTGRESQL;
      if (server) {
        // A read that nobody answers ends, too; the pool puts the time back.
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(Math.max(1, limit.toMillis())));
      }
      // SQLite knows its version without a look into the file.
      String sql =
          server ? "SHOW server_version" : "SELECT sqlite_version(), count(*) FROM sqlite_schema";
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        rows.next();
        return rows.getString(1);
      }
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Asking the database for its version");
    }
  }

  private Connection borrow() {
    try {
      return pool.borrow();
    } catch (SQLException failure) {
      throw pool.refused(failure);
    }
  }
}
