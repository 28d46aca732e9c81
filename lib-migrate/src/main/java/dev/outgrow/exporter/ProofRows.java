package dev.outgrow.exporter;

import dev.outgrow.importer.source.CellStream;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Walks over the rows of the file: the columns that are carried, and behind them, for each that has
 * values kept as text, these alone. <em>Not thread-safe.</em>
 */
final class ProofRows implements RowCursor, SourceRow {
  private static final Pattern ODD = Pattern.compile("NaN|-?infinity|24:00:00|\\d{5,}-.*|.* BC");
  private static final int LONGEST = 64;

  private final RowCursor all;
  private final SourceRow row;
  private final int[] positions;
  private final int[] odd;

  ProofRows(RowCursor all, int[] positions, int[] odd) {
    this.all = all;
    this.row = all.row();
    this.positions = positions.clone();
    this.odd = odd.clone();
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

  private int place(int column) {
    return positions[column < positions.length ? column : odd[column - positions.length]];
  }

  private boolean isOdd(int column) {
    int place = place(column);
    if (row.storageClass(place) != StorageClass.TEXT || row.length(place) > LONGEST) {
      return false;
    }
    return ODD.matcher(new String(row.bytes(place), StandardCharsets.UTF_8)).matches();
  }

  private boolean hasOdd(int column) {
    for (int each : odd) {
      if (each == column) {
        return true;
      }
    }
    return false;
  }

  @Override
  public StorageClass storageClass(int column) {
    boolean text = column >= positions.length;
    boolean absent = text ? !isOdd(column) : hasOdd(column) && isOdd(column);
    return absent ? StorageClass.NULL : row.storageClass(place(column));
  }

  @Override
  public long integer(int column) {
    return row.integer(place(column));
  }

  @Override
  public double real(int column) {
    return row.real(place(column));
  }

  @Override
  public byte[] bytes(int column) {
    return row.bytes(place(column));
  }

  @Override
  public byte[] array(int column) {
    return row.array(place(column));
  }

  @Override
  public int offset(int column) {
    return row.offset(place(column));
  }

  @Override
  public boolean isLarge(int column) {
    return row.isLarge(place(column));
  }

  @Override
  public long length(int column) {
    return row.length(place(column));
  }

  @Override
  public CellStream stream(int column) {
    return row.stream(place(column));
  }

  @Override
  public int columns() {
    return positions.length + odd.length;
  }

  @Override
  public String key() {
    return row.key();
  }
}
