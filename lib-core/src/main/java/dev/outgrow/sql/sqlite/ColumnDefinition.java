package dev.outgrow.sql.sqlite;

import dev.outgrow.schema.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A column of a {@code CREATE TABLE} statement. Its keys and checks stand with the table's.
 *
 * <p><em>Immutable.</em>
 *
 * @param name its name, unquoted
 * @param type its declared type as SQLite reports it: as written, but SQLite's own six types in
 *     capitals; empty where it has none
 * @param notNull its NOT NULL constraint, or null
 * @param defaultValue its default, or null
 * @param collation its collation as written, unquoted, or null
 * @param generated how it is computed, or null
 * @since 0.1
 */
public record ColumnDefinition(
    String name,
    String type,
    @Nullable NotNull notNull,
    @Nullable DefaultValue defaultValue,
    @Nullable String collation,
    @Nullable Generated generated) {

  /**
   * A NOT NULL constraint.
   *
   * @param name the constraint's name, or null where it has none
   * @param onConflict what a violation does, or null where it is not said
   */
  public record NotNull(@Nullable String name, @Nullable OnConflict onConflict) {}
}
