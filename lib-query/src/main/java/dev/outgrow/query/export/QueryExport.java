package dev.outgrow.query.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.internal.JsonValues;
import dev.outgrow.query.internal.Streaming;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;

/**
 * Writes what a query finds as text, row by row: 1,000 rows are in memory, whatever their number.
 *
 * <pre>{@code
 * long rows = QueryExport.of(select(SESSION.USER_NAME, SESSION.STARTED).from(SESSION)).csv(ctx, out);
 * }</pre>
 *
 * <p>Text is UTF-8. The output is flushed and never closed. It is written within one transaction,
 * the caller's or one of its own; on SQLite one of its own keeps others from writing, so that a
 * long export belongs into {@code Database.read}. What fails in between leaves what was written.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class QueryExport {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private final ResultQuery<?> query;

  private QueryExport(ResultQuery<?> query) {
    this.query = query;
  }

  /** Exports a query. */
  public static QueryExport of(ResultQuery<?> query) {
    return new QueryExport(query);
  }

  /**
   * Writes CSV as RFC 4180 has it: a line of names, then a line for each row, ended by CR and LF.
   * What holds a comma, a quote or a line's end is quoted. A null is nothing at all, and an empty
   * text two quotes; bytes are hexadecimal.
   *
   * @return how many rows were written
   * @throws UncheckedIOException if the output fails
   */
  public long csv(DSLContext ctx, OutputStream out) {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    long rows = csv(ctx, writer);
    flush(writer);
    return rows;
  }

  /** Writes CSV as {@link #csv(DSLContext, OutputStream)} does. */
  public long csv(DSLContext ctx, Appendable out) {
    return rows(ctx, cursor -> new CsvWriter(out).write(cursor));
  }

  /**
   * Writes one JSON object a line, ended by LF: numbers as numbers, bytes in base64, everything
   * else as text.
   *
   * @return how many rows were written
   * @throws ConfigurationException if two of the query's fields have one name
   * @throws UncheckedIOException if the output fails
   */
  public long jsonLines(DSLContext ctx, OutputStream out) {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    long rows = rows(ctx, cursor -> jsonLines(cursor, writer));
    flush(writer);
    return rows;
  }

  private interface Writing {
    long write(Cursor<?> cursor) throws IOException;
  }

  private long rows(DSLContext ctx, Writing writing) {
    return Streaming.read(
        ctx,
        query,
        "Exporting a query",
        cursor -> {
          try {
            return writing.write(cursor);
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        });
  }

  private static long jsonLines(Cursor<?> cursor, Writer out) throws IOException {
    requireDistinct(cursor.fields());
    long rows = 0;
    JsonGenerator json = JSON.createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setRootValueSeparator(null);
    for (Record row : cursor) {
      json.writeStartObject();
      for (int i = 0; i < row.size(); i++) {
        json.writeFieldName(row.field(i).getName());
        JsonValues.write(json, row.get(i));
      }
      json.writeEndObject();
      json.writeRaw('\n');
      rows++;
    }
    json.flush();
    return rows;
  }

  private static void requireDistinct(Field<?>[] fields) {
    Set<String> names = new HashSet<>();
    for (Field<?> field : fields) {
      if (!names.add(field.getName())) {
        throw new ConfigurationException(
            "A query for JSON", "two fields named " + field.getName(), "names of their own: as(…)");
      }
    }
  }

  private static void flush(Writer writer) {
    try {
      writer.flush();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
