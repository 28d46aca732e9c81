package dev.outgrow.importer.sqlite;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is not read of a file because the caller asked for less.
 *
 * <p><em>Immutable.</em>
 *
 * @param tables tables that are not read at all
 * @param cut tables of which only the first rows are read, with how many rows they have
 * @param keys foreign keys that cannot hold for that reason, each with the reason
 * @since 0.1
 */
public record Excluded(List<String> tables, Map<String, Long> cut, Map<String, String> keys) {

  /** Copies the collections. */
  public Excluded {
    tables = List.copyOf(tables);
    cut = Collections.unmodifiableMap(new LinkedHashMap<>(cut));
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
  }
}
