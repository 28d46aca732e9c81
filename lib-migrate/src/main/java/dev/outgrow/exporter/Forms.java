package dev.outgrow.exporter;

import dev.outgrow.importer.mapping.TargetType.Base;
import dev.outgrow.importer.source.Reading;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** The form of each type. A value that SQLite has no number for becomes text, and is counted. */
final class Forms {
  private static final VarHandle INT16 = view(short[].class);
  private static final VarHandle INT32 = view(int[].class);
  private static final VarHandle INT64 = view(long[].class);
  private static final byte[] NOT_A_NUMBER = "NaN".getBytes(StandardCharsets.US_ASCII);

  private Forms() {}

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.BIG_ENDIAN);
  }

  static int int16(byte[] bytes, int at) {
    return (short) INT16.get(bytes, at);
  }

  static int int32(byte[] bytes, int at) {
    return (int) INT32.get(bytes, at);
  }

  static long int64(byte[] bytes, int at) {
    return (long) INT64.get(bytes, at);
  }

  /**
   * Returns the form of a column's values.
   *
   * @param column the column
   * @param odd counts values that are kept as text because SQLite has none of their kind
   */
  static Form of(ExportColumn column, OddValues odd) {
    Base base = column.type().base();
    return switch (base) {
      case SMALLINT -> (bytes, at, length, sink) -> sink.integer(int16(bytes, at));
      case INTEGER -> (bytes, at, length, sink) -> sink.integer(int32(bytes, at));
      case BIGINT -> (bytes, at, length, sink) -> sink.integer(int64(bytes, at));
      case REAL ->
          (bytes, at, length, sink) -> real(Float.intBitsToFloat(int32(bytes, at)), sink, odd);
      case DOUBLE_PRECISION ->
          (bytes, at, length, sink) -> real(Double.longBitsToDouble(int64(bytes, at)), sink, odd);
      case BOOLEAN -> truth(column.spelling());
      case NUMERIC -> new NumericForm(column, odd);
      case BYTEA -> (bytes, at, length, sink) -> sink.blob(bytes, at, length);
      case UUID -> uuid(column);
      case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> new MomentForm(column, odd);
      case TEXT, VARCHAR, JSON, JSONB -> (bytes, at, length, sink) -> sink.text(bytes, at, length);
    };
  }

  private static void real(double value, CellSink sink, OddValues odd) {
    if (Double.isNaN(value)) {
      odd.met();
      sink.text(NOT_A_NUMBER, 0, NOT_A_NUMBER.length);
    } else {
      sink.real(value);
    }
  }

  private static Form truth(Spelling spelling) {
    if (spelling.yes().isEmpty()) {
      return (bytes, at, length, sink) -> sink.integer(bytes[at]);
    }
    byte[] yes = spelling.yes().getBytes(StandardCharsets.UTF_8);
    byte[] no = spelling.no().getBytes(StandardCharsets.UTF_8);
    return (bytes, at, length, sink) -> {
      byte[] word = bytes[at] == 0 ? no : yes;
      sink.text(word, 0, word.length);
    };
  }

  private static Form uuid(ExportColumn column) {
    boolean mixed = column.reading().form() == Reading.Form.UUID_MIXED;
    if (mixed || column.spelling().bytes()) {
      return (bytes, at, length, sink) -> {
        byte[] id = new byte[length];
        for (int i = 0; i < length; i++) {
          id[i] = bytes[at + (mixed ? turned(i) : i)];
        }
        sink.blob(id, 0, length);
      };
    }
    boolean capitals = column.spelling().capitals();
    return (bytes, at, length, sink) -> {
      String text = new UUID(int64(bytes, at), int64(bytes, at + Long.BYTES)).toString();
      String spelled = capitals ? text.toUpperCase(Locale.ROOT) : text;
      byte[] ascii = spelled.getBytes(StandardCharsets.US_ASCII);
      sink.text(ascii, 0, ascii.length);
    };
  }

  /** The first group of four bytes and the next two of two are turned round. */
  private static int turned(int i) {
    return i < 4 ? 3 - i : i < 6 ? 9 - i : i < 8 ? 13 - i : i;
  }
}
