package dev.outgrow.query.parity;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a comparison found.
 *
 * <p><em>Immutable.</em>
 *
 * @param leftRows how many rows the left side has
 * @param rightRows how many rows the right side has
 * @param differing how many places differ
 * @param differences the first of them, at most 100
 * @since 0.1
 */
public record ParityReport(
    long leftRows, long rightRows, long differing, List<Difference> differences) {
  /** Keeps the differences as they are now. */
  public ParityReport {
    differences = List.copyOf(differences);
  }

  /** Returns whether both sides have equal rows. */
  public boolean equal() {
    return differing == 0;
  }

  /** Returns the report for people; it shows the rows that differ. */
  @Override
  public String toString() {
    String head = leftRows + " rows left, " + rightRows + " right, " + differing + " differ";
    return differences.stream()
        .map(
            each ->
                "\n"
                    + each.position()
                    + " "
                    + each.columns()
                    + "\n  left:  "
                    + each.left()
                    + "\n  right: "
                    + each.right())
        .collect(Collectors.joining("", head, ""));
  }
}
