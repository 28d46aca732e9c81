package dev.outgrow.schema.comparison;

/**
 * What of a schema a difference is about.
 *
 * @since 0.1
 */
public enum Part {
  /** A table. */
  TABLE("table"),
  /** A column. */
  COLUMN("column"),
  /** A primary key. */
  PRIMARY_KEY("primary key"),
  /** A UNIQUE constraint. */
  UNIQUE_KEY("unique key"),
  /** A foreign key. */
  FOREIGN_KEY("foreign key"),
  /** A CHECK constraint. */
  CHECK("check"),
  /** An index. */
  INDEX("index"),
  /** A view. */
  VIEW("view"),
  /** A trigger. */
  TRIGGER("trigger"),
  /** A sequence. */
  SEQUENCE("sequence"),
  /** What the vocabulary only names: a type, a function, a partition. */
  OTHER("object");

  private final String title;

  Part(String title) {
    this.title = title;
  }

  /** Returns the words a person knows it by. */
  public String title() {
    return title;
  }
}
