package dev.outgrow.test;

/**
 * How long one database is used.
 *
 * @since 0.1
 */
public enum Lifetime {
  /** Each test has its own. */
  METHOD,
  /** The tests of the class that has the annotation, and those of its nested ones, share one. */
  CLASS
}
