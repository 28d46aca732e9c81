package dev.outgrow.importer.translate;

import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes queries. */
final class QueryTranslator {
  private final Map<String, Scope> tables;
  private final Names outer;

  QueryTranslator(Map<String, Scope> tables, Names outer) {
    this.tables = tables;
    this.outer = outer;
  }

  /**
   * A query in PostgreSQL's SQL.
   *
   * @param sql the SQL
   * @param columns what it answers
   * @param atMostOneRow whether it can be told that it never answers more than one row
   */
  record Written(String sql, List<Scope.Column> columns, boolean atMostOneRow) {}

  static Map<String, Scope> byName(List<Scope> scopes) {
    Map<String, Scope> tables = new HashMap<>();
    scopes.forEach(s -> tables.put(Identifier.folded(s.table()), s));
    return tables;
  }

  Written write(Query query) throws RefusedException {
    if (query.with().isEmpty()) {
      return body(query);
    }
    Map<String, Scope> seen = new HashMap<>(tables);
    List<String> with = new ArrayList<>();
    for (Query.Named named : query.with()) {
      Written written = new QueryTranslator(seen, outer).write(named.query());
      Scope scope = scope(named, written, query.at());
      seen.put(Identifier.folded(named.name()), scope);
      with.add(
          Dialect.POSTGRESQL.quote(named.name())
              + " ("
              + Dialect.POSTGRESQL.quoteAll(
                  scope.columns().stream().map(Scope.Column::target).toList())
              + ") AS ("
              + written.sql()
              + ")");
    }
    Written body = new QueryTranslator(seen, outer).body(query);
    String sql = "WITH " + String.join(", ", with) + " " + body.sql();
    return new Written(sql, body.columns(), body.atMostOneRow());
  }

  private static Scope scope(Query.Named named, Written written, int at) throws RefusedException {
    return new Scope(
        named.name(),
        Identifier.of(named.name()),
        Outputs.renamed(written.columns(), named.columns(), at));
  }

  private Written body(Query query) throws RefusedException {
    Query.Select first = query.parts().get(0).select();
    boolean single = query.parts().size() == 1;
    if (single && !first.distinct()) {
      SelectTranslator.Selected selected = new SelectTranslator(tables, outer).write(first);
      return finished(
          query,
          selected.sql(),
          selected.order(query.order()),
          selected.outputs(),
          selected.isOneRow());
    }
    String sql = "";
    List<Output> outputs = List.of();
    for (Query.Part part : query.parts()) {
      SelectTranslator.Selected next =
          new SelectTranslator(tables, outer).write(part.select(), outputs);
      if (sql.isEmpty()) {
        sql = next.sql();
        outputs = next.outputs();
      } else {
        List<Output> alike = Outputs.alike(outputs, next.outputs(), part);
        sql =
            "("
                + Outputs.cast(sql, outputs, alike)
                + ") "
                + part.operator()
                + " ("
                + Outputs.cast(next.sql(), next.outputs(), alike)
                + ")";
        outputs = alike;
      }
    }
    if (query.order().isEmpty()) {
      return finished(query, sql, "", outputs, false);
    }
    String order = Outputs.order(outputs, query.order(), "\"all\".");
    return finished(query, "SELECT * FROM (" + sql + ") AS \"all\"", order, outputs, false);
  }

  private static Written finished(
      Query query, String sql, String order, List<Output> outputs, boolean oneRow)
      throws RefusedException {
    StringBuilder all = new StringBuilder(sql);
    if (!order.isEmpty()) {
      all.append(" ORDER BY ").append(order);
    }
    boolean limited = false;
    if (query.limit() != null) {
      long limit = plain(query.limit());
      limited = limit == 0 || limit == 1;
      all.append(limit < 0 ? "" : " LIMIT " + limit); // in SQLite a negative one is none
    }
    if (query.offset() != null) {
      all.append(" OFFSET ").append(Math.max(0, plain(query.offset())));
    }
    return new Written(
        all.toString(), outputs.stream().map(Output::column).toList(), oneRow || limited);
  }

  private static long plain(Expr expr) throws RefusedException {
    if (expr instanceof Expr.Value value && value.literal() instanceof Literal.Whole whole) {
      return whole.value();
    }
    throw new RefusedException("a LIMIT or OFFSET that is not a plain number", expr.at());
  }
}
