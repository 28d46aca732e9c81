package dev.outgrow.query.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.outgrow.query.internal.JsonValues;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table's answer, in DataTables' protocol.
 *
 * <p><em>Immutable.</em>
 *
 * @param draw the request's number
 * @param recordsTotal how many rows there are within the scope
 * @param recordsFiltered how many of those match the search
 * @param data the rows: values by column, in the order in which the columns were listed
 * @since 0.1
 */
public record TableResult(
    int draw, long recordsTotal, long recordsFiltered, List<Map<String, @Nullable Object>> data) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Keeps the rows as they are now. */
  public TableResult {
    data = data.stream().map(TableResult::kept).toList();
  }

  /**
   * Returns the answer as JSON. Text is escaped for JSON and not for HTML: a page that shows it as
   * HTML has to do that, with {@code DataTable.render.text()}.
   */
  public String toJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("draw", draw);
      json.writeNumberField("recordsTotal", recordsTotal);
      json.writeNumberField("recordsFiltered", recordsFiltered);
      json.writeArrayFieldStart("data");
      for (Map<String, @Nullable Object> row : data) {
        write(json, row);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("Writing to memory cannot fail", impossible);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Map<String, @Nullable Object> row)
      throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, @Nullable Object> cell : row.entrySet()) {
      json.writeFieldName(cell.getKey());
      JsonValues.write(json, cell.getValue());
    }
    json.writeEndObject();
  }

  private static Map<String, @Nullable Object> kept(Map<String, @Nullable Object> row) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(row));
  }
}
