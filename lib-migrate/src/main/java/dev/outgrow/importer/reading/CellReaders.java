package dev.outgrow.importer.reading;

import dev.outgrow.importer.source.BooleanText;
import dev.outgrow.importer.source.JsonText;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.RealText;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.schema.Identifier;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads cells as a rule says: moments, yes and no, UUIDs, texts. Numbers are read by {@link
 * Numerals}.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class CellReaders {
  private final Reading reading;
  private final Complaint complaint;

  /** Makes readers for one column. */
  public CellReaders(Reading reading, Complaint complaint) {
    this.reading = reading;
    this.complaint = complaint;
  }

  /** Returns the reader of moments, days and times. */
  public MomentReader moments() {
    return reading.form().isCount()
        ? new CountedMoments(reading, complaint)
        : new WrittenMoments(reading, complaint);
  }

  /** Returns whether a cell means yes. */
  public boolean truth(SourceRow row, int column) {
    byte[] text = plain(row, column);
    Optional<Boolean> truth = reading.yes().isEmpty() ? BooleanText.parse(text) : listed(text);
    return truth.orElseThrow(
        () -> complaint.of(row, "it is none of what the rule says means yes or no"));
  }

  private Optional<Boolean> listed(byte[] text) {
    String word = Identifier.folded(new String(text, StandardCharsets.UTF_8));
    return reading.yes().contains(word)
        ? Optional.of(true)
        : reading.no().contains(word) ? Optional.of(false) : Optional.empty();
  }

  /** A whole real number is the integer it is equal to, as a column of numbers would hold it. */
  private byte[] plain(SourceRow row, int column) {
    if (row.storageClass(column) == StorageClass.REAL) {
      double value = row.real(column);
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? ascii(Long.toString((long) value))
          : ascii(RealText.of(value));
    }
    return stored(row, column, "no blob means yes or no");
  }

  /** Returns the 16 bytes of a UUID. */
  public byte[] uuid(SourceRow row, int column) {
    byte[] bytes =
        switch (row.storageClass(column)) {
          case TEXT -> UuidBytes.ofText(row.bytes(column)).orElse(new byte[0]);
          case BLOB -> UuidBytes.ofBlob(row.bytes(column), reading.form());
          default -> new byte[0];
        };
    if (bytes.length != UuidBytes.LENGTH) {
      throw complaint.of(row, "it is no UUID, neither as text nor as 16 bytes");
    }
    return bytes;
  }

  /** Returns the bytes of a text that PostgreSQL takes, of at most so many characters if any. */
  public byte[] text(SourceRow row, int column, int mostCharacters) {
    byte[] stored = stored(row, column, "it holds a blob, which is no text");
    byte[] text =
        GoodText.of(stored, reading)
            .orElseThrow(
                () -> complaint.of(row, "its text has NUL in it or is not valid in UTF-8"));
    if (mostCharacters > 0 && GoodText.characters(text) > mostCharacters) {
      throw complaint.of(row, "its text is longer than " + mostCharacters + " characters");
    }
    return text;
  }

  /** Returns JSON as it is written. */
  public byte[] json(SourceRow row, int column) {
    byte[] text = stored(row, column, "it holds a blob, which is no JSON");
    if (!JsonText.isJson(text)) {
      throw complaint.of(row, "it is not JSON");
    }
    return text;
  }

  /** Returns JSON that loses nothing as {@code jsonb}. */
  public byte[] binaryJson(SourceRow row, int column) {
    byte[] text = json(row, column);
    String obstacle = JsonbText.obstacle(text);
    if (obstacle != null) {
      throw complaint.of(row, "its JSON " + obstacle);
    }
    return text;
  }

  private byte[] stored(SourceRow row, int column, String refusal) {
    return switch (row.storageClass(column)) {
      case TEXT -> row.bytes(column);
      case INTEGER -> ascii(Long.toString(row.integer(column)));
      case REAL -> ascii(RealText.of(row.real(column)));
      default -> throw complaint.of(row, refusal);
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
