package dev.outgrow.benchmarks.importing;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The runs of one way on one dataset.
 *
 * @param dataset what was carried
 * @param way how
 * @param rows how many rows it has
 * @param runs one for each round
 */
record Result(Dataset dataset, Way way, long rows, List<Run> runs) {

  /** Returns the median of the runs, whatever became of their rows. */
  double median(ToDoubleFunction<Run> figure) {
    double[] values = runs.stream().mapToDouble(figure).sorted().toArray();
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  double seconds() {
    return median(Run::seconds);
  }

  double clientMicrosPerRow() {
    return median(run -> run.client().cpuSeconds()) * 1e6 / rows;
  }

  /** Returns whether each run carried all rows as they are. */
  boolean isEqual() {
    return runs.stream().allMatch(Run::isEqual);
  }

  /** Returns what the first said that was not equal, or that all were. */
  String verdict() {
    return runs.stream()
        .filter(run -> !run.isEqual())
        .map(Run::verdict)
        .findFirst()
        .orElse(Run.EQUAL);
  }
}
