package dev.outgrow.query.repository;

import dev.outgrow.error.OutgrowException;

/**
 * A row that is no longer what it was when it was read: somebody has changed or deleted it since.
 * Nothing was written.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class ChangedRowException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  private final String table;
  private final String key;
  private final boolean deleted;

  ChangedRowException(String table, String key, boolean deleted) {
    super(
        "Row " + key + " of " + table + " was " + (deleted ? "deleted" : "changed") + " meanwhile.",
        "Read it again and decide anew.",
        null);
    this.table = table;
    this.key = key;
    this.deleted = deleted;
  }

  /** Returns the table's name. */
  public String table() {
    return table;
  }

  /** Returns the row's key. */
  public String key() {
    return key;
  }

  /** Returns whether the row is gone; if not, it is there with another version. */
  public boolean deleted() {
    return deleted;
  }
}
