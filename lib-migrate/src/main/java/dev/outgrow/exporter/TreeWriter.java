package dev.outgrow.exporter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the rows of one table, in the order of their ids, as the tree of pages in which SQLite
 * keeps them, from left to right and each page once: see "B-tree Pages" in SQLite's "Database File
 * Format". Keeps one page of each level in memory. <em>Not thread-safe.</em>
 */
final class TreeWriter {
  private static final byte LEAF = 13;
  private static final int HEADER = 8;
  private static final int MOST_RESERVE = 35;
  private static final int POINTER = Integer.BYTES;

  private final PageAppender file;
  private final int pageSize;
  private final byte[] leaf;
  private final ByteBuffer leafBytes;
  private final byte[] overflow;
  private final List<TreeLevel> levels = new ArrayList<>();
  private int cells;
  private int content;
  private long lastRowid;
  private boolean any;

  /** Begins a table behind what a file holds. */
  TreeWriter(PageAppender file) {
    this.file = file;
    this.pageSize = file.pageSize();
    this.leaf = new byte[pageSize];
    this.leafBytes = ByteBuffer.wrap(leaf);
    this.overflow = new byte[pageSize];
    this.content = pageSize;
  }

  /** Returns whether a row of this id can be next. */
  boolean isNext(long rowid) {
    return !any || rowid > lastRowid;
  }

  /**
   * Adds a row.
   *
   * @param rowid its id, larger than all before
   * @param record its record
   * @param length how many bytes that has
   */
  void add(long rowid, Pieces record, int length) throws IOException, SQLException {
    int local = local(length);
    int size =
        Varint.length(length) + Varint.length(rowid) + local + (local < length ? POINTER : 0);
    if (content - size < HEADER + (cells + 1) * Short.BYTES) {
      endLeaf();
    }
    content -= size;
    int at = Varint.put(leaf, content, length);
    at = Varint.put(leaf, at, rowid);
    record.read(leaf, at, local);
    if (local < length) {
      leafBytes.putInt(at + local, file.next());
      spill(record, length - local);
    }
    leafBytes.putShort(HEADER + cells * Short.BYTES, (short) content);
    cells++;
    lastRowid = rowid;
    any = true;
  }

  private int local(int length) {
    int most = pageSize - MOST_RESERVE;
    if (length <= most) {
      return length;
    }
    int least = (pageSize - 12) * 32 / 255 - 23;
    int kept = least + (length - least) % (pageSize - POINTER);
    return kept <= most ? kept : least;
  }

  /** Writes what a leaf has no room for as a chain of pages, from the next one on. */
  private void spill(Pieces record, int length) throws IOException, SQLException {
    int piece = pageSize - POINTER;
    for (int left = length; left > 0; left -= piece) {
      int bytes = Math.min(piece, left);
      int next = bytes < left ? file.after(file.next()) : 0;
      ByteBuffer.wrap(overflow).putInt(next);
      record.read(overflow, POINTER, bytes);
      Arrays.fill(overflow, POINTER + bytes, pageSize, (byte) 0);
      file.add(overflow);
    }
  }

  private void endLeaf() throws IOException {
    finishLeaf();
    int page = file.add(leaf);
    Arrays.fill(leaf, (byte) 0);
    cells = 0;
    content = pageSize;
    add(0, page, lastRowid);
  }

  private void finishLeaf() {
    leaf[0] = LEAF;
    leafBytes.putShort(3, (short) cells);
    leafBytes.putShort(5, (short) content); // 65,536 is written as 0
  }

  private void add(int height, int page, long largest) throws IOException {
    if (height == levels.size()) {
      levels.add(new TreeLevel(pageSize));
    }
    TreeLevel level = levels.get(height);
    if (level.isFull()) {
      shift(height);
    }
    level.add(page, largest);
  }

  private void shift(int height) throws IOException {
    TreeLevel one = new TreeLevel(pageSize);
    levels.get(height).shift(file, one);
    add(height + 1, one.onlyPage(), one.onlyLargest());
  }

  /** Ends the table, whose tree begins at a page that is there. */
  void finish(int root) throws IOException {
    if (levels.isEmpty()) {
      finishLeaf();
      file.replace(root, leaf);
      return;
    }
    endLeaf();
    int height = 0;
    while (height + 1 < levels.size() || !levels.get(height).fitsOnePage()) {
      while (!levels.get(height).isEmpty()) {
        shift(height);
      }
      height++;
    }
    file.replace(root, levels.get(height).whole());
  }
}
