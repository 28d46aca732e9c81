package dev.outgrow.importer.verify;

import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.RealText;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a cell should have become in a column that a rule says how to read. It goes its own way from
 * the stored value, by the JDK's calendar and decoders, so that a fault of the encoders is found. A
 * cell without a meaning is hashed as its bytes, which nothing in the column equals.
 */
final class RuledCell {
  private final TargetType type;
  private final Reading reading;
  private final RuledMoment moment;

  private RuledCell(TargetType type, Reading reading) {
    this.type = type;
    this.reading = reading;
    this.moment = new RuledMoment(type, reading);
  }

  /** Returns what is to be expected of a column, or null where its cells mean what they are. */
  static @Nullable RuledCell of(ColumnMapping column) {
    return switch (column.type().base()) {
      case SMALLINT, INTEGER, REAL, JSONB -> new RuledCell(column.type(), column.reading());
      default ->
          column.reading().isStored() ? null : new RuledCell(column.type(), column.reading());
    };
  }

  /** Hashes a cell that is not null. */
  void put(SourceRow row, int column, RowHash hash) {
    boolean text = row.storageClass(column) == StorageClass.TEXT;
    if (reading.emptyIsNull() && text && row.bytes(column).length == 0) {
      Canonical.absent(hash);
      return;
    }
    switch (type.base()) {
      case SMALLINT, INTEGER, BIGINT -> integer(row, column, hash);
      case NUMERIC -> numeric(row, column, hash);
      case DOUBLE_PRECISION, REAL -> real(row, column, hash);
      case BOOLEAN -> wordOr(truth(row, column), row, column, hash);
      case DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
          wordOr(moment.of(row, column, number(row, column)), row, column, hash);
      case UUID -> bytes(RuledText.uuid(row, column, reading), hash);
      case JSONB -> CanonicalJson.put(stored(row, column), hash);
      case TEXT, VARCHAR -> bytes(RuledText.mended(stored(row, column), reading), hash);
      case JSON, BYTEA -> bytes(stored(row, column), hash);
    }
  }

  private void integer(SourceRow row, int column, RowHash hash) {
    Optional<BigDecimal> whole = number(row, column).map(d -> RuledNumber.rounded(d, 0));
    boolean fits = whole.isPresent() && whole.get().precision() - whole.get().scale() < 20;
    OptionalLong word =
        fits && whole.get().toBigInteger().bitLength() < Long.SIZE
            ? OptionalLong.of(whole.get().longValue())
            : OptionalLong.empty();
    wordOr(word, row, column, hash);
  }

  private void numeric(SourceRow row, int column, RowHash hash) {
    if (row.storageClass(column) == StorageClass.REAL && Double.isInfinite(row.real(column))) {
      Canonical.infinity(row.real(column) > 0, hash);
      return;
    }
    Optional<BigDecimal> number = number(row, column);
    if (number.isPresent()) {
      int decimals = type.length() == 0 ? RuledNumber.MOST_DECIMALS : type.scale();
      Canonical.decimal(RuledNumber.rounded(number.get(), decimals), hash);
    } else {
      bytes(stored(row, column), hash);
    }
  }

  private void real(SourceRow row, int column, RowHash hash) {
    double value =
        switch (row.storageClass(column)) {
          case INTEGER -> (double) row.integer(column);
          case REAL -> row.real(column);
          default -> number(row, column).map(BigDecimal::doubleValue).orElse(Double.NaN);
        };
    boolean four = type.base() == TargetType.Base.REAL;
    Canonical.word(
        four ? Float.floatToRawIntBits((float) value) : Double.doubleToRawLongBits(value), hash);
  }

  private OptionalLong truth(SourceRow row, int column) {
    String word = new String(stored(row, column), StandardCharsets.UTF_8);
    boolean whole = row.storageClass(column) == StorageClass.REAL && word.endsWith(".0");
    String plain = whole ? word.substring(0, word.length() - 2) : word;
    if (reading.yes().isEmpty()) {
      return SourceRowView.truth(plain.getBytes(StandardCharsets.UTF_8));
    }
    return contains(reading.yes(), plain)
        ? OptionalLong.of(1)
        : contains(reading.no(), plain) ? OptionalLong.of(0) : OptionalLong.empty();
  }

  /** The listed words are in small letters from A to Z; other letters have to be as listed. */
  private static boolean contains(Iterable<String> words, String text) {
    for (String word : words) {
      boolean same = word.length() == text.length();
      for (int i = 0; same && i < word.length(); i++) {
        char c = text.charAt(i);
        same =
            word.charAt(i) == (c < 128 ? String.valueOf(c).toLowerCase(Locale.ROOT).charAt(0) : c);
      }
      if (same) {
        return true;
      }
    }
    return false;
  }

  private static Optional<BigDecimal> number(SourceRow row, int column) {
    return switch (row.storageClass(column)) {
      case INTEGER -> Optional.of(BigDecimal.valueOf(row.integer(column)));
      case REAL ->
          Double.isInfinite(row.real(column))
              ? Optional.empty()
              : Optional.of(RealText.decimal(row.real(column)));
      case TEXT -> RuledNumber.read(row.bytes(column));
      default -> Optional.empty();
    };
  }

  private static byte[] stored(SourceRow row, int column) {
    return switch (row.storageClass(column)) {
      case INTEGER -> Long.toString(row.integer(column)).getBytes(StandardCharsets.US_ASCII);
      case REAL -> RealText.of(row.real(column)).getBytes(StandardCharsets.US_ASCII);
      default -> row.bytes(column);
    };
  }

  private static void wordOr(OptionalLong word, SourceRow row, int column, RowHash hash) {
    if (word.isPresent()) {
      Canonical.word(word.getAsLong(), hash);
    } else {
      bytes(stored(row, column), hash);
    }
  }

  private static void bytes(byte[] bytes, RowHash hash) {
    Canonical.bytes(bytes, 0, bytes.length, hash);
  }
}
