package dev.outgrow.importer.verify;

import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.TargetType.Base;
import dev.outgrow.importer.source.KeyText;
import dev.outgrow.importer.source.RealText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The row a {@link CopyReader} stands on, as verification sees it. */
final class TargetRow implements Row {
  private static final BigInteger BASE = BigInteger.valueOf(10_000);
  private static final int BASE_DIGITS = 4;
  private static final int NEGATIVE = 0x4000;
  private static final int POSITIVE_INFINITY = 0xD000;
  private static final int NEGATIVE_INFINITY = 0xF000;
  private static final int NOT_A_NUMBER = 0xC000;
  private static final int HEADER_BYTES = 8;

  private final TableMapping table;
  private final Base[] types;
  private final CopyReader reader;
  private final @Nullable PieceReader pieces;

  /**
   * Makes a view of the row that a reader stands on.
   *
   * @param table its table
   * @param reader the reader
   * @param pieces what read the row's large cells, or null where there are none
   */
  TargetRow(TableMapping table, CopyReader reader, @Nullable PieceReader pieces) {
    this.table = table;
    this.types = table.columns().stream().map(c -> c.type().base()).toArray(Base[]::new);
    this.reader = reader;
    this.pieces = pieces;
  }

  @Override
  public void put(int column, RowHash hash) {
    if (reader.isNull(column)) {
      nullOrLarge(column, hash);
      return;
    }
    switch (types[column]) {
      case BIGINT, DOUBLE_PRECISION, TIME, TIMESTAMP, TIMESTAMPTZ ->
          Canonical.word(word(column), hash);
      case BOOLEAN -> Canonical.word(reader.int8(column), hash);
      case DATE -> Canonical.word(reader.int32(column), hash);
      case NUMERIC -> numeric(column, hash);
      case TEXT, VARCHAR, JSON, UUID, BYTEA ->
          Canonical.bytes(reader.buffer(), reader.offset(column), reader.length(column), hash);
      case SMALLINT -> Canonical.word(small(column), hash);
      case INTEGER, REAL -> Canonical.word(reader.int32(column), hash);
      case JSONB -> CanonicalJson.put(json(column), hash);
    }
  }

  private void nullOrLarge(int column, RowHash hash) {
    Content content = pieces == null ? null : pieces.content(column);
    if (content == null) {
      Canonical.absent(hash);
    } else {
      content.put(hash);
    }
  }

  @Override
  public String key() {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int column : table.keyPositions()) {
      ColumnMapping mapping = table.columns().get(column);
      names.add(mapping.source());
      values.add(show(column));
    }
    return KeyText.of(names, values);
  }

  @Override
  public String show(int column) {
    ColumnMapping mapping = table.columns().get(column);
    return reader.isNull(column) ? nullOrLarge(mapping, column) : text(mapping, column);
  }

  private String nullOrLarge(ColumnMapping mapping, int column) {
    Content content = pieces == null ? null : pieces.content(column);
    if (content == null) {
      return "NULL";
    }
    return mapping.type().base() == Base.BYTEA
        ? KeyText.bytes(content.beginning())
        : KeyText.text(content.beginning());
  }

  private String text(ColumnMapping mapping, int column) {
    return switch (mapping.type().base()) {
      case BIGINT -> Long.toString(word(column));
      case DOUBLE_PRECISION -> real(Double.longBitsToDouble(word(column)));
      case NUMERIC -> isFinite(column) ? decimal(column).toPlainString() : "not finite";
      case TEXT, VARCHAR, JSON -> KeyText.text(bytes(column));
      case BYTEA -> KeyText.bytes(bytes(column));
      case BOOLEAN -> reader.int8(column) == 0 ? "false" : "true";
      case DATE -> Moment.date(reader.int32(column));
      case TIME -> Moment.time(word(column));
      case TIMESTAMP, TIMESTAMPTZ -> Moment.timestamp(word(column));
      case UUID -> HexFormat.of().formatHex(bytes(column));
      case SMALLINT -> Integer.toString(small(column));
      case INTEGER -> Integer.toString(reader.int32(column));
      case REAL -> Float.toString(Float.intBitsToFloat(reader.int32(column)));
      case JSONB -> KeyText.text(json(column));
    };
  }

  private static String real(double value) {
    return Double.isNaN(value) ? "NaN" : RealText.of(value);
  }

  private void numeric(int column, RowHash hash) {
    if (isFinite(column)) {
      Canonical.decimal(decimal(column), hash);
    } else if (sign(column) == NOT_A_NUMBER) {
      Canonical.word(Double.doubleToRawLongBits(Double.NaN), hash);
    } else {
      Canonical.infinity(sign(column) == POSITIVE_INFINITY, hash);
    }
  }

  private boolean isFinite(int column) {
    int sign = sign(column);
    return sign != POSITIVE_INFINITY && sign != NEGATIVE_INFINITY && sign != NOT_A_NUMBER;
  }

  /**
   * The fields of {@code numeric_send}: count of digits, weight of the first, sign, scale to show,
   * digits.
   */
  private BigDecimal decimal(int column) {
    int digits = int16(column, 0);
    int weight = int16(column, 2);
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < digits; i++) {
      value =
          value
              .multiply(BASE)
              .add(BigInteger.valueOf(int16(column, HEADER_BYTES + i * Short.BYTES)));
    }
    BigDecimal decimal = new BigDecimal(value, (digits - 1 - weight) * BASE_DIGITS);
    return sign(column) == NEGATIVE ? decimal.negate() : decimal;
  }

  private int sign(int column) {
    return int16(column, 4) & 0xFFFF;
  }

  private int small(int column) {
    return int16(column, 0);
  }

  /** The number of the format stands before the text. */
  private byte[] json(int column) {
    byte[] sent = bytes(column);
    return Arrays.copyOfRange(sent, Math.min(1, sent.length), sent.length);
  }

  private byte[] bytes(int column) {
    int from = reader.offset(column);
    return Arrays.copyOfRange(reader.buffer(), from, from + reader.length(column));
  }

  private long word(int column) {
    return reader.int64(column);
  }

  private int int16(int column, int at) {
    return reader.int16(column, at);
  }
}
