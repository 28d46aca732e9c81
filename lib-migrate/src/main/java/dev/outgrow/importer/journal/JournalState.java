package dev.outgrow.importer.journal;

/**
 * How far an import is, or how it ended.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public enum JournalState {
  /** It is under way; or was, if nobody has the claim on its target any more. */
  LOADING,
  /** It failed, and what it has loaded stays for another run to go on with. */
  STOPPED,
  /** It failed, and nothing of it is left. */
  FAILED,
  /** Its tables are in the target's place. */
  SWAPPED,
  /** It was swapped in, and the former state was brought back. */
  UNDONE,
  /** It was swapped in, and what was there before is dropped. */
  DISCARDED;

  /** Returns whether it has ended, with nothing staged any more. */
  boolean hasEnded() {
    return this != LOADING && this != STOPPED;
  }
}
