package dev.outgrow.importer.translate;

/** How long an expression keeps its value, in PostgreSQL's words and in their order. */
enum Stability {
  IMMUTABLE,
  STABLE,
  VOLATILE;

  Stability and(Stability other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
