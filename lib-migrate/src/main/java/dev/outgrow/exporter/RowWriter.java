package dev.outgrow.exporter;

import java.io.IOException;
import java.sql.SQLException;

/** Writes the rows of one table. <em>Not thread-safe.</em> */
interface RowWriter {

  /** Begins a row, and returns what takes its values in the order of the columns. */
  CellSink begin();

  /**
   * Ends the row.
   *
   * @param pieces where the values come from that are not in memory as a whole, one after the other
   * @return false if it could not be written, because the rows do not come in the order that was
   *     hoped for; then they have to be written anew
   */
  boolean end(Pieces pieces) throws IOException, SQLException;

  /** Ends the table. */
  void finish() throws IOException, SQLException;
}
