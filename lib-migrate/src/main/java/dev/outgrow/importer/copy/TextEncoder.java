package dev.outgrow.importer.copy;

import dev.outgrow.error.ValueException;
import dev.outgrow.importer.source.CellStream;
import dev.outgrow.importer.source.RealText;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * {@code text}, {@code varchar} and {@code json}: the UTF-8 bytes as stored, if they are valid;
 * numbers as their text.
 */
final class TextEncoder implements ValueEncoder {
  private final Place place;

  TextEncoder(Place place) {
    this.place = place;
  }

  @Override
  public void encode(SourceRow row, int column, CopyWriter out) {
    switch (row.storageClass(column)) {
      case TEXT -> text(row, column, out);
      case INTEGER -> out.field(ascii(Long.toString(row.integer(column))));
      case REAL -> out.field(ascii(RealText.of(row.real(column))));
      default -> throw place.unexpected(row, column, "text");
    }
  }

  private void text(SourceRow row, int column, CopyWriter out) {
    if (!row.isValidText(column)) { // known before the first byte of it is written
      throw misfit(row, row.isLarge(column) ? largeFault(row, column) : fault(row, column));
    }
    out.cell(row, column);
  }

  private static String largeFault(SourceRow row, int column) {
    try (CellStream text = row.stream(column)) {
      return "its text holds NUL, or is not valid UTF-8, at byte " + Utf8.firstFault(text);
    }
  }

  private static String fault(SourceRow row, int column) {
    byte[] bytes = row.array(column);
    int from = row.offset(column);
    int fault = Utf8.firstFault(bytes, from, from + (int) row.length(column));
    return bytes[fault] == 0
        ? "its text holds the character NUL at byte "
            + (fault - from)
            + ", which PostgreSQL's text cannot"
        : "its text is not valid UTF-8 at byte " + (fault - from);
  }

  private ValueException misfit(SourceRow row, String reason) {
    return place.misfit(
        row, reason, "Mend the value in the SQLite file, then run the import again.");
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
