package dev.outgrow.importer.sqlite;

import dev.outgrow.importer.source.SourceRow;
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
        case TEXT, BLOB -> text.append(HexFormat.of().formatHex(row.bytes(i)));
      }
    }
    return text.toString();
  }
}
