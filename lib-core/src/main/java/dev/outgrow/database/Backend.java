package dev.outgrow.database;

import dev.outgrow.sql.Dialect;

/**
 * The two kinds of database an application can stand on.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public enum Backend {
  /** A PostgreSQL server. */
  POSTGRESQL(Dialect.POSTGRESQL, "PostgreSQL"),
  /** A SQLite file. */
  SQLITE(Dialect.SQLITE, "SQLite");

  private final Dialect dialect;
  private final String title;

  Backend(Dialect dialect, String title) {
    this.dialect = dialect;
    this.title = title;
  }

  /** Returns how this backend writes names and literals. */
  public Dialect dialect() {
    return dialect;
  }

  /** Returns the name a person knows it by. */
  public String title() {
    return title;
  }
}
