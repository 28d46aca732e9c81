package dev.outgrow.importer.file;

/**
 * One thing that a file's schema defines, in SQLite's own words.
 *
 * <p><em>Immutable.</em>
 *
 * @param type {@code table}, {@code index}, {@code view} or {@code trigger}
 * @param name its name
 * @param table the table or view it belongs to; its own name where it is one
 * @param stored whether it has rows or entries of its own in the file
 * @param sql the statement that made it
 * @since 0.1
 */
public record Definition(String type, String name, String table, boolean stored, String sql) {

  /** Returns whether a module makes its rows: full-text, R-tree. */
  public boolean isVirtual() {
    return type.equals("table") && !stored;
  }

  /** Returns whether it is a table that keeps its own rows. */
  public boolean isStoredTable() {
    return type.equals("table") && stored;
  }

  /** Returns it as a person names it: {@code table users}. */
  public String describe() {
    return type + " " + name;
  }
}
