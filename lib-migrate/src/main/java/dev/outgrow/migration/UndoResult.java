package dev.outgrow.migration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an undo has done.
 *
 * <p><em>Immutable.</em>
 *
 * @param before how the chain was
 * @param after how it is now
 * @param undone the undo scripts and Java migrations that have run, in this order; none if there
 *     was nothing to take back
 * @param backup the copy of the SQLite file as it was before, where one was made
 * @param took how long it took, with the wait for the lock
 * @since 0.1
 */
public record UndoResult(
    ChainStatus before,
    ChainStatus after,
    List<String> undone,
    Optional<Path> backup,
    Duration took) {
  /** Copies the list. */
  public UndoResult {
    undone = List.copyOf(undone);
  }

  /** Returns it for people and logs, in one line. */
  public String text() {
    String at = after.version().orElse("0");
    String what =
        undone.isEmpty()
            ? after.chain() + " " + at
            : after.chain()
                + " "
                + before.version().orElse("0")
                + " -> "
                + at
                + " (undone: "
                + String.join(", ", undone)
                + ")";
    String copy = backup.map(file -> "; the file as it was before is " + file).orElse("");
    return what + copy + "; " + took.toMillis() + " ms";
  }
}
