package dev.outgrow.importer.verify;

import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.source.RealText;
import dev.outgrow.importer.source.SourceRow;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * A source row as verification sees it. It goes from the stored value to the canonical form by
 * itself and knows nothing of the encoders, so that a fault in one of them is found.
 */
final class SourceRowView implements Row {
  private final TargetType[] types;
  private final SourceRow row;

  SourceRowView(TableMapping table, SourceRow row) {
    this.types = table.columns().stream().map(c -> c.type()).toArray(TargetType[]::new);
    this.row = row;
  }

  @Override
  public void put(int column, RowHash hash) {
    switch (row.storageClass(column)) {
      case NULL -> Canonical.absent(hash);
      case INTEGER -> integer(types[column], row.integer(column), hash);
      case REAL -> real(types[column], row.real(column), hash);
      case TEXT, BLOB -> bytes(row.bytes(column), hash);
    }
  }

  @Override
  public String key() {
    return row.key();
  }

  private static void integer(TargetType type, long value, RowHash hash) {
    switch (type) {
      case BIGINT -> Canonical.word(value, hash);
      case DOUBLE_PRECISION -> Canonical.word(Double.doubleToRawLongBits((double) value), hash);
      case NUMERIC -> Canonical.decimal(BigDecimal.valueOf(value), hash);
      case TEXT, BYTEA -> bytes(Long.toString(value).getBytes(StandardCharsets.US_ASCII), hash);
    }
  }

  private static void real(TargetType type, double value, RowHash hash) {
    switch (type) {
      case BIGINT, DOUBLE_PRECISION -> Canonical.word(Double.doubleToRawLongBits(value), hash);
      case NUMERIC -> numeric(value, hash);
      case TEXT, BYTEA -> bytes(RealText.of(value).getBytes(StandardCharsets.US_ASCII), hash);
    }
  }

  private static void numeric(double value, RowHash hash) {
    if (Double.isInfinite(value)) {
      Canonical.infinity(value > 0, hash);
    } else {
      Canonical.decimal(RealText.decimal(value), hash);
    }
  }

  private static void bytes(byte[] bytes, RowHash hash) {
    Canonical.bytes(bytes, 0, bytes.length, hash);
  }
}
