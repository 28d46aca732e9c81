package dev.outgrow.importer.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One table in a phase of an import. */
@Name("dev.outgrow.ImportTable")
@Label("Import Table")
@Category("Outgrow")
@Description("One table in a phase of an import")
@StackTrace(false)
final class ImportTableEvent extends Event {
  @Label("Table")
  @Description("The table in SQLite")
  String table = "";

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
