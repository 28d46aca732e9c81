package dev.outgrow.importer.translate;

import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a trigger asks of tables. A function in PL/pgSQL that names a table would ask another one
 * once its schema was renamed, so that the query is put together when it is asked, with the schema
 * in which the trigger's own table is then.
 *
 * <p>SQLite goes from row to row, through a table's triggers, its own rows and what follows from
 * its foreign keys. PostgreSQL does it in that order only before the row; behind it, all rows of
 * the statement are there, and others follow later. What could be seen by that is not asked.
 */
final class Questions {
  private final String schema;
  private final Trigger trigger;
  private final TriggerTable table;
  private final Map<String, Scope> readable;
  private final List<String> probes = new ArrayList<>();
  private int asked;

  Questions(String sql, Trigger trigger, TriggerTable table, Collection<TriggerTable> tables) {
    this.schema = unused(sql);
    this.trigger = trigger;
    this.table = table;
    this.readable = readable(tables);
  }

  /** Returns a name that stands nowhere in the trigger, so that it can be found again. */
  private static String unused(String sql) {
    String name = "here";
    for (int i = 1; sql.contains(name); i++) {
      name = "here" + i;
    }
    return name;
  }

  private Map<String, Scope> readable(Collection<TriggerTable> tables) {
    boolean inserts = trigger.event().equals("INSERT");
    Map<String, Scope> scopes = new HashMap<>();
    for (TriggerTable each : tables) {
      boolean own = Ascii.same(each.scope().table(), table.scope().table());
      boolean seen =
          switch (own ? TriggerTable.Changes.ANYTHING : each.changes()) {
            case ITSELF -> true;
            case REFERENCES -> inserts;
            case ANYTHING -> inserts && trigger.before();
          };
      if (seen) {
        Identifier here = Identifier.of(schema, each.scope().target().name());
        Scope scope = new Scope(each.scope().table(), here, each.scope().columns());
        scopes.put(Identifier.folded(scope.table()), scope);
      }
    }
    return scopes;
  }

  /** Returns a translator of expressions with such queries. */
  ExpressionTranslator translator(Names names) {
    return new ExpressionTranslator(
        names,
        query -> {
          asked++;
          return new QueryTranslator(readable, names).write(query);
        },
        true);
  }

  /** Translates a condition: what goes before, and what is then true or not. */
  Condition condition(Expr expr, ExpressionTranslator translator) throws RefusedException {
    int before = asked;
    String sql = translator.truth(expr).sql();
    return asked == before ? new Condition("", sql) : new Condition(ask(sql, expr.at()), "met");
  }

  /**
   * A condition.
   *
   * @param before statements to run before it; empty for none
   * @param sql the condition
   */
  record Condition(String before, String sql) {}

  /** Returns whether anything is asked. */
  boolean any() {
    return !probes.isEmpty();
  }

  /** Returns the queries, to see whether PostgreSQL takes them, for tables of {@link #schema}. */
  List<String> probes() {
    return probes;
  }

  /** Returns the name that stands for the schema in {@link #probes}. */
  String schema() {
    return schema;
  }

  private String ask(String condition, int at) throws RefusedException {
    if (condition.contains("AS \"new\"") || condition.contains("AS \"old\"")) {
      throw new RefusedException("a table that is called NEW or OLD", at);
    }
    List<String> rows =
        switch (trigger.event()) {
          case "INSERT" -> List.of("NEW");
          case "DELETE" -> List.of("OLD");
          default -> List.of("NEW", "OLD");
        };
    List<String> given = new ArrayList<>();
    List<String> tried = new ArrayList<>();
    String own = Dialect.POSTGRESQL.quote(Identifier.of(schema, table.scope().target().name()));
    for (int i = 0; i < rows.size(); i++) {
      String alias = ".*) AS \"" + Identifier.folded(rows.get(i)) + "\"";
      given.add("(SELECT ($" + (i + 1) + ")" + alias);
      tried.add("(SELECT (NULL::" + own + ")" + alias);
    }
    probes.add("SELECT " + condition + " FROM " + String.join(", ", tried) + " WHERE false");
    return "  EXECUTE "
        + here("SELECT " + condition + " FROM " + String.join(", ", given), at)
        + "\n    INTO met USING "
        + String.join(", ", rows)
        + ";\n";
  }

  /** Writes a text in which the schema's name is filled in. */
  private String here(String sql, int at) throws RefusedException {
    List<String> parts = new ArrayList<>();
    for (String part : sql.split(Pattern.quote('"' + schema + "\"."), -1)) {
      parts.add(Values.text(part, at).sql());
    }
    return String.join(" || quote_ident(TG_TABLE_SCHEMA) || '.' || ", parts);
  }
}
