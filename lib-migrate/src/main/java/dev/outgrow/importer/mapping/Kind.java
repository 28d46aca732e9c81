package dev.outgrow.importer.mapping;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What kind of thing stayed behind, or changed in a way that must be accepted. Scripts rely on the
 * words.
 *
 * @since 0.1
 */
public enum Kind {
  /** A CHECK constraint. */
  CHECK,
  /**
   * A collation that PostgreSQL does not have, such as NOCASE: what it means has to be asked for.
   */
  COLLATION,
  /** A default that is not a plain value. */
  DEFAULT,
  /**
   * Something elsewhere that uses what the target held, and goes on to do so where that is kept.
   */
  DEPENDENT,
  /** Something in the definition of a table or index that could not be understood. */
  DEFINITION,
  /** A foreign key that could not be created at all. */
  FOREIGN_KEY,
  /** A foreign key that holds for new rows only, because old ones break it. */
  FOREIGN_KEY_VALIDATION,
  /** The expression of a generated column; its values are carried. */
  GENERATED_COLUMN,
  /** A table of a migration tool, which is not carried into tables that are there already. */
  HISTORY_TABLE,
  /** An index that is not on plain columns. */
  INDEX,
  /** The rows of a table beyond the limit of a trial import. */
  LIMIT,
  /** Rows, tables or definitions that a damaged file no longer gives. */
  LOST,
  /** A column of the file that the table which is there already has not. */
  MISSING_COLUMN,
  /** A table of the file that is not among the tables which are there already. */
  MISSING_TABLE,
  /** A NOT NULL that the table's own rows break. */
  NOT_NULL,
  /** A reference to nothing that became null, because the caller asked for that. */
  NULLED_REFERENCE,
  /** A primary key that the table's own rows break. */
  PRIMARY_KEY,
  /**
   * A right, a trigger or another property of a table of the target that the table in its place
   * could not be given.
   */
  PROPERTY,
  /** Rows that could not be carried and are kept aside. */
  REJECT,
  /** A trigger. */
  TRIGGER,
  /** A unique key that the table's own rows break, or PostgreSQL cannot hold. */
  UNIQUE_KEY,
  /** A view. */
  VIEW,
  /** A virtual table, and the tables it keeps its data in. */
  VIRTUAL_TABLE;

  /** Returns the word users write after {@code --accept}: {@code foreign-key} and the like. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the kind of this word. */
  public static Optional<Kind> ofWord(String word) {
    return Arrays.stream(values()).filter(k -> k.word().equals(word)).findFirst();
  }
}
