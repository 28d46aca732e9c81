package dev.outgrow.importer.reject;

/**
 * What is done with rows that refer to nothing.
 *
 * @since 0.1
 */
public enum Treatment {
  /** They are counted and carried. */
  COUNT,
  /** They are listed, for an import that is going to be refused. */
  LIST,
  /** They are rejected, and so is every row that refers to one of them. */
  REJECT,
  /** They are carried with null where they refer. */
  NULL
}
