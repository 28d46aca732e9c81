package dev.outgrow.exporter;

import java.util.Locale;

/**
 * What SQLite turns a value into that is stored in a column of a declared type: see "Determination
 * Of Column Affinity" in SQLite's "Datatypes In SQLite".
 */
enum Affinity {
  /** Whole numbers, else as {@link #NUMERIC}. */
  INTEGER,
  /** Numbers become text. */
  TEXT,
  /** Nothing is changed. */
  BLOB,
  /** Numbers are stored as real ones. */
  REAL,
  /** Text that is a number becomes one. */
  NUMERIC;

  /** Returns the affinity of a declared type, which may be empty. */
  static Affinity of(String declared) {
    String type = declared.toUpperCase(Locale.ROOT);
    if (type.contains("INT")) {
      return INTEGER;
    }
    if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
      return TEXT;
    }
    if (type.contains("BLOB") || type.isEmpty()) {
      return BLOB;
    }
    boolean real = type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB");
    return real ? REAL : NUMERIC;
  }

  /** Returns whether text that is a number becomes one. */
  boolean isNumeric() {
    return this == INTEGER || this == REAL || this == NUMERIC;
  }
}
