package dev.outgrow.importer.sqlite;

import dev.outgrow.schema.Trigger;
import dev.outgrow.schema.View;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a file's schema holds.
 *
 * <p><em>Immutable.</em>
 *
 * @param tables the names of the tables whose rows can be read, in order of name
 * @param virtualTables virtual tables and the tables they keep their data in, each with what of it
 *     stays behind and why
 * @param unread tables of which something could not be understood, each with what
 * @param views its views
 * @param triggers its triggers
 * @since 0.1
 */
public record SourceContents(
    List<String> tables,
    Map<String, String> virtualTables,
    Map<String, String> unread,
    List<View> views,
    List<Trigger> triggers) {

  /** Copies the collections. */
  public SourceContents {
    tables = List.copyOf(tables);
    virtualTables = Collections.unmodifiableMap(new LinkedHashMap<>(virtualTables));
    unread = Collections.unmodifiableMap(new LinkedHashMap<>(unread));
    views = List.copyOf(views);
    triggers = List.copyOf(triggers);
  }
}
