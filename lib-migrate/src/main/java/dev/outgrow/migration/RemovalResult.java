package dev.outgrow.migration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@link Migrations#uninstall} or {@link Migrations#reset} has dropped.
 *
 * <p><em>Immutable.</em>
 *
 * @param dropped the views and tables that were dropped, history tables included: each before those
 *     it depends on
 * @param left what stands alone on PostgreSQL, which no chain owns, and only the dropped tables
 *     have used: {@code function clips_touch()}, {@code type mood}. It is still there
 * @param backup the copy of the SQLite file as it was before, where one was made
 * @param took how long it took, with the wait for the lock
 * @since 0.1
 */
public record RemovalResult(
    List<String> dropped, List<String> left, Optional<Path> backup, Duration took) {
  /** Copies the lists. */
  public RemovalResult {
    dropped = List.copyOf(dropped);
    left = List.copyOf(left);
  }

  /** Returns it for people and logs, in one line. */
  public String text() {
    String what = dropped.isEmpty() ? "nothing dropped" : "dropped " + String.join(", ", dropped);
    String stays = left.isEmpty() ? "" : "; left, as no chain owns it: " + String.join(", ", left);
    String copy = backup.map(file -> "; the file as it was before is " + file).orElse("");
    return what + stays + copy + "; " + took.toMillis() + " ms";
  }
}
