package dev.outgrow.importer.salvage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages of one height above the leaves: children, and what separates each from the next. */
final class TreeLevel {
  private static final int INTERIOR_HEADER = 12;
  private static final int POINTER = 2;

  private final PageFile target;
  private final boolean inTable;
  private final int capacity;
  private final List<byte[]> cells = new ArrayList<>();
  private int used;
  private @Nullable TreeLevel above;

  TreeLevel(PageFile target, boolean inTable) {
    this.target = target;
    this.inTable = inTable;
    this.capacity = target.format().usable() - INTERIOR_HEADER;
  }

  /** Adds a child, and what separates it from the next one. There will be a next one. */
  void add(int child, byte[] separator) {
    byte[] cell =
        ByteBuffer.allocate(Integer.BYTES + separator.length).putInt(child).put(separator).array();
    if (used + cell.length + POINTER > capacity) {
      byte[] last = cells.remove(cells.size() - 1);
      ByteBuffer right = ByteBuffer.wrap(last);
      int page = NodePage.write(target, type(), cells, right.getInt());
      byte[] promoted = new byte[right.remaining()];
      right.get(promoted);
      cells.clear();
      used = 0;
      parent().add(page, promoted);
    }
    cells.add(cell);
    used += cell.length + POINTER;
  }

  /** Adds the last child and returns the root. */
  int finish(int lastChild) {
    int page = NodePage.write(target, type(), cells, lastChild);
    return above == null ? page : above.finish(page);
  }

  private TreeLevel parent() {
    if (above == null) {
      above = new TreeLevel(target, inTable);
    }
    return above;
  }

  private int type() {
    return inTable ? Format.TABLE_INTERIOR : Format.INDEX_INTERIOR;
  }
}
