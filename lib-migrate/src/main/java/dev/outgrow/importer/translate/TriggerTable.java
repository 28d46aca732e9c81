package dev.outgrow.importer.translate;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of a trigger.
 *
 * <p><em>Immutable.</em>
 *
 * @param scope its columns
 * @param identity the column that is another name for the rowid, or null
 * @param keys the keys that tell its rows apart, each by its columns; the names are SQLite's
 * @param generated the columns that are computed
 * @param changes what changes its rows
 * @since 0.1
 */
public record TriggerTable(
    Scope scope,
    @Nullable String identity,
    List<List<String>> keys,
    Set<String> generated,
    Changes changes) {

  /** What changes the rows of a table or view. */
  public enum Changes {
    /** Statements on itself. */
    ITSELF,
    /** Also those on tables that its foreign keys refer to. */
    REFERENCES,
    /** Statements on any table: it is a view. */
    ANYTHING
  }

  /** Returns a view, which triggers may ask. */
  public static TriggerTable view(Scope scope) {
    return new TriggerTable(scope, null, List.of(), Set.of(), Changes.ANYTHING);
  }

  /** Copies the collections. */
  public TriggerTable {
    keys = keys.stream().map(List::copyOf).toList();
    generated = Set.copyOf(generated);
  }

  /** Returns the column of this name, in any case, or null. */
  Scope.@Nullable Column column(String name) {
    for (Scope.Column column : scope.columns()) {
      if (Ascii.same(column.name(), name)) {
        return column;
      }
    }
    return null;
  }

  /** Returns the column of this name, which may be a name of the rowid, or null. */
  Scope.@Nullable Column columnOrId(String name) {
    Scope.Column column = column(name);
    return column == null && identity != null && isRowid(name) ? column(identity) : column;
  }

  boolean isGenerated(Scope.Column column) {
    return generated.contains(column.name());
  }

  boolean isIdentity(Scope.Column column) {
    return column.name().equals(identity);
  }

  static boolean isRowid(String name) {
    return Ascii.same(name, "rowid") || Ascii.same(name, "_rowid_") || Ascii.same(name, "oid");
  }
}
