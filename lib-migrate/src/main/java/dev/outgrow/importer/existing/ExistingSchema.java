package dev.outgrow.importer.existing;

import dev.outgrow.schema.Identifier;
import java.util.List;
import java.util.Optional;

/**
 * The schema whose tables rule.
 *
 * <p><em>Immutable.</em>
 *
 * @param name its name
 * @param tables its tables, in order of name
 * @param keys every foreign key that begins or ends in it
 * @param views the names of its views
 * @since 0.1
 */
public record ExistingSchema(
    String name, List<ExistingTable> tables, List<ExistingKey> keys, List<String> views) {

  /** Copies the lists. */
  public ExistingSchema {
    tables = List.copyOf(tables);
    keys = List.copyOf(keys);
    views = List.copyOf(views);
  }

  /** Returns the same schema without the numbers of rows, so that two looks can be compared. */
  public ExistingSchema shape() {
    return new ExistingSchema(name, tables.stream().map(t -> t.withRows(0)).toList(), keys, views);
  }

  /** Returns the table of exactly this name. */
  public Optional<ExistingTable> table(String table) {
    return tables.stream().filter(t -> t.name().equals(table)).findFirst();
  }

  /** Returns a table's name in this schema. */
  public Identifier in(String table) {
    return Identifier.of(name, table);
  }
}
