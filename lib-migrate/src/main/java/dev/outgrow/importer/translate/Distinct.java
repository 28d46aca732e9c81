package dev.outgrow.importer.translate;

import java.util.ArrayList;
import java.util.List;

/**
 * How a select leaves out rows that it has answered already.
 *
 * @param clause what stands before the list of columns
 * @param order the order that it needs, in which the first of equal rows is the one that stays
 */
record Distinct(String clause, String order) {
  private static final Distinct NONE = new Distinct("", "");

  /**
   * Returns how a select does so. Rows whose texts only a collation takes for equal are one; which
   * of them SQLite keeps is up to SQLite, here it is the first one in the order of the bytes.
   */
  static Distinct of(Query.Select select, List<Output> outputs) throws RefusedException {
    if (!select.distinct()) {
      return NONE;
    }
    if (outputs.stream().allMatch(o -> Outputs.isBinary(o.typed()))) {
      return new Distinct("DISTINCT ", "");
    }
    List<String> keys = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Output output : outputs) {
      keys.add(Orders.key(output.typed(), select.at()));
      if (!Outputs.isBinary(output.typed())) {
        texts.add(output.typed().sql() + " COLLATE \"C\"");
      }
    }
    String on = String.join(", ", keys);
    return new Distinct(
        "DISTINCT ON (" + on + ") ", " ORDER BY " + on + ", " + String.join(", ", texts));
  }
}
