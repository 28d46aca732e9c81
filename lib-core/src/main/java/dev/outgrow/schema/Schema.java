package dev.outgrow.schema;

import java.util.List;
import java.util.Optional;

/**
 * Everything one schema of a database holds, in the words of its backend.
 *
 * <p><em>Immutable.</em>
 *
 * @param name its name: {@code public} and the like on PostgreSQL, {@code main} on SQLite
 * @param tables its tables, in order of name
 * @param views its views, in order of name
 * @param triggers its triggers, in order of name
 * @param sequences its sequences, in order of name; SQLite has none
 * @param others what this vocabulary only names, in order of kind, table and name
 * @since 0.1
 */
public record Schema(
    String name,
    List<Table> tables,
    List<View> views,
    List<Trigger> triggers,
    List<Sequence> sequences,
    List<NamedObject> others) {

  /** Copies the lists. */
  public Schema {
    tables = List.copyOf(tables);
    views = List.copyOf(views);
    triggers = List.copyOf(triggers);
    sequences = List.copyOf(sequences);
    others = List.copyOf(others);
  }

  /** Makes a schema of nothing but tables, views and triggers. */
  public Schema(String name, List<Table> tables, List<View> views, List<Trigger> triggers) {
    this(name, tables, views, triggers, List.of(), List.of());
  }

  /** Returns the table of exactly this name. */
  public Optional<Table> table(String tableName) {
    return tables.stream().filter(t -> t.name().equals(tableName)).findFirst();
  }
}
