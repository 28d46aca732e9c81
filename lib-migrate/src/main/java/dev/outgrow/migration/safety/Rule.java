package dev.outgrow.migration.safety;

import java.util.Arrays;
import java.util.Optional;

/**
 * What is looked for in a script. {@link #id} is what a comment in a script names:
 *
 * <pre>{@code
 * -- outgrow: allow create-index the application is stopped for this release
 * CREATE INDEX ix_plays_user ON plays (user_id);
 * }</pre>
 *
 * @since 0.1
 */
public enum Rule {
  /** {@code ADD COLUMN … NOT NULL} without a default. */
  ADD_COLUMN_NOT_NULL(
      Scale.ROWS,
      "a NOT NULL column without a default",
      "fails: the rows that are there have no value for it"),
  /** {@code ADD COLUMN … DEFAULT} of an expression that is different for each row. */
  ADD_COLUMN_VOLATILE_DEFAULT(
      Scale.BIG,
      "a column with a default that differs by row, or an identity",
      "writes the whole table anew; reads and writes wait meanwhile"),
  /** {@code ADD COLUMN … GENERATED ALWAYS AS (…) STORED}. */
  ADD_COLUMN_STORED(
      Scale.BIG,
      "a stored generated column",
      "writes the whole table anew; reads and writes wait meanwhile"),
  /** A column that SQLite adds to an empty table only, or to none. */
  ADD_COLUMN_IMPOSSIBLE(
      Scale.ROWS,
      "on SQLite, a column that is UNIQUE, a PRIMARY KEY, stored, or has a default that is computed",
      "fails: SQLite adds no such column to a table with rows"),
  /** {@code ALTER COLUMN … SET NOT NULL}. */
  SET_NOT_NULL(
      Scale.BIG,
      "SET NOT NULL where no valid CHECK proves it",
      "reads the whole table; reads and writes wait meanwhile"),
  /** {@code ADD CHECK} without {@code NOT VALID}. */
  ADD_CHECK(
      Scale.BIG,
      "a CHECK without NOT VALID",
      "reads the whole table; reads and writes wait meanwhile"),
  /** {@code ADD FOREIGN KEY} without {@code NOT VALID}. */
  ADD_FOREIGN_KEY(
      Scale.BIG,
      "a foreign key without NOT VALID",
      "looks up every row; writes to both tables wait meanwhile"),
  /** {@code ADD UNIQUE}, {@code PRIMARY KEY} or {@code EXCLUDE} without {@code USING INDEX}. */
  ADD_KEY(
      Scale.BIG,
      "a UNIQUE, PRIMARY KEY or EXCLUDE constraint without USING INDEX",
      "builds an index; reads and writes wait meanwhile"),
  /** {@code VALIDATE CONSTRAINT} in the transaction that adds it. */
  VALIDATE_WITH_ADD(
      Scale.BIG,
      "VALIDATE CONSTRAINT in the script that adds it NOT VALID",
      "reads the whole table under the lock of the ADD, as if NOT VALID were not there"),
  /** {@code CREATE INDEX} without {@code CONCURRENTLY}. */
  CREATE_INDEX(
      Scale.BIG, "CREATE INDEX without CONCURRENTLY", "writes to the table wait until it is built"),
  /** {@code DROP INDEX} without {@code CONCURRENTLY}. */
  DROP_INDEX(
      Scale.BIG,
      "DROP INDEX without CONCURRENTLY",
      "waits for every query of the table, and all that come after it wait behind it"),
  /** {@code REINDEX} without {@code CONCURRENTLY}. */
  REINDEX(
      Scale.BIG,
      "REINDEX without CONCURRENTLY",
      "writes to the table, and reads by that index, wait until it is built"),
  /** {@code CONCURRENTLY} in a transaction. */
  CONCURRENTLY_IN_TRANSACTION(
      Scale.ALWAYS,
      "CONCURRENTLY, or VACUUM, beside other statements or in a transaction",
      "fails: PostgreSQL does not run it in a transaction"),
  /** {@code ALTER COLUMN … TYPE} that is more than another word in the catalogue. */
  CHANGE_TYPE(
      Scale.BIG,
      "another type for a column, unless it is known to be free",
      "writes the whole table anew; reads and writes wait meanwhile"),
  /** Another table space, access method or persistence. */
  REWRITE_TABLE(
      Scale.BIG,
      "VACUUM FULL, CLUSTER, SET LOGGED, SET UNLOGGED, SET TABLESPACE, SET ACCESS METHOD",
      "writes the whole table anew; reads and writes wait meanwhile"),
  /** {@code RENAME COLUMN}. */
  RENAME_COLUMN(
      Scale.ROWS,
      "another name for a column",
      "breaks every running instance that knows the old name"),
  /** {@code RENAME TO} of a table. */
  RENAME_TABLE(
      Scale.ROWS,
      "another name, or schema, for a table",
      "breaks every running instance that knows the old name"),
  /** {@code DROP COLUMN}. */
  DROP_COLUMN(
      Scale.ROWS,
      "DROP COLUMN",
      "loses its values, and breaks every running instance that still reads it"),
  /** {@code DROP TABLE}. */
  DROP_TABLE(
      Scale.ROWS,
      "DROP TABLE",
      "loses its rows, and breaks every running instance that still reads it"),
  /** {@code TRUNCATE}. */
  TRUNCATE(
      Scale.ROWS, "TRUNCATE", "loses the rows; reads and writes wait until the script is done"),
  /** A change of all rows in the transaction that holds a lock already. */
  BACKFILL_WITH_DDL(
      Scale.BIG,
      "UPDATE or DELETE without WHERE beside a change of the schema",
      "holds the lock of the change until every row is written"),
  /** A new value of an enumeration, used in the transaction that adds it. */
  ENUM_VALUE_USED(
      Scale.ALWAYS,
      "ALTER TYPE … ADD VALUE, and the value in the same script",
      "fails: a new value cannot be used before it is committed"),
  /** {@code ATTACH PARTITION} of a table that no check proves to fit. */
  ATTACH_PARTITION(
      Scale.BIG,
      "ATTACH PARTITION of a table that has no valid CHECK",
      "reads the whole table that is attached, and nothing else reads or writes it meanwhile"),
  /** {@code DETACH PARTITION} without {@code CONCURRENTLY}. */
  DETACH_PARTITION(
      Scale.BIG,
      "DETACH PARTITION without CONCURRENTLY",
      "waits for every query of the parent, and all that come after it wait behind it"),
  /** Locks on several tables at once. */
  SEVERAL_LOCKS(
      Scale.BIG,
      "one script that locks out everybody from a second table",
      "holds the first lock while it waits for the next, and can end in a deadlock"),
  /** A comment that allows something in a form that is not understood. */
  ALLOW_COMMENT(
      Scale.ALWAYS,
      "a comment \"outgrow: allow\" without a rule of this table, or without a reason",
      "allows nothing");

  /** From how many rows on a rule speaks. */
  public enum Scale {
    /** Whatever the size. */
    ALWAYS,
    /** From the first row on. */
    ROWS,
    /** From {@link Safety#bigFrom} on. */
    BIG
  }

  private final Scale scale;
  private final String found;
  private final String effect;

  Rule(Scale scale, String found, String effect) {
    this.scale = scale;
    this.found = found;
    this.effect = effect;
  }

  /** Returns the rule of this id; empty if there is none. */
  public static Optional<Rule> of(String id) {
    return Arrays.stream(values()).filter(rule -> rule.id().equals(id)).findFirst();
  }

  /** Returns its name in scripts and messages: {@code create-index}. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** Returns from how many rows on it speaks. */
  public Scale scale() {
    return scale;
  }

  /** Returns what is found by it, as the head of a sentence. */
  public String found() {
    return found;
  }

  /** Returns what that does. */
  public String effect() {
    return effect;
  }
}
