package dev.outgrow.importer.translate;

import dev.outgrow.sql.sqlite.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads queries: plain selects with joins, groups, compounds and named queries. */
final class QueryParser {
  /** What can follow a selected expression or a table, and is therefore not its alias. */
  private static final Set<String> ENDS =
      Set.of(
          "FROM",
          "WHERE",
          "GROUP",
          "HAVING",
          "WINDOW",
          "ORDER",
          "LIMIT",
          "OFFSET",
          "UNION",
          "EXCEPT",
          "INTERSECT",
          "JOIN",
          "LEFT",
          "RIGHT",
          "FULL",
          "INNER",
          "CROSS",
          "NATURAL",
          "ON",
          "USING",
          "INDEXED",
          "NOT");

  private final Cursor cursor;
  private final ExpressionParser expressions;

  QueryParser(Cursor cursor, ExpressionParser expressions) {
    this.cursor = cursor;
    this.expressions = expressions;
  }

  Query query() throws RefusedException {
    cursor.enter();
    int at = cursor.offset();
    List<Query.Named> with = cursor.accept("WITH") ? with() : List.of();
    List<Query.Part> parts = new ArrayList<>();
    String operator = "";
    do {
      parts.add(new Query.Part(operator, select()));
      operator = compound();
    } while (!operator.isEmpty());
    List<Query.Order> order = cursor.accept("ORDER", "BY") ? order() : List.of();
    Expr limit = cursor.accept("LIMIT") ? expressions.expression() : null;
    Expr offset = limit != null && cursor.accept("OFFSET") ? expressions.expression() : null;
    if (limit != null && offset == null && cursor.accept(",")) { // LIMIT offset, count
      offset = limit;
      limit = expressions.expression();
    }
    cursor.leave(1);
    return new Query(with, parts, order, limit, offset, at);
  }

  private List<Query.Named> with() throws RefusedException {
    if (cursor.peek("RECURSIVE")) {
      throw cursor.refused("a recursive query");
    }
    List<Query.Named> with = new ArrayList<>();
    do {
      String name = cursor.name();
      List<String> columns = cursor.accept("(") ? names() : List.of();
      cursor.expect("AS");
      cursor.expect("(");
      with.add(new Query.Named(name, columns, query()));
      cursor.expect(")");
    } while (cursor.accept(","));
    return with;
  }

  /** Reads names and the bracket that closes them. */
  List<String> names() throws RefusedException {
    List<String> names = new ArrayList<>();
    do {
      names.add(cursor.name());
    } while (cursor.accept(","));
    cursor.expect(")");
    return names;
  }

  private String compound() {
    if (cursor.accept("UNION", "ALL")) {
      return "UNION ALL";
    }
    for (String operator : List.of("UNION", "EXCEPT", "INTERSECT")) {
      if (cursor.accept(operator)) {
        return operator;
      }
    }
    return "";
  }

  private Query.Select select() throws RefusedException {
    int at = cursor.offset();
    cursor.expect("SELECT");
    boolean distinct = cursor.accept("DISTINCT");
    if (!distinct) {
      cursor.accept("ALL");
    }
    List<Query.Item> items = new ArrayList<>();
    do {
      items.add(item());
    } while (cursor.accept(","));
    List<Query.Source> from = cursor.accept("FROM") ? from() : List.of();
    Expr where = cursor.accept("WHERE") ? expressions.expression() : null;
    List<Expr> groupBy = cursor.accept("GROUP", "BY") ? expressions.list() : List.of();
    Expr having = cursor.accept("HAVING") ? expressions.expression() : null;
    return new Query.Select(distinct, items, from, where, groupBy, having, at);
  }

  private Query.Item item() throws RefusedException {
    int at = cursor.offset();
    if (cursor.accept("*")) {
      return new Query.Item(null, null, null, "*", at);
    }
    if (cursor.peek(1, ".") && cursor.peek(2, "*")) {
      String table = cursor.name();
      cursor.accept(".", "*");
      return new Query.Item(null, table, null, "*", at);
    }
    Expr expression = expressions.expression();
    String text = cursor.writtenFrom(at);
    return new Query.Item(expression, null, alias(), text, at);
  }

  private @Nullable String alias() throws RefusedException {
    if (cursor.accept("AS")) {
      return cursor.name();
    }
    boolean named =
        cursor.peek(Kind.QUOTED_NAME)
            || cursor.peek(Kind.STRING)
            || (cursor.peek(Kind.WORD) && !ENDS.contains(Ascii.upper(cursor.current().text())));
    return named ? cursor.name() : null;
  }

  private List<Query.Source> from() throws RefusedException {
    List<Query.Source> from = new ArrayList<>();
    String join = "";
    do {
      from.add(source(join));
      join = join();
    } while (!join.isEmpty());
    return from;
  }

  private String join() throws RefusedException {
    if (cursor.peek("NATURAL") || cursor.peek("RIGHT") || cursor.peek("FULL")) {
      throw cursor.refused("this kind of join");
    }
    if (cursor.accept(",") || cursor.accept("CROSS", "JOIN")) {
      return "CROSS JOIN";
    }
    if (cursor.accept("LEFT", "JOIN") || cursor.accept("LEFT", "OUTER", "JOIN")) {
      return "LEFT JOIN";
    }
    return cursor.accept("JOIN") || cursor.accept("INNER", "JOIN") ? "JOIN" : "";
  }

  private Query.Source source(String join) throws RefusedException {
    int at = cursor.offset();
    String table = "";
    Query query = null;
    if (cursor.accept("(")) {
      if (!cursor.peek("SELECT") && !cursor.peek("WITH")) {
        throw cursor.refused("joins in brackets");
      }
      query = query();
      cursor.expect(")");
    } else {
      table = cursor.name();
      if (cursor.accept(".")) {
        table = cursor.name();
      }
    }
    String alias = alias();
    if (join.isEmpty() && (cursor.peek("ON") || cursor.peek("USING"))) {
      throw cursor.refused("a condition without a join");
    }
    Expr on = cursor.accept("ON") ? expressions.expression() : null;
    List<String> using = on == null && cursor.accept("USING", "(") ? names() : List.of();
    return new Query.Source(join, table, query, alias, on, using, at);
  }

  List<Query.Order> order() throws RefusedException {
    List<Query.Order> order = new ArrayList<>();
    do {
      Expr expression = expressions.expression();
      boolean descending = cursor.accept("DESC");
      if (!descending) {
        cursor.accept("ASC");
      }
      String nulls =
          cursor.accept("NULLS", "FIRST") ? "FIRST" : cursor.accept("NULLS", "LAST") ? "LAST" : "";
      order.add(new Query.Order(expression, descending, nulls));
    } while (cursor.accept(","));
    return order;
  }
}
