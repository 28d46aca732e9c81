package dev.outgrow.importer.salvage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Walks over the records of one b-tree in their order, past whatever is damaged: of a page that
 * cannot be read, its siblings still are. Ends because each page is taken once. Used once.
 */
final class TreeWalk {
  private static final int DEEPEST = 20;

  private final Pages pages;
  private final boolean inTable;
  private final int mostValues;
  private final Losses losses;
  private final Consumer<Cell> rows;
  private long lastRowid = Long.MIN_VALUE;
  private boolean begun;

  /**
   * Prepares a walk.
   *
   * @param inTable whether it is the tree of a table with rowids, else that of an index
   * @param mostValues how many values a record may have
   * @param losses is told what is lost
   * @param rows takes the records
   */
  TreeWalk(Pages pages, boolean inTable, int mostValues, Losses losses, Consumer<Cell> rows) {
    this.pages = pages;
    this.inTable = inTable;
    this.mostValues = mostValues;
    this.losses = losses;
    this.rows = rows;
  }

  void from(long root) {
    visit(root, new Range(Long.MIN_VALUE, Long.MAX_VALUE), 0);
  }

  private void visit(long number, Range range, int depth) {
    ByteBuffer page;
    Node node;
    try {
      if (depth > DEEPEST) {
        throw new DamageException("it lies deeper than any page can");
      }
      page = pages.take(number);
      node = Node.of(page, Format.headerAt((int) number), pages.format(), inTable);
    } catch (DamageException e) {
      losses.page(number, e.what(), inTable ? range.words() : "");
      return;
    }
    if (node.leaf()) {
      leaf(number, page, node, range);
    } else if (inTable) {
      tableInterior(number, page, node, range, depth);
    } else {
      indexInterior(number, page, node, range, depth);
    }
  }

  private void leaf(long number, ByteBuffer page, Node node, Range range) {
    List<Found> found = inTable ? Tiles.read(pages, page, node, this::sound) : List.of();
    if (found.isEmpty()) {
      found = pointed(number, page, node);
    }
    if (!inTable) {
      found.forEach(f -> emit(f.cell(), number, f.number()));
      return;
    }
    long[] keys = found.stream().mapToLong(f -> f.cell().rowid()).toArray();
    boolean[] kept = Ascending.kept(keys, Math.max(range.above(), lastRowid), range.upTo());
    for (int i = 0; i < keys.length; i++) {
      boolean smallest = !begun && i == 0 && keys[i] == Long.MIN_VALUE;
      if (kept[i] || smallest) {
        emit(found.get(i).cell(), number, found.get(i).number());
      } else {
        losses.row(number, found.get(i).number(), "rowid out of order");
      }
    }
  }

  private List<Found> pointed(long number, ByteBuffer page, Node node) {
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < node.cells(); i++) {
      try {
        Cell cell = Cell.read(pages, page, node.offset(page, i), inTable);
        found.add(new Found(i, sound(cell)));
      } catch (DamageException e) {
        losses.row(number, i, e.what());
      }
    }
    return found;
  }

  private void tableInterior(long number, ByteBuffer page, Node node, Range range, int depth) {
    long[] children = new long[node.cells() + 1];
    long[] keys = new long[node.cells()];
    for (int i = 0; i < node.cells(); i++) {
      try {
        int offset = node.offset(page, i);
        keys[i] = Varint.at(page, offset + Integer.BYTES, page.limit()).value();
        children[i] = page.getInt(offset) & 0xFFFFFFFFL;
      } catch (DamageException e) {
        losses.page(number, "its cell " + i + ": " + e.what(), "");
        children[i] = -1;
        keys[i] = Long.MIN_VALUE;
      }
    }
    children[node.cells()] = node.rightChild();
    boolean[] kept = Ascending.kept(keys, range.above(), range.upTo());
    long above = range.above();
    for (int i = 0; i < children.length; i++) {
      int bound = i;
      while (bound < keys.length && !kept[bound]) {
        bound++;
      }
      long upTo = bound < keys.length ? keys[bound] : range.upTo();
      if (children[i] >= 0) {
        visit(children[i], new Range(above, upTo), depth + 1);
      }
      above = i < keys.length && kept[i] ? keys[i] : above;
    }
  }

  private void indexInterior(long number, ByteBuffer page, Node node, Range range, int depth) {
    for (int i = 0; i < node.cells(); i++) {
      try {
        int offset = node.offset(page, i);
        visit(page.getInt(offset) & 0xFFFFFFFFL, range, depth + 1);
        emit(sound(Cell.read(pages, page, offset + Integer.BYTES, false)), number, i);
      } catch (DamageException e) {
        losses.row(number, i, e.what());
      }
    }
    visit(node.rightChild(), range, depth + 1);
  }

  private Cell sound(Cell cell) {
    if (RecordHeader.of(cell, pages).types().size() > mostValues) {
      throw new DamageException("a record has more values than there are columns");
    }
    return cell;
  }

  /** Two rows of one page may lay claim to the same page for the rest of a value. */
  private void emit(Cell cell, long page, int number) {
    for (int rest : cell.overflow()) {
      if (pages.isTaken(rest)) {
        losses.row(page, number, "page " + rest + ", where it goes on, belongs to another record");
        return;
      }
    }
    cell.take(pages);
    lastRowid = cell.rowid();
    begun = true;
    rows.accept(cell);
  }

  /** A cell and its number in its page. */
  record Found(int number, Cell cell) {}

  /** The rowids that a page may hold. */
  private record Range(long above, long upTo) {
    String words() {
      if (above == Long.MIN_VALUE && upTo == Long.MAX_VALUE) {
        return ", which held all rows";
      }
      if (above == Long.MIN_VALUE) {
        return ", which held the rows up to rowid " + upTo;
      }
      if (upTo == Long.MAX_VALUE) {
        return ", which held the rows after rowid " + above;
      }
      long most = upTo - above;
      return ", which held rows with rowid "
          + (above + 1)
          + " to "
          + upTo
          + (most > 0 ? ", at most " + most : "");
    }
  }
}
