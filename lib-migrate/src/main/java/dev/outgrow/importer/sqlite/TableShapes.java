package dev.outgrow.importer.sqlite;

import dev.outgrow.database.catalog.SqliteTable;
import dev.outgrow.importer.page.TableShape;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Generated;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.PrimaryKey;
import dev.outgrow.sql.sqlite.Affinity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says where in its records a table has its columns. */
final class TableShapes {
  private TableShapes() {}

  /**
   * Returns it.
   *
   * @param table the table
   * @param access which column is another name for the rowid
   * @param root the page of the root of its tree; 0 if there is none
   * @return nothing if a column is not in the records, or it cannot be told where
   */
  static Optional<TableShape> of(SqliteTable table, TableAccess access, int root) {
    List<Column> columns = table.table().columns();
    if (root < 1
        || !table.unread().isEmpty()
        || columns.stream().anyMatch(c -> isComputed(c.generated()))) {
      return Optional.empty();
    }
    List<Integer> order = table.withoutRowid() ? keyFirst(table) : positions(columns);
    if (order.size() != columns.size()) {
      return Optional.empty();
    }
    int rowid = table.withoutRowid() ? -1 : access.identityPosition();
    List<TableShape.Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      boolean real = Affinity.of(columns.get(i).type()) == Affinity.REAL;
      fields.add(new TableShape.Field(order.indexOf(i), i == rowid, real));
    }
    return Optional.of(new TableShape(root, !table.withoutRowid(), fields));
  }

  private static boolean isComputed(@Nullable Generated generated) {
    return generated != null && !generated.stored();
  }

  private static List<Integer> positions(List<Column> columns) {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      positions.add(i);
    }
    return positions;
  }

  /**
   * Returns the columns in the order of the records: those of the key come first. Where one is in
   * the key twice, the list is not as long as that of the columns.
   */
  private static List<Integer> keyFirst(SqliteTable table) {
    List<String> names =
        table.table().columns().stream().map(c -> Identifier.folded(c.name())).toList();
    PrimaryKey key = table.table().primaryKey();
    List<Integer> order = new ArrayList<>();
    if (key != null) {
      key.columns().forEach(c -> order.add(names.indexOf(Identifier.folded(c))));
    }
    for (int i = 0; i < names.size(); i++) {
      if (!order.contains(i)) {
        order.add(i);
      }
    }
    return order;
  }
}
