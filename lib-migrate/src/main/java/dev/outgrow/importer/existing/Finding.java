package dev.outgrow.importer.existing;

import java.util.Locale;

/**
 * A way in which a file and the tables that are there already do not agree.
 *
 * <p><em>Immutable.</em>
 *
 * @param what what kind of disagreement
 * @param name which table or column, in the target's words where it has one
 * @param detail what is the case, with numbers and example keys, and what can be done
 * @param refuses whether the import is refused because of it
 * @since 0.1
 */
public record Finding(What what, String name, String detail, boolean refuses) {

  /** What can disagree. */
  public enum What {
    /** The file's table is not in the target. */
    MISSING_TABLE,
    /** The target's table is not in the file; it stays as it is. */
    EXTRA_TABLE,
    /** A migration tool's own record of what it did, which is the target's own business. */
    HISTORY_TABLE,
    /** The target's table holds rows. */
    ROWS_HELD,
    /** A table without a key by which the file's rows could be told to be there. */
    NO_KEY,
    /** A column of the file that the target's table has not. */
    MISSING_COLUMN,
    /** A column of the target's table that the file has not. */
    EXTRA_COLUMN,
    /** A column that the target computes. */
    GENERATED_COLUMN,
    /** A column whose type does not hold every value. */
    NARROWER_COLUMN,
    /** A column that refuses nulls, of which the file has some. */
    NULLS,
    /** A name that could mean several of the target's. */
    AMBIGUOUS_NAME;

    /** Returns it as words. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** Returns whether it is about rows, which could be kept aside, and not about the tables. */
  public boolean isOfRows() {
    return what == What.NARROWER_COLUMN || what == What.NULLS;
  }

  /** Returns the finding as a person reads it. */
  public String describe() {
    return what.words() + " " + name + ": " + detail;
  }
}
