package dev.outgrow.importer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An import that a database knows of.
 *
 * <p><em>Immutable.</em>
 *
 * @param id what sets it apart from every other
 * @param started when it began
 * @param source the SQLite file
 * @param schema the target schema
 * @param intoExisting whether its rows went into tables that were there already
 * @param state how far it is, or how it ended
 * @param note why it is in this state; empty if there is nothing to say
 * @param kept the schemas that keep something for it
 * @param whyNotUndone why it cannot be undone; empty if it can
 * @since 0.1
 */
public record PastImport(
    String id,
    Instant started,
    String source,
    String schema,
    boolean intoExisting,
    State state,
    String note,
    List<Kept> kept,
    Optional<String> whyNotUndone) {

  /** Copies the list. */
  public PastImport {
    kept = List.copyOf(kept);
  }

  /**
   * A schema that keeps something.
   *
   * @param schema its name
   * @param bytes how large its tables are, with their indexes
   */
  public record Kept(String schema, long bytes) {}

  /** How far an import is, or how it ended. <em>Immutable.</em> */
  public enum State {
    /** It is under way, or its program was killed. */
    LOADING,
    /** It failed, and another run can go on with what it has loaded. */
    STOPPED,
    /** It failed, and nothing of it is left. */
    FAILED,
    /** It is in the target's place, or was until the next import there. */
    SWAPPED,
    /** The former state was brought back. */
    UNDONE,
    /** It is in the target's place, and what was there before is dropped. */
    DISCARDED
  }
}
