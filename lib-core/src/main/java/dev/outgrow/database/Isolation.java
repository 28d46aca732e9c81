package dev.outgrow.database;

/**
 * How far transactions that run at once are kept from seeing each other. SQLite always has the
 * strictest: its transactions write one after the other, and each sees one snapshot.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public enum Isolation {
  /** Each statement sees what was committed when it began. PostgreSQL's default for writing. */
  READ_COMMITTED("READ COMMITTED"),
  /** All statements see one snapshot; who changes a row that changed since then loses. */
  REPEATABLE_READ("REPEATABLE READ"),
  /** The result is one that the transactions could have had one after the other; some lose. */
  SERIALIZABLE("SERIALIZABLE");

  private final String sql;

  Isolation(String sql) {
    this.sql = sql;
  }

  String sql() {
    return sql;
  }
}
