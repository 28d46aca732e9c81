package dev.outgrow.exporter;

/**
 * How the values of one column are turned from what PostgreSQL sends into what SQLite stores.
 * <em>Not thread-safe.</em>
 */
@FunctionalInterface
interface Form {

  /** Puts one value that is not null. */
  void put(byte[] bytes, int at, int length, CellSink sink);
}
