package dev.outgrow.examples.wizard;

import dev.outgrow.importer.plan.Phase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far the work is.
 *
 * <p><em>Immutable.</em>
 *
 * @param task what is done
 * @param name the file, as people call it
 * @param phase the part of an import; null before the first
 * @param table the table it is at; empty where it is at none
 * @param rows rows that are done in this part
 * @param total rows there are; 0 where that is not known
 * @param rate rows in a second; 0 while that is not known
 * @param left the time until the part ends; null while that is not known
 * @param note what was worth a sentence last; empty if nothing was
 * @param stopping whether somebody has cancelled it
 * @since 0.1
 */
public record Progressing(
    Task task,
    String name,
    @Nullable Phase phase,
    String table,
    long rows,
    long total,
    long rate,
    @Nullable Duration left,
    String note,
    boolean stopping) {

  static Progressing begin(Task task, String name) {
    return new Progressing(task, name, null, "", 0, 0, 0, null, "", false);
  }

  /** Returns how much of this part is done, 0 to 100; -1 where that is not known. */
  public int percent() {
    return total == 0 ? -1 : (int) Math.min(100, rows * 100 / total);
  }

  Progressing noting(String sentence) {
    return new Progressing(task, name, phase, table, rows, total, rate, left, sentence, stopping);
  }

  Progressing stopped() {
    return new Progressing(task, name, phase, table, rows, total, rate, left, note, true);
  }
}
