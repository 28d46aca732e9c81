package dev.outgrow.importer.source;

import java.util.List;

/**
 * A view of the source.
 *
 * <p><em>Immutable.</em>
 *
 * @param name its name
 * @param sql the whole statement that makes it
 * @param columns the names of its columns as SQLite reports them; empty if it cannot
 * @param unreadable why SQLite itself cannot answer it; empty if it can
 * @since 0.1
 */
public record SourceView(String name, String sql, List<String> columns, String unreadable) {

  /** Copies the list. */
  public SourceView {
    columns = List.copyOf(columns);
  }
}
