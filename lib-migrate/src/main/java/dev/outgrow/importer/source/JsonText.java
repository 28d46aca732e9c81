package dev.outgrow.importer.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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
  private static final JsonFactory FACTORY = factory();

  private JsonText() {}

  /** Returns whether a text is JSON. */
  public static boolean isJson(byte[] text) {
    if (text.length == 0 || text[0] == BYTE_ORDER_MARK || Utf8.firstFault(text) >= 0) {
      return false; // a parser would take a byte order mark for none
    }
    try (JsonParser parser = FACTORY.createParser(reader(text))) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is read but an array
    }
  }

  private static InputStreamReader reader(byte[] text) {
    return new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.UTF_8);
  }

  /** Names are read once and never again, so they are not kept. */
  private static JsonFactory factory() {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build();
    return new JsonFactoryBuilder()
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .streamReadConstraints(constraints)
        .build();
  }
}
