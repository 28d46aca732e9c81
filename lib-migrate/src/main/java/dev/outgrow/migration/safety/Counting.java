package dev.outgrow.migration.safety;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Counts rows and takes a few of them as examples. */
final class Counting {
  private static final int EXAMPLES = 5;

  private final Scene scene;
  private final LiveTable table;

  Counting(Scene scene, LiveTable table) {
    this.scene = scene;
    this.table = table;
  }

  void report(String from, List<String> columns, List<String> values, String what, boolean fails) {
    report("count(*)", from, columns, values, what, fails);
  }

  /**
   * Reports rows, if there are any.
   *
   * @param count what counts them
   * @param from the rest of the query, from {@code FROM} on
   * @param columns what the examples are called
   * @param values the examples' SQL
   */
  void report(
      String count,
      String from,
      List<String> columns,
      List<String> values,
      String what,
      boolean fails) {
    if (table.rows() == 0) {
      return;
    }
    String doing =
        scene.script().script().file() + ": counting the rows of " + table.sql() + " that " + what;
    List<List<String>> counted = scene.live().rows(doing, "SELECT " + count + from);
    long rows = counted == null ? 0 : Long.parseLong(counted.get(0).get(0));
    if (rows == 0) {
      return;
    }
    List<List<String>> examples = null;
    if (!values.isEmpty()) {
      String list = String.join(", ", values);
      examples =
          scene
              .live()
              .rows(
                  doing,
                  "SELECT DISTINCT "
                      + list
                      + from
                      + " ORDER BY "
                      + places(values.size())
                      + " LIMIT "
                      + EXAMPLES);
    }
    scene.report(
        table,
        what,
        new Scene.Count(rows, columns, examples == null ? List.of() : examples),
        fails);
  }

  private static String places(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", "));
  }
}
