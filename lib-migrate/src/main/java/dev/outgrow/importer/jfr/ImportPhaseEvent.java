package dev.outgrow.importer.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One phase of an import. */
@Name("dev.outgrow.ImportPhase")
@Label("Import Phase")
@Category("Outgrow")
@Description("One phase of an import")
@StackTrace(false)
final class ImportPhaseEvent extends Event {
  @Label("Phase")
  String phase = "";

  @Label("Rows")
  long rows;

  @Label("Bytes")
  @Description("Bytes sent to PostgreSQL")
  @DataAmount(DataAmount.BYTES)
  long bytes;

  @Label("Completed")
  boolean completed;
}
