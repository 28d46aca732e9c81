package dev.outgrow.importer.translate;

/** Which values an expression has in SQLite, besides NULL, and what stands for them. */
enum Kind {
  /** No other value than NULL. */
  NULL("text"),
  /** An integer of 64 bits. */
  INTEGER("bigint"),
  /** A floating-point number. */
  REAL("double precision"),
  /** Integers and floating-point numbers side by side. */
  NUMBER("numeric"),
  /** A text. */
  TEXT("text"),
  /** Bytes. */
  BLOB("bytea"),
  /** In SQLite 0 or 1, in PostgreSQL false or true. */
  TRUTH("boolean"),
  /** In SQLite a text in ISO 8601, in PostgreSQL a date or a time stamp. */
  MOMENT("timestamp"),
  /** What JSON holds, which may be anything; here the text of it, see {@link JsonValues}. */
  JSON("text"),
  /** Integers and texts side by side, in PostgreSQL texts all of them: an integer is its digits. */
  MIXED("text"),
  /** Anything else: it can be selected and asked for NULL, and nothing more. */
  OTHER("");

  private final String type;

  Kind(String type) {
    this.type = type;
  }

  /** Returns the PostgreSQL type of an expression of this kind. */
  String type() {
    return type;
  }

  boolean isNumber() {
    return this == INTEGER || this == REAL || this == NUMBER || this == TRUTH;
  }

  boolean isKnown() {
    return this != MOMENT && this != JSON && this != MIXED && this != OTHER;
  }
}
