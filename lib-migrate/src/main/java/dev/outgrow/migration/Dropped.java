package dev.outgrow.migration;

import dev.outgrow.error.MigrationException;
import dev.outgrow.schema.DependencyOrder;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What was dropped.
 *
 * @param objects views and tables, each before those it depends on
 * @param left what only they have used, and is still there
 */
record Dropped(List<String> objects, List<String> left) {
  /** Returns the names of tables, each before those it refers to. */
  static List<String> inOrder(Schema schema, Predicate<String> wanted) {
    List<String> names =
        new ArrayList<>(
            DependencyOrder.of(schema).tables().stream().map(Table::name).filter(wanted).toList());
    Collections.reverse(names);
    return names;
  }

  /** Returns the refusal for what depends on something that would go. */
  static MigrationException refused(
      String subject, List<String> dependents, @Nullable Throwable cause) {
    return new MigrationException(
        new MigrationException.Place(subject.substring(subject.indexOf(' ') + 1), null, 0),
        "What "
            + subject
            + " owns cannot be dropped, as something else depends on it: "
            + String.join("; ", dependents)
            + ".",
        "Drop that first, or name it among what the chain owns if it is the chain's; nothing was"
            + " dropped.",
        null,
        null,
        cause);
  }
}
