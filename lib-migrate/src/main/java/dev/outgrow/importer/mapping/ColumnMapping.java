package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.Reading;
import org.jspecify.annotations.Nullable;

/**
 * What one column becomes.
 *
 * <p><em>Immutable.</em>
 *
 * @param source its name in the source
 * @param target its name in PostgreSQL
 * @param type its PostgreSQL type
 * @param notNull whether it refuses nulls
 * @param defaultSql its default as PostgreSQL's SQL, or null
 * @param computedDefault its default where that is not a plain value but has to be computed, as
 *     PostgreSQL's SQL, or null
 * @param identity whether PostgreSQL fills it where no value is given
 * @param generated how PostgreSQL computes it, or null for an ordinary column
 * @param reading how its cells are to be understood, where a rule says so
 * @since 0.1
 */
public record ColumnMapping(
    String source,
    String target,
    TargetType type,
    boolean notNull,
    @Nullable String defaultSql,
    @Nullable String computedDefault,
    boolean identity,
    @Nullable Generated generated,
    Reading reading) {

  /** Makes a mapping of a column whose cells mean what they are stored as. */
  public ColumnMapping(
      String source,
      String target,
      TargetType type,
      boolean notNull,
      @Nullable String defaultSql,
      @Nullable String computedDefault,
      boolean identity,
      @Nullable Generated generated) {
    this(
        source,
        target,
        type,
        notNull,
        defaultSql,
        computedDefault,
        identity,
        generated,
        Reading.STORED);
  }

  /**
   * How a column is computed.
   *
   * @param sql the expression as PostgreSQL's SQL
   * @param original the expression as SQLite's
   */
  public record Generated(String sql, String original) {}

  /** Returns the same column with values of its own. */
  ColumnMapping plain() {
    return new ColumnMapping(
        source, target, type, notNull, defaultSql, computedDefault, identity, null, reading);
  }
}
