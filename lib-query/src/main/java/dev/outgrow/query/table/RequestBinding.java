package dev.outgrow.query.table;

import dev.outgrow.query.table.TableRequest.Column;
import dev.outgrow.query.table.TableRequest.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;

/** Looks a request's columns up on the white list. */
record RequestBinding(Map<String, TableColumn> columns, int maximumLength, int maximumTerm) {

  List<String> names() {
    return List.copyOf(columns.keySet());
  }

  List<Field<?>> fields() {
    List<Field<?>> fields = new ArrayList<>();
    columns.values().forEach(column -> fields.add(column.shown().as(column.name())));
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

  /** Returns what the request searches for; asks lookups which of their rows it finds. */
  Condition search(TableRequest request, DSLContext ctx) {
    Matches own = new Matches();
    for (int i = 0; i < request.columns().size(); i++) {
      own(request.columns().get(i), "columns[" + i + "]", ctx.dialect(), own);
    }
    List<Matches> common =
        request.terms().stream()
            .map(term -> common(request, requireShort("search[value]", term), ctx.dialect()))
            .toList();
    Condition search = own.all(ctx);
    for (Matches each : common) {
      search = search.and(each.any(ctx));
    }
    return search;
  }

  /** Returns what is sorted by, as a field of each column. */
  List<OrderField<?>> order(TableRequest request, Function<TableColumn, Field<?>> fieldOf) {
    List<OrderField<?>> fields = new ArrayList<>();
    for (int i = 0; i < request.order().size(); i++) {
      Order order = request.order().get(i);
      String parameter = "order[" + i + "][column]";
      TableColumn column = ordered(request, order.column(), parameter);
      Field<?> field = fieldOf.apply(column);
      fields.add(order.descending() ? field.desc() : field.asc());
    }
    return fields;
  }

  /** Returns what is sorted by first. */
  Optional<TableColumn> first(TableRequest request) {
    return request.order().stream()
        .findFirst()
        .map(order -> ordered(request, order.column(), "order[0][column]"));
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

  private void own(Column asked, String path, SQLDialect dialect, Matches matches) {
    TableColumn column = column(asked, path + "[data]");
    for (String term : asked.terms()) {
      if (column == null || column.search() == Search.NONE) {
        throw new TableRequestException(
            path + "[search][value]",
            "searches a column that cannot be searched",
            "Leave it empty.");
      }
      requireShort(path + "[search][value]", term);
      matches.add(column, column.matches(term, dialect));
    }
  }

  /** The columns that the request leaves in; all of them, if it names none. */
  private Matches common(TableRequest request, String term, SQLDialect dialect) {
    Matches matches = new Matches();
    for (TableColumn column : columns.values()) {
      if (leavesIn(request, column)) {
        column.matchesCommon(term, dialect).ifPresent(each -> matches.add(column, each));
      }
    }
    return matches;
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
