package dev.outgrow.importer.translate;

import dev.outgrow.sql.Dialect;
import java.util.List;

/** Reads {@code CREATE VIEW}. */
final class ViewParser {
  private ViewParser() {}

  static Translation translate(String createView, QueryTranslator translator)
      throws RefusedException {
    Cursor cursor = new Cursor(createView);
    cursor.expect("CREATE");
    if (!cursor.accept("TEMP")) {
      cursor.accept("TEMPORARY");
    }
    cursor.expect("VIEW");
    cursor.accept("IF", "NOT", "EXISTS");
    cursor.name();
    if (cursor.accept(".")) {
      cursor.name();
    }
    QueryParser parser = new QueryParser(cursor, new ExpressionParser(cursor));
    int at = cursor.offset();
    List<String> names = cursor.accept("(") ? parser.names() : List.of();
    cursor.expect("AS");
    Query query = parser.query();
    cursor.expectEnd();
    QueryTranslator.Written written = translator.write(query);
    if (names.isEmpty()) {
      return new Translation.Select(written.sql(), written.columns());
    }
    List<Scope.Column> columns = Outputs.renamed(written.columns(), names, at);
    String quoted = Dialect.POSTGRESQL.quoteAll(names);
    return new Translation.Select(
        "SELECT * FROM (" + written.sql() + ") AS \"view\" (" + quoted + ")", columns);
  }
}
