package dev.outgrow.importer.fault;

/** Where in the swap something happens. */
enum SwapPlace {
  /** Before its first statement. */
  FIRST,
  /** Before one of the others. */
  BETWEEN,
  /** Before its commit. */
  COMMIT,
  /** When its commit was sent. */
  SENT,
  /** When its commit is answered, and before the answer arrives. */
  ANSWER,
  /** When everything is done, before the import lets go of its claim. */
  AFTER;

  /** Whether something is under way there, of which a part could be lost. */
  boolean isInside() {
    return this == BETWEEN || this == ANSWER;
  }
}
