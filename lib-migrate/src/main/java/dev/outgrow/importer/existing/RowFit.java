package dev.outgrow.importer.existing;

import dev.outgrow.error.ValueException;
import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.source.CellTest;
import dev.outgrow.importer.source.Reading.Form;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.source.Trait;
import dev.outgrow.schema.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the cells of a row that the table which is there does not take, as far as looking at the
 * row tells: what only the server knows of its types is not among it, nor what a rule reads.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class RowFit {
  private final String table;
  private final List<Cell> cells = new ArrayList<>();

  private RowFit(LandedTable landed) {
    this.table = landed.mapping().source();
    for (ColumnMapping column : landed.mapping().columns()) {
      ExistingColumn there =
          landed.existing().columns().stream()
              .filter(c -> c.name().equals(column.target()))
              .findFirst()
              .orElseThrow();
      boolean nullable =
          landed.existing().table().column(column.target()).map(Column::nullable).orElse(true);
      Trait trait = ColumnFit.of(there).traitFor(there);
      cells.add(new Cell(column, there, nullable, trait, trait.test()));
    }
  }

  /** Makes a test for the rows of a table. */
  public static RowFit of(LandedTable table) {
    return new RowFit(table);
  }

  /** Returns the cells that do not fit, in the order of the columns. */
  public List<ValueException> misfits(SourceRow row) {
    List<ValueException> misfits = new ArrayList<>(0);
    for (int i = 0; i < cells.size(); i++) {
      String reason = cells.get(i).reason(row, i);
      if (!reason.isEmpty()) {
        misfits.add(
            new ValueException(
                table,
                cells.get(i).column().source(),
                row.key(),
                reason,
                "Mend the value in the SQLite file, or the column in PostgreSQL."));
      }
    }
    return misfits;
  }

  /** One column, and what its cells have to be. */
  private record Cell(
      ColumnMapping column, ExistingColumn there, boolean nullable, Trait trait, CellTest test) {

    /** Returns why a cell does not fit; empty where it does. */
    String reason(SourceRow row, int position) {
      if (isNull(row, position)) {
        return nullable ? "" : "it is null, which the column refuses";
      }
      boolean fits = column.reading().form() != Form.STORED || test.holds(row, position);
      return fits
          ? ""
          : "it is not "
              + trait.words()
              + ", which "
              + there.type()
              + " has to be"
              + hint(row, position);
    }

    private boolean isNull(SourceRow row, int position) {
      StorageClass stored = row.storageClass(position);
      return stored == StorageClass.NULL
          || (stored == StorageClass.TEXT
              && column.reading().emptyIsNull()
              && row.length(position) == 0);
    }

    private String hint(SourceRow row, int position) {
      StorageClass stored = row.storageClass(position);
      boolean number = stored == StorageClass.INTEGER || stored == StorageClass.REAL;
      return number && ValueFit.isOfMoments(column.type())
          ? "; a rule can say what a number counts (--rules)"
          : "";
    }
  }
}
