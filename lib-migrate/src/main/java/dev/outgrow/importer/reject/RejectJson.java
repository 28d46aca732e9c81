package dev.outgrow.importer.reject;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.outgrow.importer.source.RawRow;
import dev.outgrow.importer.source.RealText;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.source.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes the raw values of a row as JSON, each with its storage class: numbers and text as a string
 * that reads back as the very same value, blobs and text that is not valid, or longer than 1 MiB,
 * as hexadecimal. Bytes that are kept elsewhere are named by how many they are.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class RejectJson {
  static final JsonFactory FACTORY = JsonFactory.builder().build().setRootValueSeparator("\n");

  private static final int LONGEST_TEXT = 1 << 20;

  private final List<String> columns;
  private final Large large;
  private final long mostBytes;

  /**
   * Makes a writer.
   *
   * @param columns the columns' names
   * @param mostBytes how many bytes of text and blobs of a row are written in place
   * @param large what is done with what goes beyond that
   */
  public RejectJson(List<String> columns, long mostBytes, Large large) {
    this.columns = List.copyOf(columns);
    this.mostBytes = mostBytes;
    this.large = large;
  }

  /** Keeps values that are too large to be written in place. <em>Not thread-safe.</em> */
  public interface Large {
    /** Keeps one. */
    void keep(RawRow row, int column);
  }

  /** Returns the values of a row as a JSON array. */
  public String text(RawRow row) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      values(json, row);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return text.toString();
  }

  void values(JsonGenerator json, RawRow row) throws IOException {
    json.writeStartArray();
    long written = 0;
    for (int i = 0; i < columns.size(); i++) {
      json.writeStartObject();
      json.writeStringField("column", columns.get(i));
      json.writeStringField("storage", row.storageClass(i).word());
      switch (row.storageClass(i)) {
        case NULL -> json.writeNullField("value");
        case INTEGER -> json.writeStringField("value", Long.toString(row.integer(i)));
        case REAL -> json.writeStringField("value", RealText.of(row.real(i)));
        case TEXT, BLOB -> {
          written += row.length(i);
          bytes(json, row, i, written);
        }
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void bytes(JsonGenerator json, RawRow row, int column, long written) throws IOException {
    if (written > mostBytes) {
      large.keep(row, column);
      json.writeNumberField("bytes", row.length(column));
    } else if (row.storageClass(column) == StorageClass.TEXT
        && row.length(column) <= LONGEST_TEXT) {
      text(json, row, column);
    } else {
      hex(json, row, column);
    }
  }

  private static void text(JsonGenerator json, RawRow row, int column) throws IOException {
    ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    row.pieces(column, gathered::writeBytes);
    byte[] text = gathered.toByteArray();
    if (Utf8.firstFault(text) < 0) {
      json.writeStringField("value", new String(text, StandardCharsets.UTF_8));
    } else {
      json.writeStringField("hex", HexFormat.of().formatHex(text));
    }
  }

  /** Writes bytes piece by piece: the generator never holds them all. */
  private static void hex(JsonGenerator json, RawRow row, int column) throws IOException {
    json.writeFieldName("hex");
    json.writeRawValue("\"");
    row.pieces(
        column,
        piece -> {
          try {
            writeHex(json, piece);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    json.writeRaw('"');
  }

  private static void writeHex(JsonGenerator json, byte[] piece) throws IOException {
    int step = 1 << 16;
    for (int from = 0; from < piece.length; from += step) {
      json.writeRaw(HexFormat.of().formatHex(piece, from, Math.min(piece.length, from + step)));
    }
  }
}
