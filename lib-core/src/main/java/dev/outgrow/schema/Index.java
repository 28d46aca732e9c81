package dev.outgrow.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index that somebody created, not one that a key brought along.
 *
 * <p><em>Immutable.</em>
 *
 * @param name its name
 * @param unique whether it refuses equal keys
 * @param parts what it is sorted by, in order, at least one
 * @param predicate the condition of a partial index in the backend's own SQL, or null
 * @param method how it is kept: {@code btree}, as every index of SQLite is, {@code gin}, {@code
 *     hash} and the like
 * @param included the columns it only carries along, in order
 * @param nullsDistinct whether a unique index lets several nulls in, as SQLite's always do
 * @since 0.1
 */
public record Index(
    String name,
    boolean unique,
    List<Part> parts,
    @Nullable String predicate,
    String method,
    List<String> included,
    boolean nullsDistinct) {
  private static final String ORDINARY = "btree";

  /** Copies the lists. */
  public Index {
    parts = List.copyOf(parts);
    included = List.copyOf(included);
  }

  /** Makes a btree that carries nothing along and lets several nulls in. */
  public Index(String name, boolean unique, List<Part> parts, @Nullable String predicate) {
    this(name, unique, parts, predicate, ORDINARY, List.of(), true);
  }

  /**
   * One column or expression of an index.
   *
   * <p><em>Immutable.</em>
   *
   * @param column the column's name, or null where it is an expression
   * @param expression the expression in the backend's own SQL, or null where it is a column
   * @param descending whether it is sorted downwards
   * @param collation its collation where it is not the backend's default, or null
   * @param nulls where nulls are sorted, if not where the backend does without a word (SQLite takes
   *     them for the smallest values, PostgreSQL for the largest), or null
   * @param operatorClass how PostgreSQL compares it, if not as its type does without a word, or
   *     null
   */
  public record Part(
      @Nullable String column,
      @Nullable String expression,
      boolean descending,
      @Nullable String collation,
      @Nullable Nulls nulls,
      @Nullable String operatorClass) {
    /** Makes a part whose nulls and comparison are the backend's default. */
    public Part(
        @Nullable String column,
        @Nullable String expression,
        boolean descending,
        @Nullable String collation) {
      this(column, expression, descending, collation, null, null);
    }
  }

  /** Where nulls are sorted. */
  public enum Nulls {
    /** Before every value. */
    FIRST,
    /** Behind every value. */
    LAST
  }
}
