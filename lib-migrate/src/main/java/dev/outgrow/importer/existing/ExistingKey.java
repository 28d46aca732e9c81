package dev.outgrow.importer.existing;

import dev.outgrow.schema.Identifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key that is there already.
 *
 * <p><em>Immutable.</em>
 *
 * @param table the referring table
 * @param name the constraint's name
 * @param definition its definition as the server prints it, which makes it again
 * @param comment its comment, or null
 * @param referenced the table it refers to
 * @param columns its columns
 * @param referencedColumns the columns it refers to, in the same order
 * @since 0.1
 */
public record ExistingKey(
    Identifier table,
    String name,
    String definition,
    @Nullable String comment,
    Identifier referenced,
    List<String> columns,
    List<String> referencedColumns) {

  /** Copies the lists. */
  public ExistingKey {
    columns = List.copyOf(columns);
    referencedColumns = List.copyOf(referencedColumns);
  }

  /** Returns whether the server leaves rows alone that break it. */
  public boolean notValid() {
    return definition.endsWith(" NOT VALID") || definition.endsWith(" NOT ENFORCED");
  }

  /** Returns the key as a person reads it. */
  public String describe() {
    return table.name() + "(" + String.join(", ", columns) + ") -> " + referenced.name();
  }
}
