package dev.outgrow.query.export;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.HexFormat;
import org.jooq.Cursor;
import org.jooq.Field;
import org.jooq.Record;

/** Lines of RFC 4180. */
final class CsvWriter {
  private static final String LINE_END = "\r\n";

  private final Appendable out;

  CsvWriter(Appendable out) {
    this.out = out;
  }

  long write(Cursor<?> cursor) throws IOException {
    header(cursor.fields());
    long rows = 0;
    for (Record row : cursor) {
      row(row);
      rows++;
    }
    return rows;
  }

  private void header(Field<?>[] fields) throws IOException {
    for (int i = 0; i < fields.length; i++) {
      separate(i);
      cell(fields[i].getName());
    }
    out.append(LINE_END);
  }

  private void row(Record row) throws IOException {
    for (int i = 0; i < row.size(); i++) {
      separate(i);
      Object value = row.get(i);
      if (value != null) {
        cell(text(value));
      }
    }
    out.append(LINE_END);
  }

  private void separate(int position) throws IOException {
    if (position > 0) {
      out.append(',');
    }
  }

  private void cell(String text) throws IOException {
    if (needsQuotes(text)) {
      out.append('"').append(text.replace("\"", "\"\"")).append('"');
    } else {
      out.append(text);
    }
  }

  private static boolean needsQuotes(String text) {
    return text.isEmpty()
        || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
  }

  private static String text(Object value) {
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }
}
