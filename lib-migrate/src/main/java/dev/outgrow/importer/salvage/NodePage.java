package dev.outgrow.importer.salvage;

import java.nio.ByteBuffer;
import java.util.List;

/** Lays out one page of a b-tree. */
final class NodePage {
  private static final int CELLS_AT = 3;
  private static final int CONTENT_AT = 5;
  private static final int LEAF_HEADER = 8;
  private static final int INTERIOR_HEADER = 12;

  private NodePage() {}

  /**
   * Writes a page and returns its number.
   *
   * @param rightChild the last child of an interior page; of no meaning in a leaf
   */
  static int write(PageFile target, int type, List<byte[]> cells, int rightChild) {
    boolean leaf = type == Format.TABLE_LEAF || type == Format.INDEX_LEAF;
    ByteBuffer page = ByteBuffer.allocate(target.format().pageSize());
    int pointer = leaf ? LEAF_HEADER : INTERIOR_HEADER;
    int content = target.format().usable();
    for (byte[] cell : cells) {
      content -= cell.length;
      page.put(content, cell);
      page.putShort(pointer, (short) content);
      pointer += Short.BYTES;
    }
    page.put(0, (byte) type)
        .putShort(CELLS_AT, (short) cells.size())
        .putShort(CONTENT_AT, (short) content);
    if (!leaf) {
      page.putInt(LEAF_HEADER, rightChild);
    }
    int number = target.allocate();
    target.write(number, page);
    return number;
  }
}
