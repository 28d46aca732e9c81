package dev.outgrow.importer.translate;

import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes one select. */
final class SelectTranslator {
  private final Map<String, Scope> tables;
  private final Frame frame;
  private final ExpressionTranslator rows;

  SelectTranslator(Map<String, Scope> tables, Names outer) {
    this.tables = tables;
    this.frame = new Frame(outer);
    this.rows = new ExpressionTranslator(frame, this::subquery, true);
  }

  /** A select that is written, to which an order can still be added. */
  record Selected(
      String sql, List<Output> outputs, ExpressionTranslator translator, boolean isOneRow) {

    /** Writes an order: a number or an alias means a column, anything else is an expression. */
    String order(List<Query.Order> order) throws RefusedException {
      List<String> parts = new ArrayList<>();
      for (Query.Order part : order) {
        Output output = Outputs.named(outputs, part.expression());
        Typed typed = output == null ? translator.translate(part.expression()) : output.typed();
        parts.add(Orders.key(typed, part.expression().at()) + Orders.direction(part));
      }
      return String.join(", ", parts);
    }
  }

  private QueryTranslator.Written subquery(Query query) throws RefusedException {
    return new QueryTranslator(tables, frame).write(query);
  }

  Selected write(Query.Select select) throws RefusedException {
    return write(select, List.of());
  }

  /**
   * Writes a part of a compound.
   *
   * @param first the columns of the first part, whose names it takes over; empty for none
   */
  Selected write(Query.Select select, List<Output> first) throws RefusedException {
    String from = from(select.from());
    String where = select.where() == null ? "" : " WHERE " + rows.truth(select.where()).sql();
    boolean gathers = Gathering.in(select);
    List<Group> groups = groups(select);
    ExpressionTranslator translator =
        gathers || !groups.isEmpty()
            ? new ExpressionTranslator(
                new Grouped(
                    frame,
                    groups.stream()
                        .collect(Collectors.toMap(Group::row, Group::shown, (a, b) -> b))),
                this::subquery,
                false)
            : new ExpressionTranslator(frame, this::subquery, false);
    List<Output> outputs =
        Outputs.called(outputs(select, translator, !groups.isEmpty() || gathers), first);
    Distinct distinct = Distinct.of(select, outputs);
    String sql =
        "SELECT "
            + distinct.clause()
            + Outputs.list(outputs, select.at())
            + from
            + where
            + (groups.isEmpty()
                ? ""
                : " GROUP BY " + groups.stream().map(Group::sql).collect(Collectors.joining(", ")))
            + (select.having() == null ? "" : " HAVING " + translator.truth(select.having()).sql())
            + distinct.order();
    return new Selected(sql, outputs, translator, gathers && groups.isEmpty());
  }

  private String from(List<Query.Source> sources) throws RefusedException {
    StringBuilder sql = new StringBuilder();
    for (Query.Source source : sources) {
      sql.append(sql.isEmpty() ? " FROM " : " ");
      sql.append(source(source));
    }
    return sql.toString();
  }

  private String source(Query.Source source) throws RefusedException {
    Query query = source.query();
    String alias = source.alias() == null ? source.table() : source.alias();
    if (alias.isEmpty() || frame.has(alias)) {
      throw new RefusedException("a query without a name, or a name used twice", source.at());
    }
    String written;
    Scope scope;
    if (query == null) {
      Scope table = tables.get(Identifier.folded(source.table()));
      if (table == null) {
        throw new RefusedException(
            "a table or view that cannot be read here: " + source.table(), source.at());
      }
      written = Dialect.POSTGRESQL.quote(table.target());
      scope = new Scope(alias, table.target(), table.columns());
    } else {
      QueryTranslator.Written inner = new QueryTranslator(tables, Names.none()).write(query);
      written = "(" + inner.sql() + ")";
      scope = new Scope(alias, Identifier.of(alias), inner.columns());
    }
    String using = using(source, scope);
    frame.add(scope, source.using());
    return joined(source, written + " AS " + Dialect.POSTGRESQL.quote(alias), using);
  }

  private String joined(Query.Source source, String table, String using) throws RefusedException {
    String on = source.on() == null ? using : rows.truth(source.on()).sql();
    if (source.join().isEmpty()) {
      return table;
    }
    if (on.isEmpty()) {
      // An inner join without a condition is a cross join; a left one keeps its rows.
      return source.join().equals("LEFT JOIN")
          ? "LEFT JOIN " + table + " ON true"
          : "CROSS JOIN " + table;
    }
    String join = source.join().equals("LEFT JOIN") ? "LEFT JOIN " : "JOIN ";
    return join + table + " ON " + on;
  }

  /** Writes the condition of {@code USING}: the columns before and those of the new table. */
  private String using(Query.Source source, Scope scope) throws RefusedException {
    Frame alone = new Frame(Names.none());
    alone.add(scope, List.of());
    List<String> conditions = new ArrayList<>();
    for (String column : source.using()) {
      Expr.Name name = new Expr.Name(null, column, false, source.at());
      Typed before = required(frame.find(name), name);
      Typed here = required(alone.find(name), name);
      conditions.add(new Comparison(Operator.EQUAL, source.at()).of(before, here).sql());
    }
    return String.join(" AND ", conditions);
  }

  private static Typed required(@Nullable Typed found, Expr.Name name) throws RefusedException {
    if (found == null) {
      throw new RefusedException("no such column: " + name.column(), name.at());
    }
    return found;
  }

  /**
   * What rows are grouped by.
   *
   * @param row as it is written for a row
   * @param shown as it is written for a group
   * @param sql as it stands in {@code GROUP BY}: a column just as it is, so that it can be shown so
   */
  private record Group(String row, String shown, String sql) {
    /**
     * Rows that only a collation takes for equal are one group. Which of their texts SQLite shows
     * is up to SQLite; here it is the first one in the order of the bytes.
     */
    static Group of(Typed typed, Frame.@Nullable Found column, int at) throws RefusedException {
      return Outputs.isBinary(typed)
          ? new Group(typed.sql(), typed.sql(), column == null ? typed.sql() : column.raw())
          : new Group(typed.sql(), "min(" + typed.sql() + " COLLATE \"C\")", Orders.key(typed, at));
    }
  }

  private List<Group> groups(Query.Select select) throws RefusedException {
    List<Group> groups = new ArrayList<>();
    for (Expr group : select.groupBy()) {
      Expr meant = meant(group, select);
      Typed typed = rows.translate(meant);
      Frame.Found column = meant instanceof Expr.Name name ? frame.own(name) : null;
      if (typed.literal() != null || !typed.kind().isKnown()) {
        throw new RefusedException("a group by this value", group.at());
      }
      groups.add(Group.of(typed, column, group.at()));
    }
    return groups;
  }

  /** A number, or an alias that no column is called, means what is selected. */
  private Expr meant(Expr group, Query.Select select) throws RefusedException {
    if (group instanceof Expr.Value value && value.literal() instanceof Literal.Whole whole) {
      int index = (int) Math.min(whole.value(), Integer.MAX_VALUE) - 1;
      boolean known = index >= 0 && index < select.items().size();
      Expr meant = known ? select.items().get(index).expression() : null;
      if (meant == null) {
        throw new RefusedException("no column of this number", group.at());
      }
      return meant;
    }
    if (group instanceof Expr.Name name && frame.find(name) == null && name.table() == null) {
      for (Query.Item item : select.items()) {
        Expr expression = item.expression();
        String alias = item.alias();
        if (expression != null && alias != null && Ascii.same(alias, name.column())) {
          return expression;
        }
      }
    }
    return group;
  }

  private List<Output> outputs(
      Query.Select select, ExpressionTranslator translator, boolean grouped)
      throws RefusedException {
    List<Output> outputs = new ArrayList<>();
    for (Query.Item item : select.items()) {
      Expr expression = item.expression();
      if (expression == null) {
        star(item, outputs, grouped);
        continue;
      }
      Frame.Found column = expression instanceof Expr.Name name ? frame.own(name) : null;
      if (column == null) {
        String name = item.alias() == null ? item.text() : item.alias();
        outputs.add(Outputs.computed(translator.translate(expression), name, item.at()));
      } else {
        Typed shown = translator.translate(expression); // or refused: neither grouped nor gathered
        outputs.add(Outputs.column(column, item.alias()).shownAs(shown));
      }
    }
    return outputs;
  }

  private void star(Query.Item item, List<Output> outputs, boolean grouped)
      throws RefusedException {
    List<Frame.Found> columns = frame.star(item.table());
    if (columns.isEmpty() || grouped) {
      throw new RefusedException("a star without columns, or among groups", item.at());
    }
    columns.forEach(c -> outputs.add(Outputs.column(c, null)));
  }
}
