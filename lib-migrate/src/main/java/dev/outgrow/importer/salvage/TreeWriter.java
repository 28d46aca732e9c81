package dev.outgrow.importer.salvage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes records, given in their order, as one b-tree. Used once. */
final class TreeWriter {
  private static final int LEAF_HEADER = 8;
  private static final int POINTER = 2;

  private final Pages source;
  private final PageFile target;
  private final boolean inTable;
  private final int capacity;
  private final List<byte[]> cells = new ArrayList<>();
  private int used;
  private long lastRowid;
  private @Nullable TreeLevel above;

  TreeWriter(Pages source, PageFile target, boolean inTable) {
    this.source = source;
    this.target = target;
    this.inTable = inTable;
    this.capacity = target.format().usable() - LEAF_HEADER;
  }

  void add(Cell cell) {
    byte[] bytes = bytes(cell);
    if (used + bytes.length + POINTER > capacity) {
      if (inTable) {
        flush(cells.size(), Varint.of(lastRowid));
      } else {
        byte[] separator = cells.get(cells.size() - 2); // so that both sides keep a record
        cells.remove(cells.size() - 2);
        flush(cells.size() - 1, separator);
      }
    }
    cells.add(bytes);
    used += bytes.length + POINTER;
    lastRowid = cell.rowid();
  }

  /** Writes what is left and returns the root. */
  int finish() {
    int type = inTable ? Format.TABLE_LEAF : Format.INDEX_LEAF;
    if (cells.isEmpty()) {
      return target.emptyTree(type);
    }
    int page = NodePage.write(target, type, cells, 0);
    return above == null ? page : above.finish(page);
  }

  private void flush(int many, byte[] separator) {
    List<byte[]> written = cells.subList(0, many);
    int type = inTable ? Format.TABLE_LEAF : Format.INDEX_LEAF;
    int page = NodePage.write(target, type, written, 0);
    written.clear();
    used = cells.stream().mapToInt(c -> c.length + POINTER).sum();
    if (above == null) {
      above = new TreeLevel(target, inTable);
    }
    above.add(page, separator);
  }

  /** Returns a cell with its overflow in pages of the new file. */
  private byte[] bytes(Cell cell) {
    int length = cell.head().length + cell.local().length;
    boolean overflows = cell.overflow().length > 0;
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.max(Integer.BYTES, length + (overflows ? Integer.BYTES : 0)));
    bytes.put(cell.head()).put(cell.local());
    if (overflows) {
      bytes.putInt(copy(cell.overflow()));
    }
    return bytes.array();
  }

  private int copy(int[] chain) {
    int first = target.allocate();
    int current = first;
    for (int i = 0; i < chain.length; i++) {
      int next = i + 1 < chain.length ? target.allocate() : 0;
      ByteBuffer page = ByteBuffer.allocate(target.format().pageSize());
      ByteBuffer from = source.look(chain[i]);
      page.put(from).putInt(0, next).position(0).limit(page.capacity());
      target.write(current, page);
      current = next;
    }
    return first;
  }
}
