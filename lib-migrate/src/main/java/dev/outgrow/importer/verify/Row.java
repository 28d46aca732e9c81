package dev.outgrow.importer.verify;

/** A row of either side, as far as verification looks at it. <em>Not thread-safe.</em> */
interface Row {

  /** Hashes one column's value in its canonical form. */
  void put(int column, RowHash hash);

  /** Returns one column's value as a person reads it, cut if it is long. */
  String show(int column);

  /** Returns a name for this row that a person can search for. */
  String key();
}
