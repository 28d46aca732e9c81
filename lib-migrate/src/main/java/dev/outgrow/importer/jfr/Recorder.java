package dev.outgrow.importer.jfr;

import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.progress.ProgressListener;

/** The events of one import, in a class of its own that is loaded only where Flight Recorder is. */
final class Recorder implements ProgressListener {
  private ImportPhaseEvent phase = new ImportPhaseEvent();
  private ImportTableEvent table = new ImportTableEvent();
  private boolean inTable;

  @Override
  public void progressed(Progress progress) {
    switch (progress.event()) {
      case PHASE_BEGINS -> {
        phase = new ImportPhaseEvent();
        phase.begin();
        inTable = false;
      }
      case TABLE_BEGINS -> {
        table = new ImportTableEvent();
        table.table = progress.table();
        table.begin();
        inTable = true;
      }
      case ROWS -> noted(progress);
      case TABLE_ENDS -> table(progress, true);
      case PHASE_ENDS -> phase(progress, true);
      case FAILED -> {
        if (inTable) {
          table.phase = progress.phase().word();
          table.commit();
        }
        phase(progress, false);
      }
      case DONE -> {}
    }
  }

  /** What a table that fails had come to. */
  private void noted(Progress progress) {
    if (inTable) {
      table.rows = progress.tableRows();
      table.bytes = progress.tableBytes();
    }
  }

  private void table(Progress progress, boolean completed) {
    table.phase = progress.phase().word();
    table.rows = progress.tableRows();
    table.bytes = progress.tableBytes();
    table.completed = completed;
    table.commit();
    inTable = false;
  }

  private void phase(Progress progress, boolean completed) {
    phase.phase = progress.phase().word();
    phase.rows = progress.rows();
    phase.bytes = progress.bytes();
    phase.completed = completed;
    phase.commit();
  }
}
