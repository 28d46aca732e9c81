package dev.outgrow.importer.source;

import dev.outgrow.importer.source.IsoText.Form;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How each trait is told from a cell that is not null. */
final class CellTests {
  private static final int BUFFER = 64 << 10;

  private CellTests() {}

  static boolean isValidText(SourceRow row, int column) {
    return row.storageClass(column) != StorageClass.TEXT || row.isValidText(column);
  }

  static boolean isBoolean(SourceRow row, int column) {
    return switch (row.storageClass(column)) {
      case INTEGER -> row.integer(column) == 0 || row.integer(column) == 1;
      case TEXT -> !row.isLarge(column) && BooleanText.parse(row.bytes(column)).isPresent();
      default -> false;
    };
  }

  static boolean isDate(SourceRow row, int column) {
    return moment(row, column).filter(m -> m.form() == Form.DATE).isPresent();
  }

  /** PostgreSQL leaves out zeros at the end of the decimals; the text would come back changed. */
  static boolean isTime(SourceRow row, int column) {
    return moment(row, column).filter(m -> m.form() == Form.TIME).isPresent()
        && !endsWithZeroDecimal(row.bytes(column));
  }

  private static boolean endsWithZeroDecimal(byte[] time) {
    return time.length > "HH:MM:SS".length() && time[time.length - 1] == '0';
  }

  static boolean isTimestamp(SourceRow row, int column) {
    return moment(row, column)
        .filter(m -> m.form() == Form.DATE || m.form() == Form.LOCAL)
        .isPresent();
  }

  static boolean isTimestamptz(SourceRow row, int column) {
    return moment(row, column).filter(m -> m.form() == Form.ZONED).isPresent();
  }

  static Optional<IsoText> moment(SourceRow row, int column) {
    return row.storageClass(column) == StorageClass.TEXT && !row.isLarge(column)
        ? IsoText.parse(row.bytes(column)).filter(IsoText::isInFourDigits)
        : Optional.empty();
  }

  static boolean isJson(SourceRow row, int column) {
    return switch (row.storageClass(column)) {
      case INTEGER -> true;
      case REAL -> Double.isFinite(row.real(column));
      case TEXT ->
          row.isLarge(column)
              ? JsonText.isLargeJson(row, column)
              : JsonText.isJson(row.bytes(column));
      default -> false;
    };
  }

  static int characters(SourceRow row, int column) {
    return switch (row.storageClass(column)) {
      case INTEGER -> Long.toString(row.integer(column)).length();
      case REAL -> RealText.of(row.real(column)).length();
      case TEXT ->
          row.isLarge(column) ? largeCharacters(row, column) : characters(row.bytes(column));
      default -> Integer.MAX_VALUE;
    };
  }

  private static int largeCharacters(SourceRow row, int column) {
    byte[] buffer = new byte[BUFFER];
    long characters = 0;
    try (CellStream text = row.stream(column)) {
      for (int read = text.read(buffer, 0, BUFFER);
          read >= 0;
          read = text.read(buffer, 0, BUFFER)) {
        characters += characters(buffer, read);
      }
    }
    return (int) Math.min(characters, Integer.MAX_VALUE);
  }

  private static int characters(byte[] utf8) {
    return characters(utf8, utf8.length);
  }

  /** Counts the bytes that begin a character. */
  private static int characters(byte[] utf8, int end) {
    int characters = 0;
    for (int i = 0; i < end; i++) {
      characters += (utf8[i] & 0xC0) == 0x80 ? 0 : 1;
    }
    return characters;
  }

  static boolean isDecimal(SourceRow row, int column, int digits, int decimals) {
    return switch (row.storageClass(column)) {
      case INTEGER -> NumberSize.fits(BigDecimal.valueOf(row.integer(column)), digits, decimals);
      case REAL ->
          Double.isFinite(row.real(column))
              && NumberSize.fits(RealText.decimal(row.real(column)), digits, decimals);
      default -> false;
    };
  }

  /** Compares the layout of each moment with the first one's. */
  static final class OneSpelling implements CellTest {
    private static final Long NO_LAYOUT = -1L;

    private @Nullable Long first;

    @Override
    public boolean holds(SourceRow row, int column) {
      Long layout = moment(row, column).map(IsoText::layout).orElse(NO_LAYOUT);
      if (first == null) {
        first = layout;
      }
      return layout.equals(first);
    }
  }

  /** Compares the letters of each UUID, small or capital, with those before. */
  static final class OneUuidSpelling implements CellTest {
    private UuidText.Letters letters = UuidText.Letters.NONE;

    @Override
    public boolean holds(SourceRow row, int column) {
      UuidText.Letters here =
          row.storageClass(column) == StorageClass.TEXT && !row.isLarge(column)
              ? UuidText.letters(row.bytes(column))
              : UuidText.Letters.WRONG;
      if (letters == UuidText.Letters.NONE && here != UuidText.Letters.WRONG) {
        letters = here;
      }
      return here == UuidText.Letters.NONE || (here == letters && here != UuidText.Letters.WRONG);
    }
  }
}
