package dev.outgrow.importer.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.source.SourceRow;
import java.util.Arrays;
import java.util.HexFormat;

/** Everything that can be told of a row, as text. */
final class RowText {
  private RowText() {}

  static String of(SourceRow row) {
    StringBuilder text = new StringBuilder(row.key());
    for (int i = 0; i < row.columns(); i++) {
      text.append('|').append(row.storageClass(i)).append(' ');
      switch (row.storageClass(i)) {
        case NULL -> {}
        case INTEGER -> text.append(row.integer(i));
        case REAL -> text.append(Double.doubleToRawLongBits(row.real(i)));
        case TEXT, BLOB -> text.append(HexFormat.of().formatHex(bytes(row, i)));
      }
    }
    return text.toString();
  }

  /** Whoever asks for an array, and where the bytes stand in it, gets the same. */
  private static byte[] bytes(SourceRow row, int column) {
    int from = row.offset(column);
    int to = from + (int) row.length(column);
    byte[] inArray = Arrays.copyOfRange(row.array(column), from, to);
    assertThat(inArray).isEqualTo(row.bytes(column));
    assertThat(row.length(column)).isEqualTo(inArray.length);
    return inArray;
  }
}
