package dev.outgrow.importer.salvage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a record says of its values. One whose sizes do not add up is damaged: SQLite would read
 * values from wherever they point to.
 *
 * @param types the serial type of each value
 * @param length the bytes before the first value
 */
record RecordHeader(List<Long> types, int length) {
  private static final int MOST_BYTES = 9 * 32_767 + 9;
  private static final long FIRST_OF_VARYING = 12;
  private static final int[] FIXED = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};

  /**
   * Reads the header of a record.
   *
   * @throws DamageException if it contradicts the record's size
   */
  static RecordHeader of(Cell cell, Pages pages) {
    byte[] start = cell.prefix(pages, (int) Math.min(9, cell.size()));
    Varint length = Varint.at(ByteBuffer.wrap(start), 0, start.length);
    if (length.value() < length.length() || length.value() > Math.min(cell.size(), MOST_BYTES)) {
      throw new DamageException("a record does not say what it holds");
    }
    byte[] header = cell.prefix(pages, (int) length.value());
    ByteBuffer bytes = ByteBuffer.wrap(header);
    List<Long> types = new ArrayList<>();
    long body = 0;
    int at = length.length();
    while (at < header.length) {
      Varint type = Varint.at(bytes, at, header.length);
      at += type.length();
      body += size(type.value());
      if (body < 0 || body > cell.size()) {
        throw new DamageException("a record holds more than its size");
      }
      types.add(type.value());
    }
    if (header.length + body != cell.size()) {
      throw new DamageException("a record holds less than its size");
    }
    return new RecordHeader(types, header.length);
  }

  /** Returns the bytes of a value of this serial type. */
  static long size(long type) {
    if (type >= FIRST_OF_VARYING) {
      return (type - FIRST_OF_VARYING) / 2;
    }
    if (type < 0 || type == 10 || type == 11) {
      throw new DamageException("a record holds a value of no known kind");
    }
    return FIXED[(int) type];
  }
}
