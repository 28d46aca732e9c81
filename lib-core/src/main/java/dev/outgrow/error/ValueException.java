package dev.outgrow.error;

/**
 * A value of the source that its PostgreSQL column cannot hold. It names the place and the reason,
 * never the value.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class ValueException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  private final String table;
  private final String column;
  private final String key;
  private final String reason;

  /**
   * Describes a value that does not fit.
   *
   * @param table the source table
   * @param column the source column
   * @param key the row: {@code rowid=7}, or its primary key's values
   * @param reason why it does not fit, as a phrase
   * @param remedy what to do: a sentence
   */
  public ValueException(String table, String column, String key, String reason, String remedy) {
    super(
        "Table " + table + ", column " + column + ", row " + key + ": " + reason + ".",
        remedy,
        null);
    this.table = table;
    this.column = column;
    this.key = key;
    this.reason = reason;
  }

  /** Returns the source table's name. */
  public String table() {
    return table;
  }

  /** Returns the source column's name. */
  public String column() {
    return column;
  }

  /** Returns the row: {@code rowid=7}, or its primary key's values. */
  public String key() {
    return key;
  }

  /** Returns why the value does not fit. */
  public String reason() {
    return reason;
  }
}
