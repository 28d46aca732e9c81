package dev.outgrow.importer.sqlite;

import dev.outgrow.importer.page.PageTable;
import dev.outgrow.importer.page.Value;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConnection;

/**
 * Asks SQLite for the values of columns that were added to a table with rows. What the definition
 * says is not always what SQLite makes of it, and one row tells it for all.
 */
record AddedColumns(
    Path file, SQLiteConnection connection, TableAccess access, TextEncoding encoding)
    implements PageTable.Added {
  @Override
  public Optional<Value> value(int column, long rowid) {
    String name = TableAccess.rowidName(access.table(), true);
    if (name == null) {
      return Optional.empty();
    }
    TableAccess one =
        access
            .selecting(List.of(access.selected().get(column)))
            .where(TableAccess.ALIAS + "." + name + " = " + rowid);
    try (SqliteRowCursor rows = SqliteRowCursor.open(file, connection, one, encoding)) {
      return rows.next() ? Optional.of(value(rows.row())) : Optional.empty();
    }
  }

  private static Value value(SourceRow row) {
    StorageClass stored = row.storageClass(0);
    return switch (stored) {
      case NULL -> Value.NULL;
      case INTEGER -> new Value(stored, row.integer(0), row.integer(0), new byte[0]);
      case REAL -> new Value(stored, 0, row.real(0), new byte[0]);
      case TEXT, BLOB -> new Value(stored, 0, 0, row.bytes(0));
    };
  }
}
