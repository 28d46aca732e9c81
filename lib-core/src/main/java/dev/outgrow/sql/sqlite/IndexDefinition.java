package dev.outgrow.sql.sqlite;

import dev.outgrow.schema.Index;

/**
 * A {@code CREATE INDEX} statement.
 *
 * <p>A part that is a single name is taken for a column: the text alone cannot tell whether the
 * table has one, and SQLite takes a name in double quotes that is none for a text.
 *
 * <p><em>Immutable.</em>
 *
 * @param table the table's name as written
 * @param index the index; expressions without outer brackets, collations where the statement names
 *     them
 * @param sql the whole statement
 * @since 0.1
 */
public record IndexDefinition(String table, Index index, String sql) implements Definition {

  @Override
  public String name() {
    return index.name();
  }

  /** Reads a statement, which is unreadable if it creates anything else. */
  public static Parsed<IndexDefinition> parse(String sql) {
    return DefinitionParser.parse(sql, IndexDefinition.class);
  }
}
