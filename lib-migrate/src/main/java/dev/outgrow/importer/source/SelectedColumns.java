package dev.outgrow.importer.source;

import java.util.List;

/**
 * Walks over rows of which only some columns are carried. Rows keep their keys, whatever is left
 * out. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class SelectedColumns implements RowCursor, SourceRow {
  private final RowCursor all;
  private final SourceRow row;
  private final int[] positions;

  private SelectedColumns(RowCursor all, int[] positions) {
    this.all = all;
    this.row = all.row();
    this.positions = positions;
  }

  /** Returns a cursor over these columns, which closes the other one when it is closed. */
  public static RowCursor of(RowCursor all, List<Integer> positions) {
    return new SelectedColumns(all, positions.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public boolean next() {
    return all.next();
  }

  @Override
  public SourceRow row() {
    return this;
  }

  @Override
  public void close() {
    all.close();
  }

  @Override
  public StorageClass storageClass(int column) {
    return row.storageClass(positions[column]);
  }

  @Override
  public long integer(int column) {
    return row.integer(positions[column]);
  }

  @Override
  public double real(int column) {
    return row.real(positions[column]);
  }

  @Override
  public byte[] bytes(int column) {
    return row.bytes(positions[column]);
  }

  @Override
  public boolean isValidText(int column) {
    return row.isValidText(positions[column]);
  }

  @Override
  public byte[] array(int column) {
    return row.array(positions[column]);
  }

  @Override
  public int offset(int column) {
    return row.offset(positions[column]);
  }

  @Override
  public boolean isLarge(int column) {
    return row.isLarge(positions[column]);
  }

  @Override
  public long length(int column) {
    return row.length(positions[column]);
  }

  @Override
  public CellStream stream(int column) {
    return row.stream(positions[column]);
  }

  @Override
  public int columns() {
    return positions.length;
  }

  @Override
  public String key() {
    return row.key();
  }
}
