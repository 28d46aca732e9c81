package dev.outgrow.importer.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the journal knows of an import.
 *
 * <p><em>Immutable.</em>
 *
 * @param begun what was known when it began
 * @param plan a hash of what it was about to do; empty while that is not known
 * @param state how far it is, or how it ended
 * @param note why it is in this state; empty if there is nothing to say
 * @param program the program, user and process that did it, without a credential
 * @param started when it began
 * @param ended when it ended, or null
 * @param swapped what the swap moved aside and in, as JSON; null where it was not swapped in
 * @since 0.1
 */
public record JournalEntry(
    JournalImport begun,
    String plan,
    JournalState state,
    String note,
    String program,
    Instant started,
    @Nullable Instant ended,
    @Nullable String swapped) {

  /** Returns what sets it apart from every other. */
  public String id() {
    return begun.id();
  }
}
