package dev.outgrow.backup;

import dev.outgrow.database.Backend;

/**
 * What a backup's file is.
 *
 * @since 0.1
 */
public enum BackupFormat {
  /** A SQLite file, as {@code VACUUM INTO} writes it: any program that reads SQLite reads it. */
  SQLITE("sqlite", Backend.SQLITE),
  /** PostgreSQL's custom format: {@code pg_restore} reads it. */
  DUMP("dump", Backend.POSTGRESQL),
  /** The built-in copy of a PostgreSQL database: a zip of SQL and of COPY's text format. */
  COPY("zip", Backend.POSTGRESQL);

  private final String ending;
  private final Backend backend;

  BackupFormat(String ending, Backend backend) {
    this.ending = ending;
    this.backend = backend;
  }

  /** Returns what its files' names end with, without the point. */
  public String ending() {
    return ending;
  }

  /** Returns the backend that it is of. */
  public Backend backend() {
    return backend;
  }
}
