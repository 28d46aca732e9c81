package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.StorageClass;

/**
 * The PostgreSQL types a column can become.
 *
 * @since 0.1
 */
public enum TargetType {
  /** Every integer SQLite can store. */
  BIGINT("bigint", StorageClass.INTEGER),
  /** Every real number SQLite can store, bit for bit. */
  DOUBLE_PRECISION("double precision", StorageClass.REAL),
  /** Integers exactly, and each real number as the shortest decimal that reads back as it. */
  NUMERIC("numeric", StorageClass.INTEGER, StorageClass.REAL),
  /** Text; integers and real numbers as SQLite would print them. */
  TEXT("text", StorageClass.INTEGER, StorageClass.REAL, StorageClass.TEXT),
  /** Bytes; text as its UTF-8 bytes, numbers as the bytes of their text. */
  BYTEA("bytea", StorageClass.INTEGER, StorageClass.REAL, StorageClass.TEXT, StorageClass.BLOB);

  private final String sql;

  @SuppressWarnings("ImmutableEnumChecker") // never handed out, never written to
  private final StorageClass[] holds;

  TargetType(String sql, StorageClass... holds) {
    this.sql = sql;
    this.holds = holds;
  }

  /** Returns the type's name as PostgreSQL's {@code format_type} prints it. */
  public String sql() {
    return sql;
  }

  /** Returns whether every cell of such a column fits, judged by storage class. */
  public boolean fits(ColumnProfile profile) {
    return profile.holdsOnly(holds);
  }
}
