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
 * @since 0.1
 */
public record Schema(String name, List<Table> tables, List<View> views, List<Trigger> triggers) {

  /** Copies the lists. */
  public Schema {
    tables = List.copyOf(tables);
    views = List.copyOf(views);
    triggers = List.copyOf(triggers);
  }

  /** Returns the table of exactly this name. */
  public Optional<Table> table(String tableName) {
    return tables.stream().filter(t -> t.name().equals(tableName)).findFirst();
  }
}
