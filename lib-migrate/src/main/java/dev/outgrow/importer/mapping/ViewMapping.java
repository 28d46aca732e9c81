package dev.outgrow.importer.mapping;

import dev.outgrow.importer.translate.Scope;
import dev.outgrow.importer.translate.Translation;
import dev.outgrow.importer.translate.Translator;
import dev.outgrow.schema.Identifier;
import java.util.List;

/**
 * What one view becomes.
 *
 * <p><em>Immutable.</em>
 *
 * @param source its name in the source
 * @param target its name in PostgreSQL
 * @param columns its columns, in the order of the source
 * @param original the statement that makes it in the source
 * @param scopes the tables and views it may read
 * @param steady whether it answers the same rows until some table changes: not the time, and no
 *     random values
 * @param scope how another view, or a trigger, sees it
 * @since 0.1
 */
public record ViewMapping(
    String source,
    String target,
    List<ColumnMapping> columns,
    String original,
    List<Scope> scopes,
    boolean steady,
    Scope scope) {

  /** Copies the lists. */
  public ViewMapping {
    columns = List.copyOf(columns);
    scopes = List.copyOf(scopes);
  }

  /** Returns the query in PostgreSQL's SQL, reading the tables and views of a schema. */
  public String query(String schema) {
    Translation translation =
        Translator.view(
            original,
            inSchema(scopes, schema),
            columns.stream().map(ColumnMapping::source).toList());
    if (translation instanceof Translation.Select select) {
      return select.text();
    }
    throw new IllegalStateException("View " + source + " is translated once, but not again");
  }

  static List<Scope> inSchema(List<Scope> scopes, String schema) {
    return scopes.stream()
        .map(s -> new Scope(s.table(), Identifier.of(schema, s.target().name()), s.columns()))
        .toList();
  }

  /** Returns the view as a table, to compare its rows; it has no key. */
  public TableMapping asTable() {
    return new TableMapping(
        source, target, 0, columns, null, List.of(), List.of(), List.of(), List.of(), 0);
  }
}
