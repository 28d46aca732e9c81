package dev.outgrow.importer.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.Cancellation;
import dev.outgrow.importer.progress.ProgressListener;
import dev.outgrow.importer.report.ImportReport;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Kills one import, and looks at what is there then, and after the next one. */
final class FaultRun {
  /** An import takes a second; who takes longer than this waits for something that never comes. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final long MOST_LEFT = 3L << 20;

  private final FaultServer server;
  private final History history;
  private final FaultCase fault;
  private final Trace.Instant instant;
  private final Picture done;
  private final Random random;
  private final Cancellation cancellation = new Cancellation();
  private final AtomicReference<@Nullable Throwable> trouble = new AtomicReference<>();
  private final AtomicReference<@Nullable FaultProxy> proxy = new AtomicReference<>();
  private final AtomicReference<@Nullable Process> child = new AtomicReference<>();
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

  FaultRun(FaultServer server, History history, FaultCase fault, Trace trace, Picture done) {
    this.server = server;
    this.history = history;
    this.fault = fault;
    this.random = fault.random();
    this.instant = trace.instant(fault.stratum(), random);
    this.done = done;
  }

  /** Does it all. */
  void run() throws IOException, SQLException, InterruptedException {
    String database = fault.database();
    server.execute(
        "postgres",
        "CREATE DATABASE "
            + database
            + " TEMPLATE "
            + fault.start().template()
            + " OWNER "
            + FaultServer.USER);
    try {
      breakAndMend();
    } finally {
      server.freeDisk();
      server.ensureRunning();
      server.execute("postgres", "DROP DATABASE " + database + " WITH (FORCE)");
    }
  }

  private void breakAndMend() throws IOException, SQLException, InterruptedException {
    Picture former = picture();
    String bytes = history.bytes();
    String how = fault + ", " + instant;
    String ended = breakIt();
    assertThat(trouble.get()).as(how).isNull();
    server.freeDisk();
    server.ensureRunning();
    awaitNobody();
    boolean isDone = judge(how + ": " + ended, former);
    if (!isDone) {
      ImportReport report = next();
      assertThat(report.verified()).as(how).isTrue();
      same(
          how + ", then the next run (" + ended + ")",
          picture().withoutStaged().ofAnyImport(),
          done);
    }
    assertThat(history.bytes()).as(how).isEqualTo(bytes);
  }

  /** Returns whether everything is there; otherwise everything is as it was. */
  private boolean judge(String how, Picture former) throws SQLException {
    Picture now = picture();
    if (isFormer(now.withoutStaged(), former)) {
      assertThat(how).doesNotContain("returned");
      return false;
    }
    same(how, now.ofAnyImport(), done);
    if (instant.point() == Trigger.Point.BEFORE_RELEASE && fault.kind() != FaultKind.JVM_KILLED) {
      assertThat(how).as("what is done is not told to have failed").contains("returned");
    }
    return true;
  }

  /** In tables that were there the sequences are those that were there. */
  private boolean isFormer(Picture now, Picture former) {
    return fault.start().isMade()
        ? now.withoutPositions().equals(former.withoutPositions())
        : now.equals(former);
  }

  private static void same(String how, Picture actual, Picture expected) {
    assertThat(actual.differences(expected)).as(how).isEmpty();
  }

  private ImportReport next() {
    return DyingImport.run(
        history.file(),
        url(server.port()),
        fault.start(),
        new Cancellation(),
        ProgressListener.none());
  }

  private Picture picture() throws SQLException {
    try (Connection connection = server.admin(fault.database())) {
      return Picture.of(connection);
    }
  }

  private String url(int port) {
    return url(port, fault.database());
  }

  /** Each commit is sent with its text. */
  static String url(int port, String database) {
    return "postgresql://"
        + FaultServer.USER
        + "@127.0.0.1:"
        + port
        + "/"
        + database
        + "?prepareThreshold=0&sslmode=disable";
  }

  private String breakIt() throws IOException, InterruptedException {
    Trigger trigger = new Trigger(instant.point(), instant.bytes(), this::strike);
    try (FaultProxy between = FaultProxy.open(server.port(), trigger)) {
      proxy.set(between);
      String ended =
          fault.kind() == FaultKind.JVM_KILLED
              ? inItsOwnJvm(between, trigger)
              : inThisJvm(between, trigger);
      assertThat(trigger.hasStruck()).as("%s, %s: %s", fault, instant, ended).isTrue();
      return ended;
    }
  }

  private String inItsOwnJvm(FaultProxy between, Trigger trigger)
      throws IOException, InterruptedException {
    Process process =
        DyingImport.start(history.file(), url(between.port()), fault.start(), instant.event());
    child.set(process);
    try {
      String printed = DyingImport.await(process);
      if (DyingImport.isWaiting(printed)) {
        trigger.strike();
      }
      return "killed; it printed " + printed;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private String inThisJvm(FaultProxy between, Trigger trigger) throws InterruptedException {
    int[] events = new int[1];
    FutureTask<ImportReport> work =
        new FutureTask<>(
            () ->
                DyingImport.run(
                    history.file(),
                    url(between.port()),
                    fault.start(),
                    cancellation,
                    progress -> {
                      if (events[0]++ == instant.event()) {
                        trigger.strike();
                      }
                    }));
    Thread runner = new Thread(work, "fault-import");
    thread.set(runner);
    runner.setDaemon(true);
    runner.start();
    return outcome(work, runner);
  }

  private String outcome(FutureTask<ImportReport> work, Thread runner) throws InterruptedException {
    try {
      assertThat(work.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).verified()).isTrue();
      return "returned";
    } catch (ExecutionException e) {
      assertThat(e.getCause()).as("%s, %s", fault, instant).isInstanceOf(OutgrowException.class);
      return "failed: " + e.getCause();
    } catch (TimeoutException e) {
      AssertionError hanging = new AssertionError(fault + ", " + instant + " hangs", e);
      hanging.setStackTrace(runner.getStackTrace());
      throw hanging;
    }
  }

  /** Lets it happen. What goes wrong here is the test's own fault. */
  private void strike() {
    try {
      strikeNow();
    } catch (IOException | SQLException | InterruptedException | RuntimeException e) {
      trouble.set(e);
    }
  }

  private void strikeNow() throws IOException, SQLException, InterruptedException {
    switch (fault.kind()) {
      case JVM_KILLED -> given(child).destroyForcibly().waitFor();
      case BACKEND_TERMINATED -> terminate();
      case POSTMASTER_KILLED -> killServer();
      case CONNECTION_CUT -> cut();
      case DISK_FULL -> server.fillDisk(random.nextBoolean() ? 0 : random.nextLong(MOST_LEFT));
      case INTERRUPTED -> given(thread).interrupt();
      case CANCELLED -> cancellation.cancel();
    }
  }

  private void terminate() throws SQLException {
    server.execute(
        "postgres",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
            + fault.database()
            + "'");
  }

  private void killServer() throws IOException {
    server.kill(random.nextBoolean());
    if (random.nextBoolean()) {
      server.ensureRunning();
    }
  }

  /** Where nothing comes and nobody says so, a person cancels. */
  private void cut() {
    FaultProxy.Cut[] ways = FaultProxy.Cut.values();
    FaultProxy.Cut way = ways[fault.stratum() % ways.length];
    given(proxy).cut(way);
    if (way == FaultProxy.Cut.STALL) {
      cancellation.cancel();
    }
  }

  private static <T> T given(AtomicReference<@Nullable T> reference) {
    T value = reference.get();
    if (value == null) {
      throw new IllegalStateException("There is none yet");
    }
    return value;
  }

  /** The server notices that a client has gone when its statement is done, and not before. */
  private void awaitNobody() throws SQLException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (Connection connection = server.admin(fault.database());
        Statement statement = connection.createStatement()) {
      while (statement
          .executeQuery(
              "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                  + " AND pid <> pg_backend_pid()")
          .next()) {
        assertThat(System.nanoTime()).as("%s: sessions stay", fault).isLessThan(end);
      }
    }
  }
}
