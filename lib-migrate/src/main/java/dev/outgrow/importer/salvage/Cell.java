package dev.outgrow.importer.salvage;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * One record where it stands: what of it is in its page, and the pages that hold the rest.
 *
 * @param head the bytes before the record: its size, and its rowid in a table
 * @param local the part of the record that is in the page
 * @param size the bytes of the whole record
 * @param rowid its rowid; 0 in an index
 * @param overflow the pages of the rest, in order
 */
@SuppressWarnings("ArrayRecordComponent") // handed from a reader to a writer, never compared
record Cell(byte[] head, byte[] local, long size, long rowid, int[] overflow) {

  /**
   * Reads a cell and follows its overflow.
   *
   * @param page the page
   * @param offset where the cell begins, behind the number of a child page if there is one
   * @param inTable whether it has a rowid
   * @throws DamageException if it does not fit in its page, or pages of it are not there
   */
  static Cell read(Pages pages, ByteBuffer page, int offset, boolean inTable) {
    int end = Math.min(page.limit(), pages.format().usable());
    Varint size = Varint.at(page, offset, end);
    int at = offset + size.length();
    long rowid = 0;
    if (inTable) {
      Varint key = Varint.at(page, at, end);
      rowid = key.value();
      at += key.length();
    }
    if (size.value() < 1 || size.value() > Integer.MAX_VALUE) {
      throw new DamageException("a record has a size that none can have");
    }
    int local = pages.format().local(size.value(), inTable);
    boolean overflows = local < size.value();
    if (at + local + (overflows ? Integer.BYTES : 0) > end) {
      throw new DamageException("a record ends beyond its page");
    }
    int[] overflow =
        overflows ? chain(pages, page.getInt(at + local), size.value() - local) : new int[0];
    return new Cell(
        bytes(page, offset, at - offset), bytes(page, at, local), size.value(), rowid, overflow);
  }

  private static int[] chain(Pages pages, long first, long bytes) {
    int each = pages.format().usable() - Integer.BYTES;
    long length = (bytes + each - 1) / each;
    if (length > pages.count()) {
      throw new DamageException("a record is larger than the file");
    }
    int[] chain = new int[(int) length];
    Set<Integer> seen = new HashSet<>();
    long next = first & 0xFFFFFFFFL;
    for (int i = 0; i < chain.length; i++) {
      ByteBuffer page = pages.look(next);
      long needed = Math.min(each, bytes - (long) i * each) + Integer.BYTES;
      if (page.limit() < needed || pages.isTaken((int) next)) {
        throw new DamageException(
            "page " + next + ", where a record goes on, holds something else");
      }
      if (!seen.add((int) next)) {
        throw new DamageException("page " + next + ", where a record goes on, comes twice in it");
      }
      chain[i] = (int) next;
      next = page.getInt(0) & 0xFFFFFFFFL;
    }
    return chain;
  }

  /** Marks the pages of the rest as taken, once it is known that the record is sound. */
  void take(Pages pages) {
    for (int page : overflow) {
      pages.taken(page);
    }
  }

  /** Returns bytes of the record from its beginning. */
  byte[] prefix(Pages pages, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    bytes.put(local, 0, Math.min(length, local.length));
    for (int i = 0; bytes.hasRemaining(); i++) {
      ByteBuffer page = pages.look(overflow[i]);
      int many = Math.min(bytes.remaining(), pages.format().usable() - Integer.BYTES);
      bytes.put(bytes(page, Integer.BYTES, many));
    }
    return bytes.array();
  }

  private static byte[] bytes(ByteBuffer page, int offset, int length) {
    byte[] bytes = new byte[length];
    page.get(offset, bytes);
    return bytes;
  }
}
