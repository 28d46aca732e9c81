package dev.outgrow.examples.statistics;

import java.util.List;

/**
 * The numbers of a chart: lines over the same steps.
 *
 * <p><em>Immutable.</em>
 *
 * @param labels what the steps are called, in order
 * @param lines the lines, each with a number for each step
 * @since 0.1
 */
public record Lines(List<String> labels, List<Line> lines) {
  /**
   * One line.
   *
   * @param name what it counts
   * @param values a number for each step
   */
  public record Line(String name, List<Long> values) {
    /** Copies the numbers. */
    public Line {
      values = List.copyOf(values);
    }

    /** Returns the greatest of its numbers, 0 if there are none. */
    public long greatest() {
      return values.stream().mapToLong(Long::longValue).max().orElse(0);
    }
  }

  /** Copies the lists. */
  public Lines {
    labels = List.copyOf(labels);
    lines = List.copyOf(lines);
  }
}
