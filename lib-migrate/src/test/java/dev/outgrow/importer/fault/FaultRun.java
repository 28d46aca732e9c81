package dev.outgrow.importer.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.Cancellation;
import dev.outgrow.importer.report.ImportReport;
import java.io.IOException;
import java.nio.file.Path;
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

  private static final long MOST_LEFT = 2L << 20;

  private final FaultServer server;
  private final History history;
  private final FaultCase fault;
  private final Trace.Instant instant;
  private final Unharmed.Done done;
  private final RejectFolder rejects;
  private final DyingImport dying;
  private final Random random;
  private int takenOver;
  private final Cancellation cancellation = new Cancellation();
  private final AtomicReference<@Nullable Throwable> trouble = new AtomicReference<>();
  private final AtomicReference<@Nullable FaultProxy> proxy = new AtomicReference<>();
  private final AtomicReference<@Nullable Process> child = new AtomicReference<>();
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

  FaultRun(FaultServer server, History history, Path folder, FaultCase fault, Unharmed.Done done) {
    this.server = server;
    this.history = history;
    this.fault = fault;
    this.random = fault.random();
    this.instant = fault.instant(done.trace(), random);
    this.done = done;
    this.rejects = new RejectFolder(folder.resolve(fault.database()));
    this.dying = new DyingImport(history.file(), rejects.path(), fault.start());
  }

  /** Does it all; returns how many tables the next import did not have to load again. */
  int run() throws IOException, SQLException, InterruptedException {
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
      return takenOver;
    } finally {
      server.freeDisk();
      server.ensureRunning();
      server.execute("postgres", "DROP DATABASE " + database + " WITH (FORCE)");
    }
  }

  private void breakAndMend() throws IOException, SQLException, InterruptedException {
    Picture former = picture();
    String bytes = history.bytes();
    Trigger trigger = new Trigger(instant.point(), instant.number(), this::strike);
    try (FaultProxy between = FaultProxy.open(server.port(), trigger)) {
      proxy.set(between);
      String how = how() + ": " + breakIt(between, trigger);
      assertThat(trouble.get()).as(how).isNull();
      assertThat(trigger.hasStruck()).as(how).isTrue();
      if (!stalls()) {
        between.cut(FaultProxy.Cut.CLOSE); // a network that told nobody does not begin to now
      }
      server.freeDisk();
      server.ensureRunning();
      awaitNobody();
      mend(how, former);
    }
    assertThat(history.bytes()).as(how()).isEqualTo(bytes);
  }

  private void mend(String how, Picture former) throws IOException, SQLException {
    boolean isDone = judge(how, former);
    if (!isDone) {
      next(how);
      same(how + ", then the next run", picture().ofAnyImport(), done.picture());
    }
    assertThat(rejects.files()).as(how).isEqualTo(done.rejects());
    try (Connection connection = server.admin(fault.database())) {
      assertThat(NextRun.open(connection)).as("%s: the journal", how).isEmpty();
    }
  }

  private String how() {
    return fault + ", " + instant;
  }

  /** Returns whether everything is there; otherwise everything is as it was. */
  private boolean judge(String how, Picture former) throws SQLException {
    Picture now = picture();
    if (isFormer(now.withoutStaged(), former)) {
      assertThat(how).doesNotContain("returned");
      return false;
    }
    same(how, now.ofAnyImport(), done.picture());
    if (instant.done() && fault.kind() != FaultKind.JVM_KILLED) {
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

  private void next(String how) throws SQLException {
    NextRun next;
    try (Connection connection = server.admin(fault.database())) {
      next = NextRun.of(connection, fault.resumes());
    }
    takenOver = next.run(dying, url(server.port()), how);
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

  private String breakIt(FaultProxy between, Trigger trigger)
      throws IOException, InterruptedException {
    return fault.kind() == FaultKind.JVM_KILLED
        ? inItsOwnJvm(between, trigger)
        : inThisJvm(between, trigger);
  }

  private String inItsOwnJvm(FaultProxy between, Trigger trigger)
      throws IOException, InterruptedException {
    Process process = dying.start(url(between.port()), instant.event());
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
                dying.run(
                    url(between.port()),
                    carry -> carry.cancelledBy(cancellation),
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
    // Who has sent a commit waits half a minute for a server that tells how it ended.
    if (fault.isInSwap() || random.nextBoolean()) {
      server.ensureRunning();
    }
  }

  /** Where nothing comes and nobody says so, a person cancels. */
  private void cut() {
    FaultProxy.Cut way = way();
    given(proxy).cut(way);
    if (way == FaultProxy.Cut.STALL) {
      cancellation.cancel();
    }
  }

  private FaultProxy.Cut way() {
    FaultProxy.Cut[] ways = FaultProxy.Cut.values();
    // Of a network that tells nobody each costs ten seconds: not in every place of the swap.
    int some = fault.isInSwap() ? ways.length - 1 : ways.length;
    return ways[fault.stratum() % some];
  }

  /** Whether the server is not told that its client has gone. */
  private boolean stalls() {
    return fault.kind() == FaultKind.CONNECTION_CUT && way() == FaultProxy.Cut.STALL;
  }

  private static <T> T given(AtomicReference<@Nullable T> reference) {
    T value = reference.get();
    if (value == null) {
      throw new IllegalStateException("There is none yet");
    }
    return value;
  }

  /**
   * The server notices that a client has gone when its statement is done, and not before. Where the
   * network tells it nothing, sessions stay that do nothing and hold nothing.
   */
  private void awaitNobody() throws SQLException {
    String unless =
        stalls()
            ? " AND (state <> 'idle' OR EXISTS (SELECT 1 FROM pg_locks l WHERE l.pid = a.pid))"
            : "";
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (Connection connection = server.admin(fault.database());
        Statement statement = connection.createStatement()) {
      while (statement
          .executeQuery(
              "SELECT 1 FROM pg_stat_activity a WHERE datname = current_database()"
                  + " AND pid <> pg_backend_pid()"
                  + unless)
          .next()) {
        assertThat(System.nanoTime()).as("%s: sessions stay", fault).isLessThan(end);
      }
    }
  }
}
