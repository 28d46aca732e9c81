package dev.outgrow.importer.page;

import java.util.List;

/**
 * How the records of one table are laid out.
 *
 * <p><em>Immutable.</em>
 *
 * @param root the page of the root of its tree
 * @param rowids whether it has rowids; otherwise its records are ordered by its key
 * @param columns its columns in the order of its definition
 * @since 0.1
 */
public record TableShape(int root, boolean rowids, List<Field> columns) {
  /** Copies the list. */
  public TableShape {
    columns = List.copyOf(columns);
  }

  /** Returns how many fields a record has at most. */
  int fields() {
    return columns.stream().mapToInt(Field::position).max().orElse(-1) + 1;
  }

  /**
   * Where a column's value is.
   *
   * <p><em>Immutable.</em>
   *
   * @param position the place among the fields of a record, from 0
   * @param rowid whether the value is the rowid; the field is null then
   * @param real whether whole numbers, which are stored as such to save room, are meant as reals
   * @since 0.1
   */
  public record Field(int position, boolean rowid, boolean real) {}
}
