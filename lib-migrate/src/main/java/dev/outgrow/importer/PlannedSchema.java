package dev.outgrow.importer;

import dev.outgrow.error.SourceFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Holds a run to the schema for which it was planned. */
final class PlannedSchema {
  private static final int SHOWN = 20;

  private PlannedSchema() {}

  /**
   * Refuses a file whose schema is not the one that was planned for.
   *
   * @param planned a hash of each definition at that time; null where nobody asks for that
   * @param now the same of the moment that is read
   */
  static void refuseAnother(
      Path file, @Nullable Map<String, String> planned, Map<String, String> now) {
    if (planned == null || planned.equals(now)) {
      return;
    }
    TreeSet<String> names = new TreeSet<>(planned.keySet());
    names.addAll(now.keySet());
    List<String> changes = new ArrayList<>();
    for (String name : names) {
      if (!planned.containsKey(name)) {
        changes.add(name + " is new");
      } else if (!now.containsKey(name)) {
        changes.add(name + " is gone");
      } else if (!now.get(name).equals(planned.get(name))) {
        changes.add(name + " is another");
      }
    }
    int more = changes.size() - SHOWN;
    throw new SourceFileException(
        file,
        file
            + " has another schema than the one that the import was planned for: "
            + String.join(", ", changes.subList(0, Math.min(SHOWN, changes.size())))
            + (more > 0 ? ", and " + more + " more" : "")
            + ".",
        "Plan again, look at what has changed, and run that; nothing was written.",
        null);
  }
}
