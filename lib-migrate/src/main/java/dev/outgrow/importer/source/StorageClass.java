package dev.outgrow.importer.source;

import java.util.Locale;

/** What SQLite really stored in a cell, whatever its column was declared to hold. */
public enum StorageClass {
  /** Nothing. */
  NULL,
  /** A signed integer of up to 64 bits. */
  INTEGER,
  /** An IEEE 754 double; never a NaN, which SQLite stores as NULL. */
  REAL,
  /** Text in the database's encoding, not necessarily valid in it. */
  TEXT,
  /** Bytes. */
  BLOB;

  /** Returns the word SQLite's {@code typeof()} uses. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
