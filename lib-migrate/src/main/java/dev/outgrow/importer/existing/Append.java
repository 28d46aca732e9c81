package dev.outgrow.importer.existing;

import java.util.Locale;

/**
 * What becomes of the rows that the tables of the target hold already, where an import adds to
 * them. A row is known by the table's key: its primary key, else a unique key without nulls.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public enum Append {
  /** Nothing is added to: the tables are empty, or what they hold is replaced. */
  NONE,
  /**
   * A row whose key is there gets the file's values in the columns that are carried; any other is
   * inserted. A row that is equal already is not touched.
   */
  UPSERT,
  /** A row whose key is not there is inserted; one whose key is there stays as it is. */
  MISSING;

  /** Returns it as a word. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
