package dev.outgrow.migration.safety;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows that are there and that a constraint, which a script adds, does not accept.
 *
 * <p><em>Immutable.</em>
 *
 * @param chain the chain
 * @param script the script's file name
 * @param line the line of the statement that adds the constraint, from 1
 * @param table the table, quoted
 * @param what what is wrong with the rows: {@code refer to no row of "users"}
 * @param count how many rows
 * @param columns what the examples are values of; empty if the table has no key
 * @param examples up to 5 of them, each with a value for each of the columns
 * @param fails whether the statement is sure to fail: nothing that runs before it changes rows, and
 *     it looks at all of them
 * @since 0.1
 */
public record Offenders(
    String chain,
    String script,
    int line,
    String table,
    String what,
    long count,
    List<String> columns,
    List<List<String>> examples,
    boolean fails) {
  /** Copies the lists. */
  public Offenders {
    columns = List.copyOf(columns);
    examples = examples.stream().map(List::copyOf).toList();
  }

  /** Returns it for people, in one line. */
  public String text() {
    String head =
        script
            + ", line "
            + line
            + ", of chain "
            + chain
            + ": "
            + count
            + (count == 1 ? " row of " : " rows of ")
            + table
            + " "
            + what;
    return head + (examples.isEmpty() ? "." : ", for example those with " + shown() + ".");
  }

  private String shown() {
    String keys =
        examples.stream().map(key -> String.join("/", key)).collect(Collectors.joining(", "));
    return String.join("/", columns) + " " + keys;
  }
}
