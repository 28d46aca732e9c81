package dev.outgrow.importer.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Says whether text is JSON that PostgreSQL's {@code json} takes: one value by RFC 8259 in valid
 * UTF-8, nested at most 1,000 deep, which its stack is known to bear. What an escape like <code>
 * &#92;u0000</code> stands for does not matter: the text is kept as it is.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class JsonText {
  private static final int DEEPEST = 1_000;
  private static final byte BYTE_ORDER_MARK = (byte) 0xEF;
  private static final int LONGEST_IN_LARGE = 1_000_000;
  private static final JsonFactory FACTORY = factory(Integer.MAX_VALUE);
  private static final JsonFactory BOUNDED = factory(LONGEST_IN_LARGE);

  private JsonText() {}

  /** Returns whether a text is JSON. */
  public static boolean isJson(byte[] text) {
    if (text.length == 0 || text[0] == BYTE_ORDER_MARK || Utf8.firstFault(text) >= 0) {
      return false; // a parser would take a byte order mark for none
    }
    return isJson(FACTORY, new ByteArrayInputStream(text));
  }

  /**
   * Returns whether the text of a large cell is JSON. Names and numbers are looked at as a whole;
   * where one has more than a million characters the text counts as none.
   */
  static boolean isLargeJson(SourceRow row, int column) {
    try (CellStream text = row.stream(column)) {
      if (text.read() == Byte.toUnsignedInt(BYTE_ORDER_MARK)) {
        return false;
      }
    }
    try (CellStream text = row.stream(column)) {
      if (Utf8.firstFault(text) >= 0) {
        return false;
      }
    }
    return isJson(BOUNDED, row.stream(column));
  }

  private static boolean isJson(JsonFactory factory, InputStream text) {
    try (JsonParser parser = factory.createParser(reader(text))) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // neither an array nor a cell throws one
    }
  }

  private static InputStreamReader reader(InputStream text) {
    return new InputStreamReader(text, StandardCharsets.UTF_8);
  }

  /** Names are read once and never again, so they are not kept. */
  private static JsonFactory factory(int longest) {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxNumberLength(longest)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(longest)
            .build();
    return new JsonFactoryBuilder()
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .streamReadConstraints(constraints)
        .build();
  }
}
