package dev.outgrow.importer.existing;

import dev.outgrow.importer.mapping.TargetType;

/**
 * How the values of one column get from the staging table, where they are of a type that the import
 * can write and prove, into the column that is there, and how they are read back from it.
 *
 * <p><em>Immutable.</em>
 *
 * @param staged the type in the staging table
 * @param type the column's own type
 * @param keeping what the column's type keeps of a value
 * @param proven whether looking at the file has shown that the type holds every value; else the
 *     server is asked
 * @since 0.1
 */
public record Landing(TargetType staged, String type, Keeping keeping, boolean proven) {

  /** What a type keeps of a value. */
  public enum Keeping {
    /** All of it: read back, it is the value that was staged. */
    EXACTLY,
    /** All but blanks at the end, which {@code char(n)} does not tell apart. */
    BUT_BLANKS,
    /** Its meaning in the server's own spelling, as {@code jsonb} and {@code interval} do. */
    SPELT_ANEW
  }

  /** Returns whether the two types are one. */
  public boolean direct() {
    return staged.sql().equals(type);
  }

  /** Returns the value for the column, as an expression of SQL over the staged one. */
  public String into(String value) {
    return direct() ? value : "CAST(" + value + " AS " + type + ")";
  }

  /** Returns the staged value, as an expression of SQL over the column's. */
  public String back(String value) {
    return direct() ? value : "CAST(" + value + " AS " + staged.sql() + ")";
  }

  /** Returns a condition of SQL that holds where the column keeps a staged value. */
  public String kept(String value) {
    return switch (keeping) {
      case EXACTLY -> back(into(value)) + " IS NOT DISTINCT FROM " + value;
      case BUT_BLANKS -> back(into(value)) + " = rtrim(" + value + ", ' ')";
      case SPELT_ANEW -> "true";
    };
  }
}
