package dev.outgrow.importer.mapping;

import dev.outgrow.schema.Identifier;

/**
 * What SQLite tries to turn a value into when it is stored, read off the declared type by the rules
 * of SQLite's documentation ("Datatypes In SQLite", section 3.1).
 */
enum Affinity {
  INTEGER,
  TEXT,
  BLOB,
  REAL,
  NUMERIC;

  static Affinity of(String declaredType) {
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
}
