package dev.outgrow.schema;

import org.jspecify.annotations.Nullable;

/**
 * Something of a schema that this vocabulary has no words for, so that it is named with its own
 * text and not left out.
 *
 * <p><em>Immutable.</em>
 *
 * @param kind what it is
 * @param table the table it belongs to, or null where it stands alone
 * @param name its name; of a function with the types it takes
 * @param definition its definition in the backend's own SQL, or the part of it that matters
 * @since 0.1
 */
public record NamedObject(Kind kind, @Nullable String table, String name, String definition) {

  /** What only gets a name. */
  public enum Kind {
    /** A type with a list of words. */
    ENUM("enum"),
    /** A type with a condition. */
    DOMAIN("domain"),
    /** A type with fields. */
    COMPOSITE("composite type"),
    /** A type of intervals. */
    RANGE("range type"),
    /** A part of a partitioned table. */
    PARTITION("partition"),
    /** A table that is elsewhere. */
    FOREIGN_TABLE("foreign table"),
    /** A table whose rows a module of SQLite makes. */
    VIRTUAL_TABLE("virtual table"),
    /** An exclusion constraint. */
    EXCLUSION("exclusion constraint"),
    /** A function. */
    FUNCTION("function"),
    /** A procedure. */
    PROCEDURE("procedure"),
    /** An aggregate function. */
    AGGREGATE("aggregate"),
    /** A rule that rewrites statements. */
    RULE("rule"),
    /** A policy of who may see which rows. */
    POLICY("policy"),
    /** That policies hold for a table. */
    ROW_SECURITY("row level security"),
    /** What SQLite's tables may be beside their columns: STRICT, WITHOUT ROWID. */
    TABLE_OPTION("table option");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** Returns the words a person knows it by. */
    public String title() {
      return title;
    }
  }
}
