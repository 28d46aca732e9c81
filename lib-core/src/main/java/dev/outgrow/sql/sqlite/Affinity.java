package dev.outgrow.sql.sqlite;

import dev.outgrow.schema.Identifier;

/**
 * What SQLite tries to turn a value into before it stores it in a column or compares it with
 * another.
 *
 * @since 0.1
 */
public enum Affinity {
  /** Whole numbers; real ones without a fraction as well. */
  INTEGER,
  /** Text; numbers become text. */
  TEXT,
  /** Whatever it is: of a column without a type, and of every expression that is no column. */
  BLOB,
  /** Real numbers; whole ones become real. */
  REAL,
  /** Numbers of either kind; text that looks like one becomes one. */
  NUMERIC;

  /** Reads it off a declared type as section 3.1 of SQLite's "Datatypes In SQLite" says. */
  public static Affinity of(String declaredType) {
    String type = Identifier.folded(declaredType); // as SQLite does: to it, a dotless i is no i
    if (type.contains("int")) {
      return INTEGER;
    }
    if (type.contains("char") || type.contains("clob") || type.contains("text")) {
      return TEXT;
    }
    if (type.isEmpty() || type.contains("blob")) {
      return BLOB;
    }
    return type.contains("real") || type.contains("floa") || type.contains("doub") ? REAL : NUMERIC;
  }

  /** Returns whether it asks for a number. */
  public boolean isNumeric() {
    return this == INTEGER || this == REAL || this == NUMERIC;
  }
}
