package dev.outgrow.importer.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A file, and the imports of it that nothing happens to: what they do, and what they leave. */
final class Unharmed implements AutoCloseable {
  private final FaultServer server;
  private final Path folder;
  private final History whole;
  private final History orphaned;
  private final Map<Start, Done> done = new EnumMap<>(Start.class);

  /**
   * What an import leaves that nothing happened to.
   *
   * @param trace when what happened
   * @param picture what is in the database then
   * @param rejects the files of rejected rows
   */
  record Done(Trace trace, Picture picture, List<String> rejects) {}

  private Unharmed(FaultServer server, Path folder, History whole, History orphaned) {
    this.server = server;
    this.folder = folder;
    this.whole = whole;
    this.orphaned = orphaned;
  }

  /** Makes the file, the smaller the larger the part is. */
  static Unharmed make(FaultServer server, Path folder, int part) throws IOException, SQLException {
    Files.createDirectory(folder);
    return new Unharmed(
        server,
        folder,
        History.make(folder.resolve("history.db"), part, false),
        History.make(folder.resolve("orphaned.db"), part, true));
  }

  /** Kills one; returns how many tables the next import did not have to load again. */
  int kill(FaultCase fault) throws IOException, SQLException, InterruptedException {
    Start start = fault.start();
    Done expected = done.get(start);
    if (expected == null) {
      expected = run(start);
      done.put(start, expected);
    }
    return new FaultRun(server, history(start), folder, fault, expected).run();
  }

  private History history(Start start) {
    return start.rejects() ? orphaned : whole;
  }

  private Done run(Start start) throws IOException, SQLException {
    String name = "unharmed_" + start.template();
    server.execute(
        "postgres",
        "CREATE DATABASE " + name + " TEMPLATE " + start.template() + " OWNER " + FaultServer.USER);
    RejectFolder rejects = new RejectFolder(folder.resolve(name));
    DyingImport unharmed = new DyingImport(history(start).file(), rejects.path(), start);
    Trace trace = new Trace();
    Trigger never = Trigger.never();
    try (FaultProxy proxy = FaultProxy.open(server.port(), never)) {
      ProgressListener listener = progress -> trace.add(progress, proxy);
      unharmed.run(FaultRun.url(proxy.port(), name), carry -> carry, listener);
    }
    assertThat(Trigger.commits(never.swap())).as("commits of the swap").hasSize(1);
    trace.swapped(never.swap());
    Done found = look(start, name, trace, rejects);
    server.execute("postgres", "DROP DATABASE " + name);
    return found;
  }

  private Done look(Start start, String name, Trace trace, RejectFolder rejects)
      throws IOException, SQLException {
    try (Connection connection = server.admin(name)) {
      assertThat(rejects.files().isEmpty()).isEqualTo(!start.rejects());
      for (String table : History.TABLES) {
        String sql = "SELECT * FROM " + start.schema() + "." + table + " ORDER BY id";
        assertThat(History.rows(connection, sql)).isEqualTo(history(start).rows(table));
      }
      assertThat(NextRun.open(connection)).as("the journal").isEmpty();
      return new Done(trace, Picture.of(connection).ofAnyImport(), rejects.files());
    }
  }

  @Override
  public void close() throws SQLException {
    try (whole) {
      orphaned.close();
    }
  }
}
