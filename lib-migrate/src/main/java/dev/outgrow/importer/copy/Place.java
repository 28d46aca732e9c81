package dev.outgrow.importer.copy;

import dev.outgrow.error.ValueException;
import dev.outgrow.importer.source.SourceRow;

/**
 * Where an encoder stands, for its complaints.
 *
 * @param table the source table
 * @param column the source column
 */
record Place(String table, String column) {

  ValueException misfit(SourceRow row, String reason, String remedy) {
    return new ValueException(table, column, row.key(), reason, remedy);
  }

  /**
   * Complains of a cell whose storage class the column was found not to hold when the import was
   * planned.
   */
  ValueException unexpected(SourceRow row, int position, String type) {
    return unexpectedValue(row, row.storageClass(position).word(), type);
  }

  /** The same of a cell whose value is not one of the type. */
  ValueException unexpectedValue(SourceRow row, String held, String type) {
    return misfit(
        row,
        "it holds " + held + ", which was not there when the column became " + type,
        "Run the import again; the file seems to have changed.");
  }

  /** Complains of a cell that the rule of its column has no meaning for. */
  ValueException unlikeRule(SourceRow row, String reason) {
    return misfit(
        row,
        reason + ", so it does not fit the rule of its column",
        "Change the rule, or mend the value in the SQLite file.");
  }
}
