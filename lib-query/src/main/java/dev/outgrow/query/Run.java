package dev.outgrow.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps one after the other that are equally long, so that a division finds one of them.
 *
 * @param position the number of the first of them
 * @param begin where it begins
 * @param first that, in the column's unit
 * @param length how long each is, in that unit; only the last step of all may be shorter
 * @param count how many they are
 */
record Run(int position, Instant begin, long first, long length, int count) {

  /** The fewest runs that steps make, of which the last ends at {@code to}. */
  static List<Run> of(List<Instant> begins, Instant to, Storage storage) {
    List<Run> runs = new ArrayList<>();
    Run current = null;
    for (int i = 0; i < begins.size(); i++) {
      boolean last = i + 1 == begins.size();
      long first = storage.units(begins.get(i));
      long length = storage.units(last ? to : begins.get(i + 1)) - first;
      if (current != null && (length == current.length || (last && length < current.length))) {
        current = current.longer();
        runs.set(runs.size() - 1, current);
      } else {
        current = new Run(i, begins.get(i), first, length, 1);
        runs.add(current);
      }
    }
    return runs;
  }

  private Run longer() {
    return new Run(position, begin, first, length, count + 1);
  }
}
