package dev.outgrow.importer.report;

import dev.outgrow.importer.plan.Phase;
import java.util.List;

/**
 * When one phase of an import was. A phase can come again: rows that contradict what was supposed
 * of a table have it made and loaded anew.
 *
 * <p><em>Immutable.</em>
 *
 * @param phase the phase
 * @param begin milliseconds from the begin of the import
 * @param millis milliseconds it took
 * @param tables when each table was in it; empty where it does not go table by table
 * @since 0.1
 */
public record PhaseTime(Phase phase, long begin, long millis, List<TableTime> tables) {

  /** Copies the list. */
  public PhaseTime {
    tables = List.copyOf(tables);
  }
}
