package dev.outgrow.migration.authoring;

import dev.outgrow.schema.NamedObject;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Sequence;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.Trigger;
import dev.outgrow.schema.View;
import dev.outgrow.schema.comparison.Side;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A schema as a database has it, so that a change to or from it can be written.
 *
 * <p><em>Immutable.</em>
 *
 * @param side what it holds, and in whose words
 * @param tables the {@code CREATE TABLE} statements by the tables' names, as SQLite keeps them;
 *     empty on PostgreSQL, where they are written anew
 * @since 0.1
 */
public record SchemaState(Side side, Map<String, String> tables) {
  /** Copies the map. */
  public SchemaState {
    tables = Map.copyOf(tables);
  }

  /** Returns the part of it that belongs to these tables, with all that belongs to none. */
  public SchemaState only(Predicate<String> table) {
    Schema all = side.schema();
    List<Table> kept = all.tables().stream().filter(t -> table.test(t.name())).toList();
    List<View> views = all.views().stream().filter(v -> table.test(v.name())).toList();
    List<Trigger> triggers = all.triggers().stream().filter(t -> table.test(t.table())).toList();
    List<Sequence> sequences =
        all.sequences().stream()
            .filter(s -> s.owner() == null || table.test(s.owner().table()))
            .toList();
    List<NamedObject> others =
        all.others().stream()
            .filter(o -> o.table() == null ? table.test(o.name()) : table.test(o.table()))
            .toList();
    Schema part = new Schema(all.name(), kept, views, triggers, sequences, others);
    return new SchemaState(new Side(side.dialect(), part), tables);
  }

  Schema schema() {
    return side.schema();
  }
}
