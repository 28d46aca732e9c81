package dev.outgrow.query.table;

import dev.outgrow.query.table.TableRequest.Column;
import dev.outgrow.query.table.TableRequest.Order;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the protocol, and refuses whatever is not of it. */
final class RequestReader {
  private static final int MOST_COLUMNS = 256;
  private static final int MOST_ORDERS = 32;
  private static final int MOST_FIXED = 16;
  private static final String FUNCTION = "function";

  private final Parameters parameters;

  private RequestReader(Parameters parameters) {
    this.parameters = parameters;
  }

  static TableRequest read(Parameters parameters) {
    RequestReader reader = new RequestReader(parameters);
    TableRequest request =
        new TableRequest(
            reader.number("draw"),
            reader.number("start"),
            reader.length(),
            reader.terms("search"),
            reader.columns(),
            reader.orders());
    parameters.requireAllTaken();
    return request;
  }

  private int length() {
    String value = parameters.take("length");
    if ("-1".equals(value)) {
      throw new TableRequestException(
          "length", "asks for all rows at once", "Ask for pages: a length of 1 or more.");
    }
    return number("length", value);
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    while (columns.size() < MOST_COLUMNS && parameters.has("columns[" + columns.size() + "]")) {
      String path = "columns[" + columns.size() + "]";
      String data = text(path + "[data]");
      text(path + "[name]");
      columns.add(
          new Column(
              data,
              truth(path + "[searchable]", true),
              truth(path + "[orderable]", true),
              terms(path + "[search]")));
    }
    return columns;
  }

  private List<Order> orders() {
    List<Order> orders = new ArrayList<>();
    while (orders.size() < MOST_ORDERS && parameters.has("order[" + orders.size() + "]")) {
      String path = "order[" + orders.size() + "]";
      int column = number(path + "[column]");
      text(path + "[name]");
      orders.add(new Order(column, descending(path + "[dir]")));
    }
    return orders;
  }

  /** The term itself, and those that the page's own script fixed. */
  private List<String> terms(String path) {
    List<String> terms = new ArrayList<>();
    if (truth(path + "[regex]", false)) {
      throw new TableRequestException(
          path + "[regex]", "asks for a regular expression", "Search for plain text.");
    }
    addTerm(terms, path + "[value]");
    String fixed = path + "[fixed]";
    for (int i = 0; i < MOST_FIXED && parameters.has(fixed + "[" + i + "]"); i++) {
      text(fixed + "[" + i + "][name]");
      addTerm(terms, fixed + "[" + i + "][term]");
      if (terms.contains(FUNCTION)) {
        throw new TableRequestException(
            fixed, "holds a function, which stays in the browser", "Fix text and not functions.");
      }
    }
    return terms;
  }

  private void addTerm(List<String> terms, String name) {
    String term = text(name);
    if (!term.isEmpty()) {
      terms.add(term);
    }
  }

  /** A text, empty if there is none; refused if no database could hold it. */
  private String text(String name) {
    String value = parameters.take(name);
    if (value == null) {
      return "";
    }
    if (value.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw new TableRequestException(
          name, "holds characters that no text has", "Send text without NUL or half characters.");
    }
    return value;
  }

  private boolean truth(String name, boolean otherwise) {
    String value = parameters.take(name);
    if (value == null) {
      return otherwise;
    }
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new TableRequestException(name, "is no truth value", "Send true or false.");
    };
  }

  private boolean descending(String name) {
    String value = parameters.take(name);
    return switch (value == null ? "" : value) {
      case "asc" -> false;
      case "desc" -> true;
      default -> throw new TableRequestException(name, "is no direction", "Send asc or desc.");
    };
  }

  private int number(String name) {
    return number(name, parameters.take(name));
  }

  /** By the letter: Java would also read a plus sign and the digits of other scripts. */
  private static int number(String name, @Nullable String value) {
    if (value == null || !value.matches("[0-9]{1,9}")) {
      throw new TableRequestException(
          name, "is no number that can be used", "Send a number from 0 to 999999999.");
    }
    return Integer.parseInt(value);
  }
}
