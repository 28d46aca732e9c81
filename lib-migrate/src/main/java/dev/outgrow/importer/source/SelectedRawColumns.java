package dev.outgrow.importer.source;

import java.util.List;
import java.util.function.Consumer;

/**
 * Walks over rows as they are stored, of which only some columns are handed out.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class SelectedRawColumns implements RawCursor, RawRow {
  private final RawCursor all;
  private final int[] positions;

  private SelectedRawColumns(RawCursor all, int[] positions) {
    this.all = all;
    this.positions = positions;
  }

  /** Returns a cursor over these columns, which closes the other one when it is closed. */
  public static RawCursor of(RawCursor all, List<Integer> positions) {
    return new SelectedRawColumns(all, positions.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public boolean next() {
    return all.next();
  }

  @Override
  public RawRow row() {
    return this;
  }

  @Override
  public void close() {
    all.close();
  }

  @Override
  public int columns() {
    return positions.length;
  }

  @Override
  public StorageClass storageClass(int column) {
    return all.row().storageClass(positions[column]);
  }

  @Override
  public long integer(int column) {
    return all.row().integer(positions[column]);
  }

  @Override
  public double real(int column) {
    return all.row().real(positions[column]);
  }

  @Override
  public long length(int column) {
    return all.row().length(positions[column]);
  }

  @Override
  public void pieces(int column, Consumer<byte[]> consumer) {
    all.row().pieces(positions[column], consumer);
  }

  @Override
  public String key() {
    return all.row().key();
  }
}
