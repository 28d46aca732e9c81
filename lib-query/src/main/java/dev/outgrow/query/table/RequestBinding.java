package dev.outgrow.query.table;

import dev.outgrow.query.table.TableRequest.Column;
import dev.outgrow.query.table.TableRequest.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Looks a request's columns up on the white list. */
record RequestBinding(Map<String, TableColumn> columns, int maximumLength, int maximumTerm) {

  List<String> names() {
    return List.copyOf(columns.keySet());
  }

  List<Field<?>> fields() {
    List<Field<?>> fields = new ArrayList<>();
    columns.values().forEach(column -> fields.add(column.field().as(column.name())));
    return fields;
  }

  void requireLength(TableRequest request) {
    if (request.length() < 1 || request.length() > maximumLength) {
      throw new TableRequestException(
          "length", "is out of range", "Ask for 1 to " + maximumLength + " rows.");
    }
  }

  boolean searches(TableRequest request) {
    return !request.terms().isEmpty()
        || request.columns().stream().anyMatch(column -> !column.terms().isEmpty());
  }

  Condition search(TableRequest request, SQLDialect dialect) {
    Condition search = DSL.noCondition();
    for (String term : request.terms()) {
      search = search.and(common(request, requireShort("search[value]", term), dialect));
    }
    for (int i = 0; i < request.columns().size(); i++) {
      search = search.and(own(request.columns().get(i), "columns[" + i + "]", dialect));
    }
    return search;
  }

  List<OrderField<?>> order(TableRequest request) {
    List<OrderField<?>> fields = new ArrayList<>();
    for (int i = 0; i < request.order().size(); i++) {
      Order order = request.order().get(i);
      String parameter = "order[" + i + "][column]";
      TableColumn column = ordered(request, order.column(), parameter);
      fields.add(order.descending() ? column.field().desc() : column.field().asc());
    }
    return fields;
  }

  private TableColumn ordered(TableRequest request, int position, String parameter) {
    if (position >= request.columns().size()) {
      throw new TableRequestException(
          parameter, "is beyond the request's columns", "Send the position of a column.");
    }
    Column asked = request.columns().get(position);
    TableColumn column = column(asked, "columns[" + position + "][data]");
    if (column == null || !column.orderable() || !asked.orderable()) {
      throw new TableRequestException(
          parameter, "names a column that cannot be sorted by", "Sort by another column.");
    }
    return column;
  }

  private Condition own(Column asked, String path, SQLDialect dialect) {
    TableColumn column = column(asked, path + "[data]");
    Condition condition = DSL.noCondition();
    for (String term : asked.terms()) {
      if (column == null || column.search() == Search.NONE) {
        throw new TableRequestException(
            path + "[search][value]",
            "searches a column that cannot be searched",
            "Leave it empty.");
      }
      requireShort(path + "[search][value]", term);
      condition = condition.and(column.matches(term, dialect));
    }
    return condition;
  }

  /** The columns that the request leaves in; all of them, if it names none. */
  private Condition common(TableRequest request, String term, SQLDialect dialect) {
    Condition any = DSL.falseCondition();
    for (TableColumn column : columns.values()) {
      if (leavesIn(request, column)) {
        any = column.matchesCommon(term, dialect).map(any::or).orElse(any);
      }
    }
    return any;
  }

  private static boolean leavesIn(TableRequest request, TableColumn column) {
    return request.columns().isEmpty()
        || request.columns().stream()
            .anyMatch(asked -> asked.searchable() && asked.data().equals(column.name()));
  }

  private @Nullable TableColumn column(Column asked, String parameter) {
    TableColumn column = columns.get(asked.data());
    if (column == null && !asked.data().isEmpty()) {
      throw new TableRequestException(
          parameter, "names no column of this table", "Send the name of a column that it has.");
    }
    return column;
  }

  private String requireShort(String parameter, String term) {
    if (term.length() > maximumTerm) {
      throw new TableRequestException(
          parameter, "is too long", "Search for at most " + maximumTerm + " characters.");
    }
    return term;
  }
}
