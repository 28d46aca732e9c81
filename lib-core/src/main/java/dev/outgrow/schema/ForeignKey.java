package dev.outgrow.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key.
 *
 * <p><em>Immutable.</em>
 *
 * @param name the constraint's name, or null where it has none
 * @param columns the names of the referring columns, in order, at least one
 * @param referencedTable the table referred to, as declared: it may be missing, and SQLite ignores
 *     its case
 * @param referencedColumns the columns referred to, in the order of {@code columns}; empty when the
 *     declaration names none and the referenced table has no primary key of that many columns
 * @param onDelete what happens to the referring row when the referenced one is deleted
 * @param onUpdate what happens to the referring row when the referenced key is changed
 * @param deferrability when the key is checked
 * @param match what nulls in a key of several columns mean; SQLite reads the word and always acts
 *     as {@code SIMPLE}
 * @param validated whether every row is known to keep it: PostgreSQL can add one that only later
 *     rows have to keep
 * @since 0.1
 */
public record ForeignKey(
    @Nullable String name,
    List<String> columns,
    String referencedTable,
    List<String> referencedColumns,
    Action onDelete,
    Action onUpdate,
    Deferrability deferrability,
    Match match,
    boolean validated) {

  /** Copies the lists. */
  public ForeignKey {
    columns = List.copyOf(columns);
    referencedColumns = List.copyOf(referencedColumns);
  }

  /** Makes a key that matches simply and that every row keeps. */
  public ForeignKey(
      @Nullable String name,
      List<String> columns,
      String referencedTable,
      List<String> referencedColumns,
      Action onDelete,
      Action onUpdate,
      Deferrability deferrability) {
    this(
        name,
        columns,
        referencedTable,
        referencedColumns,
        onDelete,
        onUpdate,
        deferrability,
        Match.SIMPLE,
        true);
  }

  /** What happens to the referring rows. */
  public enum Action {
    /** The change is refused, at the end of the statement or of the transaction. */
    NO_ACTION("NO ACTION"),
    /** The change is refused at once. */
    RESTRICT("RESTRICT"),
    /** The referring rows follow. */
    CASCADE("CASCADE"),
    /** The referring columns become null. */
    SET_NULL("SET NULL"),
    /** The referring columns get their defaults. */
    SET_DEFAULT("SET DEFAULT");

    private final String sql;

    Action(String sql) {
      this.sql = sql;
    }

    /** Returns the words of SQL, the same on both backends. */
    public String sql() {
      return sql;
    }
  }

  /** What nulls in a key of several columns mean. */
  public enum Match {
    /** One null is enough for a row to refer to nothing. */
    SIMPLE,
    /** All columns are null or none is. */
    FULL
  }

  /** When a constraint is checked. */
  public enum Deferrability {
    /** At the end of each statement. */
    NOT_DEFERRABLE,
    /** At the end of each statement, unless the transaction asks for its own end. */
    INITIALLY_IMMEDIATE,
    /** At the end of the transaction. */
    INITIALLY_DEFERRED
  }
}
