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
    if (row.isLarge(column)) {
      requireLargeValid(row, column);
    } else {
      requireValid(row, column);
    }
    out.cell(row, column);
  }

  /** Looks through a large text before the first byte of it is written. */
  private void requireLargeValid(SourceRow row, int column) {
    long fault;
    try (CellStream text = row.stream(column)) {
      fault = Utf8.firstFault(text);
    }
    if (fault >= 0) {
      throw misfit(row, "its text holds NUL, or is not valid UTF-8, at byte " + fault);
    }
  }

  private void requireValid(SourceRow row, int column) {
    byte[] bytes = row.array(column);
    int from = row.offset(column);
    int fault = Utf8.firstFault(bytes, from, from + (int) row.length(column));
    if (fault >= 0) {
      int at = fault - from;
      String reason =
          bytes[fault] == 0
              ? "its text holds the character NUL at byte "
                  + at
                  + ", which PostgreSQL's text cannot"
              : "its text is not valid UTF-8 at byte " + at;
      throw misfit(row, reason);
    }
  }

  private ValueException misfit(SourceRow row, String reason) {
    return place.misfit(
        row, reason, "Mend the value in the SQLite file, then run the import again.");
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
