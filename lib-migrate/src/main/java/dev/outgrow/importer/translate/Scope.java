package dev.outgrow.importer.translate;

import dev.outgrow.schema.Identifier;
import java.util.List;

/**
 * A table or view whose columns an expression may use.
 *
 * <p><em>Immutable.</em>
 *
 * @param table its name in SQLite
 * @param target its name in PostgreSQL
 * @param columns its columns, in their order in SQLite
 * @since 0.1
 */
public record Scope(String table, Identifier target, List<Column> columns) {

  /** Keeps a copy of the list. */
  public Scope {
    columns = List.copyOf(columns);
  }

  /**
   * A column on both sides.
   *
   * <p><em>Immutable.</em>
   *
   * @param name its name in SQLite
   * @param target its name in PostgreSQL
   * @param type its PostgreSQL type, such as {@code bigint} or {@code double precision}
   * @param declared the type it was declared with in SQLite; empty for none
   * @param collation its collation in SQLite: {@code BINARY}, {@code NOCASE}, {@code RTRIM}
   * @param uniform whether each of its values in SQLite is NULL or of the storage class that the
   *     PostgreSQL type stands for (for {@code boolean} the integers 0 and 1, for {@code date} and
   *     the time stamps a text in ISO 8601); if not, next to nothing can be said with the column
   * @param mixed whether the type is a text and its values in SQLite are integers and texts, none
   *     of which SQLite would have stored as a number
   * @since 0.1
   */
  public record Column(
      String name,
      String target,
      String type,
      String declared,
      String collation,
      boolean uniform,
      boolean mixed) {

    /** Returns a column that does not hold integers and texts side by side. */
    public Column(
        String name,
        String target,
        String type,
        String declared,
        String collation,
        boolean uniform) {
      this(name, target, type, declared, collation, uniform, false);
    }

    /** Returns the same column under other names. */
    Column named(String source, String sql) {
      return new Column(source, sql, type, declared, collation, uniform, mixed);
    }

    /** Returns the same column of another type. */
    Column ofType(String other) {
      return new Column(name, target, other, declared, collation, uniform, mixed);
    }

    /** Returns a uniform column without a collation of its own. */
    public static Column of(String name, String target, String type, String declared) {
      return new Column(name, target, type, declared, "BINARY", true);
    }
  }
}
