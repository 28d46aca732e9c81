package dev.outgrow.query.page;

import java.util.List;
import java.util.Optional;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * One page of rows, in their order, and the tokens that lead on from it.
 *
 * <p><em>Immutable.</em>
 *
 * @param rows the rows, in order whichever way the page was come to
 * @param nextToken leads to the page behind, or null if there was none
 * @param previousToken leads to the page in front, or null if there was none; behind a token it is
 *     there without being looked for, so that the page it leads to can turn out empty
 * @since 0.1
 */
public record KeysetPage<R extends Record>(
    List<R> rows, @Nullable String nextToken, @Nullable String previousToken) {
  /** Keeps the rows as they are now. */
  public KeysetPage {
    rows = List.copyOf(rows);
  }

  /** Returns what leads to the page behind this one. */
  public Optional<String> next() {
    return Optional.ofNullable(nextToken);
  }

  /** Returns what leads to the page in front of this one. */
  public Optional<String> previous() {
    return Optional.ofNullable(previousToken);
  }
}
