package dev.outgrow.importer.translate;

import dev.outgrow.schema.Identifier;

/** What SQLite turns a value into before it compares it with another one, or stores it. */
enum Affinity {
  INTEGER,
  REAL,
  NUMERIC,
  TEXT,
  /** Of a column without a type and of every expression that is neither a column nor a cast. */
  NONE;

  /** Reads it off a declared type as section 3.1 of SQLite's "Datatypes In SQLite" says. */
  static Affinity of(String declaredType) {
    String type = Identifier.folded(declaredType);
    if (type.contains("int")) {
      return INTEGER;
    }
    if (type.contains("char") || type.contains("clob") || type.contains("text")) {
      return TEXT;
    }
    if (type.isEmpty() || type.contains("blob")) {
      return NONE;
    }
    return type.contains("real") || type.contains("floa") || type.contains("doub") ? REAL : NUMERIC;
  }

  boolean isNumeric() {
    return this == INTEGER || this == REAL || this == NUMERIC;
  }
}
