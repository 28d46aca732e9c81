package dev.outgrow.importer.page;

/**
 * One page of a file, somewhere in an array. Nothing writes to it.
 *
 * @param number its number, from 1
 * @param bytes the array
 * @param start where the page begins in it
 */
@SuppressWarnings("ArrayRecordComponent") // it is a place and is never compared
record Page(int number, byte[] bytes, int start) {
  /** Returns the unsigned number in one byte. */
  int uint8(int at) {
    return bytes[start + at] & 0xFF;
  }

  /** Returns the unsigned number in two bytes. */
  int uint16(int at) {
    return (uint8(at) << 8) | uint8(at + 1);
  }

  /** Returns the number in four bytes; a page above 2,147,483,647 is negative. */
  int int32(int at) {
    return (uint16(at) << 16) | uint16(at + 2);
  }
}
