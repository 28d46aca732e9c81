package dev.outgrow.exporter;

import dev.outgrow.error.TargetException;
import dev.outgrow.importer.mapping.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Has SQLite look at everything a file has, on a thread of its own, while the rows are compared.
 * Rows that break a NOT NULL, a CHECK or a reference are as PostgreSQL has them, and are named.
 * <em>Not thread-safe.</em>
 */
final class SqliteCheck implements AutoCloseable {
  private static final int MOST_FAULTS = 1_000;
  private static final Map<String, Kind> BROKEN =
      Map.of("NULL value in ", Kind.NOT_NULL, "CHECK constraint failed in ", Kind.CHECK);

  private static final long PAUSE_MILLIS = 100;

  private final Path file;
  private final Halt halt;
  private final FutureTask<Seen> task = new FutureTask<>(this::look);
  private volatile @Nullable SqliteDraft looking;
  private final Thread thread = new Thread(task, "outgrow-export-check");

  private SqliteCheck(Path file, Halt halt) {
    this.file = file;
    this.halt = halt;
  }

  /** What SQLite says. */
  private record Seen(List<List<String>> faults, List<List<String>> orphans) {}

  /** Begins. */
  static SqliteCheck begin(Path file, Halt halt) {
    SqliteCheck check = new SqliteCheck(file, halt);
    check.thread.setDaemon(true);
    check.thread.start();
    return check;
  }

  private Seen look() throws SQLException {
    try (SqliteDraft draft = SqliteDraft.finished(file, halt)) {
      looking = draft;
      return new Seen(
          draft.query("PRAGMA integrity_check(" + MOST_FAULTS + ")"),
          draft.query(
              "SELECT \"table\", parent, fkid, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2, 3"));
    }
  }

  /**
   * Waits for its end, and says what it has found.
   *
   * @throws TargetException if that is a fault
   */
  void end(Findings findings) throws SQLException {
    Seen seen = seen();
    for (List<String> key : seen.orphans()) {
      findings.lost(
          Kind.FOREIGN_KEY_VALIDATION,
          key.get(0) + " -> " + key.get(1),
          key.get(3) + " rows refer to nothing, as in PostgreSQL, where the key is not validated");
    }
    Set<String> faults = new LinkedHashSet<>();
    for (List<String> row : seen.faults()) {
      if (!row.get(0).equals("ok") && !named(row.get(0), findings)) {
        faults.add(row.get(0));
      }
    }
    if (!faults.isEmpty()) {
      throw refused(faults);
    }
  }

  private Seen seen() throws SQLException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw halt.cancelled(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static boolean named(String fault, Findings findings) {
    for (Map.Entry<String, Kind> broken : BROKEN.entrySet()) {
      if (fault.startsWith(broken.getKey())) {
        String name = fault.substring(broken.getKey().length());
        findings.lost(broken.getValue(), name, "rows of PostgreSQL break it: " + fault);
        return true;
      }
    }
    return false;
  }

  private TargetException refused(Set<String> faults) {
    return new TargetException(
        file.toString(),
        List.of(),
        "The file that was made does not keep what its schema says: "
            + String.join("; ", faults)
            + ".",
        "Compare the SQLite schema with PostgreSQL's; no file was left.",
        null);
  }

  /** Waits until it has let go of the file, whatever it has found. */
  @Override
  public void close() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      SqliteDraft draft = looking;
      if (draft != null && !task.isDone()) {
        draft.interrupt(); // what it would find is of no use any more
      }
      try {
        thread.join(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true; // it has to be over before the file is deleted
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
