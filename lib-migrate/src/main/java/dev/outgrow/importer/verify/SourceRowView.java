package dev.outgrow.importer.verify;

import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.TargetType.Base;
import dev.outgrow.importer.source.CellStream;
import dev.outgrow.importer.source.KeyText;
import dev.outgrow.importer.source.RealText;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A source row as verification sees it. It goes from the stored value to the canonical form by
 * itself and knows nothing of the encoders, so that a fault in one of them is found.
 */
final class SourceRowView implements Row {
  private static final int BUFFER = 64 << 10;

  private final Base[] types;
  private final @Nullable RuledCell[] ruled;
  private final SourceRow row;
  private boolean metLarge;

  SourceRowView(TableMapping table, SourceRow row) {
    this.types = table.columns().stream().map(c -> c.type().base()).toArray(Base[]::new);
    this.ruled = table.columns().stream().map(RuledCell::of).toArray(RuledCell[]::new);
    this.row = row;
  }

  @Override
  public void put(int column, RowHash hash) {
    RuledCell rule = ruled[column];
    if (rule != null && row.storageClass(column) != StorageClass.NULL) {
      rule.put(row, column, hash);
      return;
    }
    if (row.isLarge(column)) {
      large(column, hash);
      return;
    }
    Base type = types[column];
    switch (row.storageClass(column)) {
      case NULL -> Canonical.absent(hash);
      case INTEGER -> integer(type, row.integer(column), hash);
      case REAL -> real(type, row.real(column), hash);
      case TEXT -> text(type, column, hash);
      case BLOB -> stored(column, hash);
    }
  }

  private void text(Base type, int column, RowHash hash) {
    switch (type) {
      case TEXT, VARCHAR, JSON, BYTEA -> stored(column, hash);
      default -> text(type, row.bytes(column), hash);
    }
  }

  private void stored(int column, RowHash hash) {
    Canonical.bytes(row.array(column), row.offset(column), (int) row.length(column), hash);
  }

  /** A large cell is bytes in every type: no number, date or UUID is that long. */
  private void large(int column, RowHash hash) {
    metLarge = true;
    byte[] buffer = new byte[BUFFER];
    Content content = new Content();
    try (CellStream stream = row.stream(column)) {
      for (int n = stream.read(buffer, 0, BUFFER); n >= 0; n = stream.read(buffer, 0, BUFFER)) {
        content.add(buffer, 0, n);
      }
    }
    content.finish();
    content.put(hash);
  }

  /** Returns whether a cell was met so far that is too large to be in memory as a whole. */
  boolean metLarge() {
    return metLarge;
  }

  @Override
  public String key() {
    return row.key();
  }

  @Override
  public String show(int column) {
    return KeyText.cell(row, column);
  }

  /** A number in a column that holds none is hashed as its text, which nothing there equals. */
  private static void integer(Base type, long value, RowHash hash) {
    switch (type) {
      case BIGINT, BOOLEAN -> Canonical.word(value, hash);
      case DOUBLE_PRECISION -> Canonical.word(bits((double) value), hash);
      case NUMERIC -> Canonical.decimal(BigDecimal.valueOf(value), hash);
      default -> bytes(Long.toString(value).getBytes(StandardCharsets.US_ASCII), hash);
    }
  }

  private static void real(Base type, double value, RowHash hash) {
    switch (type) {
      case BIGINT -> Canonical.word(isLong(value) ? (long) value : bits(value), hash);
      case DOUBLE_PRECISION -> Canonical.word(bits(value), hash);
      case NUMERIC -> numeric(value, hash);
      default -> bytes(RealText.of(value).getBytes(StandardCharsets.US_ASCII), hash);
    }
  }

  private static boolean isLong(double value) {
    return value >= -0x1p63 && value < 0x1p63 && value % 1 == 0;
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static void numeric(double value, RowHash hash) {
    if (Double.isInfinite(value)) {
      Canonical.infinity(value > 0, hash);
    } else {
      Canonical.decimal(RealText.decimal(value), hash);
    }
  }

  private static void text(Base type, byte[] text, RowHash hash) {
    switch (type) {
      case BOOLEAN -> wordOr(truth(text), text, hash);
      case DATE -> wordOr(Moment.days(text), text, hash);
      case TIME -> wordOr(Moment.time(text), text, hash);
      case TIMESTAMP -> wordOr(Moment.local(text), text, hash);
      case TIMESTAMPTZ -> wordOr(Moment.timestamp(text), text, hash);
      case BIGINT, DOUBLE_PRECISION, NUMERIC -> number(type, text, hash);
      case UUID -> bytes(uuid(text), hash);
      default -> bytes(text, hash);
    }
  }

  private static void number(Base type, byte[] text, RowHash hash) {
    try {
      BigDecimal value = new BigDecimal(new String(text, StandardCharsets.US_ASCII));
      switch (type) {
        case BIGINT -> Canonical.word(value.longValueExact(), hash);
        case DOUBLE_PRECISION -> Canonical.word(bits(value.doubleValue()), hash);
        default -> Canonical.decimal(value, hash);
      }
    } catch (ArithmeticException | NumberFormatException e) {
      bytes(text, hash); // which no value of the column equals
    }
  }

  private static void wordOr(OptionalLong word, byte[] text, RowHash hash) {
    if (word.isPresent()) {
      Canonical.word(word.getAsLong(), hash);
    } else {
      bytes(text, hash); // which no value of the column equals
    }
  }

  static OptionalLong truth(byte[] text) {
    return switch (new String(text, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT)) {
      case "t", "true", "y", "yes", "on", "1" -> OptionalLong.of(1);
      case "f", "false", "n", "no", "off", "0" -> OptionalLong.of(0);
      default -> OptionalLong.empty();
    };
  }

  private static byte[] uuid(byte[] text) {
    try {
      UUID uuid = UUID.fromString(new String(text, StandardCharsets.UTF_8));
      return ByteBuffer.allocate(2 * Long.BYTES)
          .putLong(uuid.getMostSignificantBits())
          .putLong(uuid.getLeastSignificantBits())
          .array();
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static void bytes(byte[] bytes, RowHash hash) {
    Canonical.bytes(bytes, 0, bytes.length, hash);
  }
}
