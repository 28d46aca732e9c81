package dev.outgrow.schema;

import java.util.List;

/**
 * How keys, indexes and checks are named: {@code pk_table}, {@code uq_table_columns}, {@code
 * fk_table_columns}, {@code ix_table_columns}, {@code ck_table_what}. A name of more than 63 bytes
 * is cut and gets a hash of what it stands for, as {@link ShortName} does. An import gives these
 * names to what has none; {@link NameCheck} finds what has others.
 *
 * @since 0.1
 */
public enum NamingConvention {
  /** Primary keys, by their table alone. */
  PRIMARY_KEY("pk", "primary key"),
  /** UNIQUE constraints. */
  UNIQUE_KEY("uq", "unique key"),
  /** Foreign keys, by the referring columns. */
  FOREIGN_KEY("fk", "foreign key"),
  /** Indexes, unique or not; an expression counts as the word {@code expr}. */
  INDEX("ix", "index"),
  /** CHECK constraints: behind the table stands a word of choice. */
  CHECK("ck", "check");

  private final String prefix;
  private final String title;

  NamingConvention(String prefix, String title) {
    this.prefix = prefix;
    this.title = title;
  }

  /** Returns what its names begin with, before an underscore. */
  public String prefix() {
    return prefix;
  }

  /** Returns the words a person knows the object by. */
  public String title() {
    return title;
  }

  /**
   * Returns the name as long as it comes out.
   *
   * @param table the table's name
   * @param words the columns in order, or for a check its word; unused for a primary key
   */
  public String full(String table, List<String> words) {
    String begin = prefix + "_" + table;
    return this == PRIMARY_KEY || words.isEmpty() ? begin : begin + "_" + String.join("_", words);
  }

  /**
   * Returns what goes into the hash of a name: what tells the object from every other.
   *
   * @param wanted the name as long as it comes out
   */
  public String identity(String table, String wanted, List<String> words) {
    return String.join("\0", prefix, table, wanted, String.join("\0", words));
  }

  /** Returns the name, of at most 63 bytes. */
  public String name(String table, List<String> words) {
    String wanted = full(table, words);
    return ShortName.of(wanted, identity(table, wanted, words));
  }
}
