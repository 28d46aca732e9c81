package dev.outgrow.schema.comparison;

/**
 * What of a {@link Part} is different.
 *
 * @since 0.1
 */
public enum Property {
  /** Its name. */
  NAME("name"),
  /** The order of a table's columns. */
  COLUMN_ORDER("order of columns"),
  /** How a table's rows are divided. */
  PARTITIONED_BY("partitioned by"),
  /** A column's or a sequence's type. */
  TYPE("type"),
  /** Whether a column may be null. */
  NULLABLE("nullable"),
  /** A column's default. */
  DEFAULT("default"),
  /** Whether the database fills a column. */
  IDENTITY("identity"),
  /** How a column is computed. */
  GENERATED("generated"),
  /** How text is compared. */
  COLLATION("collation"),
  /** The columns of a key, or the columns and expressions of an index. */
  COLUMNS("columns"),
  /** The table a key or a trigger refers to. */
  TABLE("table"),
  /** The columns a foreign key refers to. */
  REFERENCED_COLUMNS("referenced columns"),
  /** What happens when the referenced row is deleted. */
  ON_DELETE("on delete"),
  /** What happens when the referenced key is changed. */
  ON_UPDATE("on update"),
  /** When a constraint is checked. */
  DEFERRABILITY("deferrability"),
  /** What nulls in a foreign key mean. */
  MATCH("match"),
  /** Whether every row is known to keep a constraint. */
  VALIDATED("validated"),
  /** The condition of a check. */
  CONDITION("condition"),
  /** Whether an index refuses equal keys. */
  UNIQUE("unique"),
  /** The condition of a partial index. */
  PREDICATE("predicate"),
  /** How an index is kept. */
  METHOD("method"),
  /** The columns an index carries along. */
  INCLUDED("included columns"),
  /** Whether a unique key or index lets several nulls in. */
  NULLS_DISTINCT("nulls distinct"),
  /** Whether a view keeps its rows. */
  MATERIALIZED("materialized"),
  /** The SQL of a view, a trigger or an object that is only named. */
  SQL("SQL"),
  /** The number a sequence begins with. */
  START("start"),
  /** What a sequence adds each time. */
  INCREMENT("increment"),
  /** The smallest number of a sequence. */
  MINIMUM("minimum"),
  /** The largest number of a sequence. */
  MAXIMUM("maximum"),
  /** How many numbers a session takes of a sequence at once. */
  CACHE("cache"),
  /** Whether a sequence begins anew. */
  CYCLE("cycle"),
  /** The column a sequence goes with. */
  OWNER("owner");

  private final String title;

  Property(String title) {
    this.title = title;
  }

  /** Returns the words a person knows it by. */
  public String title() {
    return title;
  }
}
