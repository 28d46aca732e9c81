package dev.outgrow.sql.sqlite;

/**
 * A {@code CREATE VIRTUAL TABLE} statement.
 *
 * <p><em>Immutable.</em>
 *
 * @param name the table's name
 * @param module the module that keeps it: {@code fts5}, {@code rtree}
 * @param arguments the text between the module's brackets as written, or empty
 * @param sql the whole statement
 * @since 0.1
 */
public record VirtualTableDefinition(String name, String module, String arguments, String sql)
    implements Definition {

  /** Reads a statement, which is unreadable if it creates anything else. */
  public static Parsed<VirtualTableDefinition> parse(String sql) {
    return DefinitionParser.parse(sql, VirtualTableDefinition.class);
  }
}
