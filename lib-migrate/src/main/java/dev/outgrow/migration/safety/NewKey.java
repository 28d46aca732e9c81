package dev.outgrow.migration.safety;

import dev.outgrow.migration.statement.Name;
import dev.outgrow.migration.statement.Reader;
import dev.outgrow.migration.statement.Statement;
import dev.outgrow.migration.statement.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows that have a value in common which a new key wants only once. */
final class NewKey {
  private static final String[][] ORDERS = {
    {"asc"}, {"desc"}, {"nulls", "first"}, {"nulls", "last"}
  };

  private final Scene scene;
  private final LiveTable table;

  NewKey(Scene scene, LiveTable table) {
    this.scene = scene;
    this.table = table;
  }

  /**
   * Reads on behind UNIQUE, PRIMARY KEY, or the table of an index.
   *
   * @param fails whether the statement fails if there are such rows
   */
  void unique(Statement statement, Reader words, boolean fails) {
    boolean nullsToo =
        statement.has("distinct") && new Reader(statement).find("nulls", "not", "distinct");
    words.accept("nulls", "distinct");
    words.accept("nulls", "not", "distinct");
    if (words.accept("using")) {
      if (words.accept("index")) {
        return;
      }
      words.name();
    }
    List<Token> bracket = words.bracket();
    if (bracket == null) {
      return;
    }
    List<String> parts = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (List<Token> part : new Reader(statement, bracket).parts()) {
      String value = value(statement, part);
      if (value == null) {
        return;
      }
      parts.add(value);
      names.add(value);
    }
    String where = words.find("where") ? "(" + statement.slice(words.rest()) + ")" : "";
    report(parts, names, where, nullsToo, fails);
  }

  /** An operator class or a collation decides itself what is equal, so it is left to the server. */
  private static @Nullable String value(Statement statement, List<Token> part) {
    Reader words = new Reader(statement, part);
    String value;
    List<Token> expression = words.bracket();
    if (expression != null) {
      value = "(" + statement.slice(expression) + ")";
    } else {
      Name name = words.name();
      if (name == null) {
        return null;
      }
      List<Token> arguments = words.bracket();
      value =
          arguments == null ? name.text() : name.text() + "(" + statement.slice(arguments) + ")";
    }
    for (String[] order : ORDERS) {
      words.accept(order);
    }
    return words.peek() == null ? value : null;
  }

  private void report(
      List<String> parts, List<String> names, String where, boolean nullsToo, boolean fails) {
    List<String> conditions = new ArrayList<>();
    if (!nullsToo) {
      parts.forEach(part -> conditions.add(part + " IS NOT NULL"));
    }
    if (!where.isEmpty()) {
      conditions.add(where);
    }
    String list = String.join(", ", parts);
    String filter = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    String columns =
        java.util.stream.IntStream.range(0, parts.size())
            .mapToObj(i -> parts.get(i) + " AS k" + i)
            .collect(Collectors.joining(", "));
    String twice =
        " FROM (SELECT "
            + columns
            + ", count(*) AS n FROM "
            + table.sql()
            + filter
            + " GROUP BY "
            + list
            + " HAVING count(*) > 1) d";
    List<String> keys =
        java.util.stream.IntStream.range(0, parts.size()).mapToObj(i -> "k" + i).toList();
    new Counting(scene, table)
        .report(
            "coalesce(sum(n), 0)",
            twice,
            names,
            keys,
            "have the same " + String.join(", ", names),
            fails);
  }
}
