package dev.outgrow.sql.sqlite;

/**
 * A {@code CREATE} statement of SQLite, as {@code sqlite_schema} keeps it.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public sealed interface Definition
    permits TableDefinition,
        IndexDefinition,
        ViewDefinition,
        TriggerDefinition,
        VirtualTableDefinition {

  /** Returns the name of what is created, unquoted. */
  String name();

  /** Returns the whole statement as it was given. */
  String sql();

  /**
   * Reads a statement of any of the five kinds. The time it takes grows with the length of the text
   * alone, however deeply that is nested.
   */
  static Parsed<Definition> parse(String sql) {
    return DefinitionParser.parse(sql, Definition.class);
  }
}
