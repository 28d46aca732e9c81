package dev.outgrow.query.table;

import java.util.List;
import java.util.Map;

/**
 * What a browser's table asks for, in DataTables' protocol for server-side processing: as its
 * request has it, and checked for its form alone. Which columns there are, {@link ServerTable}
 * knows.
 *
 * <p>Both forms are read strictly. A parameter of the protocol that is missing, doubled, malformed
 * or unknown is refused, with a {@link TableRequestException}; so are regular expressions and the
 * filters of extensions, which would otherwise be left out in silence. Other parameters are the
 * application's own and are not looked at.
 *
 * <p><em>Immutable.</em>
 *
 * @param draw the number that the answer repeats
 * @param start the first row, from 0
 * @param length how many rows
 * @param terms what all searchable columns are searched for; a row must match each
 * @param columns the columns as the browser has them
 * @param order what is sorted by, the first one first
 * @since 0.1
 */
public record TableRequest(
    int draw, int start, int length, List<String> terms, List<Column> columns, List<Order> order) {

  /**
   * A column as the browser has it.
   *
   * <p><em>Immutable.</em>
   *
   * @param data the name of the column; empty if it shows nothing of the table
   * @param searchable whether the common search looks at it
   * @param orderable whether it can be sorted by
   * @param terms what it is searched for; a row must match each
   * @since 0.1
   */
  public record Column(String data, boolean searchable, boolean orderable, List<String> terms) {
    /** Keeps the terms as they are now. */
    public Column {
      terms = List.copyOf(terms);
    }
  }

  /**
   * One part of the order.
   *
   * <p><em>Immutable.</em>
   *
   * @param column the position among the columns, from 0
   * @param descending whether large comes first
   * @since 0.1
   */
  public record Order(int column, boolean descending) {}

  /** Keeps the lists as they are now. */
  public TableRequest {
    terms = List.copyOf(terms);
    columns = List.copyOf(columns);
    order = List.copyOf(order);
  }

  /**
   * Reads the parameters of a query string or a form, {@code columns[0][data]=name} and so on.
   *
   * @param parameters the decoded names and values, as {@code getParameterMap()} has them
   * @throws TableRequestException if they are not in the protocol
   */
  public static TableRequest parse(Map<String, String[]> parameters) {
    return RequestReader.read(Parameters.of(parameters));
  }

  /**
   * Reads a JSON object, {@code {"draw": 1, "columns": [{"data": "name", …}], …}}.
   *
   * @param json the text
   * @throws TableRequestException if it is no JSON or not in the protocol
   */
  public static TableRequest parseJson(String json) {
    return RequestReader.read(Parameters.ofJson(json));
  }
}
