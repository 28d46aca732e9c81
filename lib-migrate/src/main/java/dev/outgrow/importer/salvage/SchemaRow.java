package dev.outgrow.importer.salvage;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code sqlite_schema}.
 *
 * @param type {@code table}, {@code index}, {@code view} or {@code trigger}
 * @param name its name
 * @param table the table it belongs to
 * @param root the first page of its tree, or 0
 * @param sql its definition, or null where SQLite made it by itself
 */
record SchemaRow(String type, String name, String table, long root, @Nullable String sql) {
  static final int COLUMNS = 5;
  private static final int ENCODING_AT = 56;
  private static final int MOST_BYTES = 64 << 20;
  private static final int ROOT = 3;

  /**
   * Reads a row.
   *
   * @throws DamageException if it is none
   */
  static SchemaRow of(Cell cell, Pages pages) {
    if (cell.size() > MOST_BYTES) {
      throw new DamageException("its definition is larger than any");
    }
    RecordHeader header = RecordHeader.of(cell, pages);
    if (header.types().size() != COLUMNS) {
      throw new DamageException("it does not have the five values of a definition");
    }
    ByteBuffer bytes = ByteBuffer.wrap(cell.prefix(pages, (int) cell.size()));
    bytes.position(header.length());
    List<@Nullable Object> values = new ArrayList<>();
    Charset charset = charset(pages);
    for (long type : header.types()) {
      values.add(value(type, bytes, charset));
    }
    if (values.get(0) instanceof String type
        && values.get(1) instanceof String name
        && values.get(2) instanceof String table
        && (values.get(ROOT) == null || values.get(ROOT) instanceof Long)
        && (values.get(ROOT + 1) == null || values.get(ROOT + 1) instanceof String)) {
      long root = values.get(ROOT) instanceof Long number ? number : 0;
      return new SchemaRow(type, name, table, root, (String) values.get(ROOT + 1));
    }
    throw new DamageException("it is no definition");
  }

  private static @Nullable Object value(long type, ByteBuffer bytes, Charset charset) {
    int size = (int) RecordHeader.size(type);
    byte[] raw = new byte[size];
    bytes.get(raw);
    if (type > 12 && type % 2 == 1) {
      return new String(raw, charset);
    }
    if (type == 8 || type == 9) {
      return type - 8;
    }
    if (type < 1 || type > 6) {
      return null;
    }
    long number = raw[0];
    for (int i = 1; i < size; i++) {
      number = (number << 8) | (raw[i] & 0xFF);
    }
    return number;
  }

  private static Charset charset(Pages pages) {
    return switch (pages.header().getInt(ENCODING_AT)) {
      case 2 -> StandardCharsets.UTF_16LE;
      case 3 -> StandardCharsets.UTF_16BE;
      default -> StandardCharsets.UTF_8;
    };
  }

  boolean is(String wanted) {
    return type.equals(wanted);
  }
}
