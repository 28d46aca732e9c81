package dev.outgrow.importer.postgres;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.importer.existing.Append;
import dev.outgrow.importer.existing.ExistingSchema;
import dev.outgrow.importer.existing.LandedTable;
import dev.outgrow.importer.plan.Question;
import dev.outgrow.importer.reject.NumberedRows;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.verify.TableVerdict;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * The tables that a target has already: what they are, whether they take the rows that are staged
 * for them, and whether they hold those of the source. Nothing here changes them.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class TargetTables {
  private static final String ASKING = "Asking whether the tables that are there take every row";

  private final ImportSession session;
  private final Loader loader;
  private final String schema;

  TargetTables(ImportSession session, Loader loader, String schema) {
    this.session = session;
    this.loader = loader;
    this.schema = schema;
  }

  /** Returns the tables as they are now, with all that is needed to fill them. */
  public ExistingSchema read() {
    try {
      return ExistingTables.read(session.connection(), schema);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Looking at the tables of schema " + schema);
    }
  }

  /** Asks the server about the staged rows, and returns what is wrong with them. */
  public List<Answer> ask(List<Question> questions) {
    try {
      return new Questioning(session.connection()).ask(questions);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, ASKING);
    }
  }

  /**
   * Begins to read what a query says of staged rows. Nothing else may be done until it is closed.
   */
  public NumberedRows say(String query) {
    return ServerRows.open(session.connection(), query, ASKING);
  }

  /**
   * Compares a table that is there with the source, as it is now. Nothing stays that this writes.
   *
   * @param table the table
   * @param append whether it may hold other rows as well
   * @param rows walks over the source's rows, more than once if they differ
   * @param progress is told every few thousand rows how many were read back
   */
  public TableVerdict compare(
      LandedTable table, Append append, Supplier<RowCursor> rows, LongConsumer progress) {
    try {
      ExistingComparison comparison = new ExistingComparison(session, loader, schema);
      return append == Append.NONE
          ? comparison.compare(table, rows, progress)
          : comparison.compareAmongOthers(table, rows, progress);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Comparing table " + table.existing().name());
    }
  }
}
