package dev.outgrow.importer.salvage;

import java.nio.ByteBuffer;

/**
 * What the header of a page of a b-tree says.
 *
 * @param leaf whether it has no children
 * @param cells how many cells it has
 * @param pointersAt where the list of their offsets begins
 * @param content where the cells begin
 * @param whole whether all of what follows is cells, without a gap between them
 * @param end where the usable part of the page ends, or what is there of it
 * @param rightChild the last child; of no meaning in a leaf
 */
record Node(
    boolean leaf, int cells, int pointersAt, int content, boolean whole, int end, long rightChild) {
  private static final int LEAF_HEADER = 8;
  private static final int INTERIOR_HEADER = 12;

  /**
   * Reads a header.
   *
   * @throws DamageException if it is not one of this kind of tree
   */
  static Node of(ByteBuffer page, int at, Format format, boolean inTable) {
    if (page.limit() < at + INTERIOR_HEADER) {
      throw new DamageException("the file ends in it");
    }
    int type = page.get(at);
    boolean leaf = type == (inTable ? Format.TABLE_LEAF : Format.INDEX_LEAF);
    if (!leaf && type != (inTable ? Format.TABLE_INTERIOR : Format.INDEX_INTERIOR)) {
      throw new DamageException("it is no page of this tree");
    }
    int cells = page.getShort(at + 3) & 0xFFFF;
    int pointersAt = at + (leaf ? LEAF_HEADER : INTERIOR_HEADER);
    int end = Math.min(page.limit(), format.usable());
    if (pointersAt + 2 * cells > end) {
      throw new DamageException("it has more cells than fit in it");
    }
    int content = page.getShort(at + 5) & 0xFFFF;
    boolean whole = page.getShort(at + 1) == 0 && page.get(at + 7) == 0;
    long rightChild = leaf ? 0 : page.getInt(at + LEAF_HEADER) & 0xFFFFFFFFL;
    return new Node(leaf, cells, pointersAt, content, whole, end, rightChild);
  }

  /**
   * Returns where a cell begins.
   *
   * @throws DamageException if no cell can be there
   */
  int offset(ByteBuffer page, int cell) {
    int offset = page.getShort(pointersAt + 2 * cell) & 0xFFFF;
    if (offset < pointersAt + 2 * cells || offset + Integer.BYTES > end) {
      throw new DamageException("no cell can be where it should be");
    }
    return offset;
  }
}
