package dev.outgrow.importer.existing;

import dev.outgrow.schema.Table;
import java.util.List;

/**
 * A table that is there already.
 *
 * <p><em>Immutable.</em>
 *
 * @param table its definition in PostgreSQL's words
 * @param columns the types of its columns, in the order of the definition
 * @param triggers its triggers that are switched on
 * @param rows how many rows it holds; what is above {@link #MOST_COUNTED} is not counted
 * @since 0.1
 */
public record ExistingTable(
    Table table, List<ExistingColumn> columns, List<Trigger> triggers, long rows) {
  /** As far as rows are counted. */
  public static final long MOST_COUNTED = 100_000;

  /** Copies the lists. */
  public ExistingTable {
    columns = List.copyOf(columns);
    triggers = List.copyOf(triggers);
  }

  /** Returns its name. */
  public String name() {
    return table.name();
  }

  /** Returns the same table with another number of rows. */
  public ExistingTable withRows(long held) {
    return new ExistingTable(table, columns, triggers, held);
  }

  /** Returns whether a column's type is not PostgreSQL's own, nor an enum. */
  public boolean hasOwnEquality(String column) {
    return columns.stream()
        .anyMatch(c -> c.name().equals(column) && c.base().contains(".") && c.category() != 'E');
  }

  /** Returns how many rows it holds as a person reads it. */
  String describeRows() {
    return rows > MOST_COUNTED
        ? "more than " + MOST_COUNTED + " rows"
        : rows + (rows == 1 ? " row" : " rows");
  }

  /**
   * A trigger that is switched on.
   *
   * @param name its name
   * @param enable the words after {@code ALTER TABLE …} that switch it on as it was: {@code ENABLE
   *     TRIGGER}, {@code ENABLE ALWAYS TRIGGER} or {@code ENABLE REPLICA TRIGGER}
   */
  public record Trigger(String name, String enable) {}
}
