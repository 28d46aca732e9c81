package dev.outgrow.importer.page;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Goes through the cells of one tree in their order, from the leftmost leaf to the rightmost. The
 * cells of a table with rowids are in its leaves; those of one without are in every page. <em>Not
 * thread-safe.</em>
 */
final class TreeWalk {
  private static final int LEAF_OF_TABLE = 0x0D;
  private static final int INNER_OF_TABLE = 0x05;
  private static final int LEAF_OF_INDEX = 0x0A;
  private static final int INNER_OF_INDEX = 0x02;
  private static final int FILE_HEADER = 100;
  private static final int LEAF_HEADER = 8;
  private static final int INNER_HEADER = 12;
  private static final int CHILD = 4;

  /** SQLite's own limit for the depth of a tree. */
  private static final int DEEPEST = 20;

  private final Pages pages;
  private final boolean table;
  private final Payload payload;
  private final Deque<Level> path = new ArrayDeque<>();
  private long visited;
  private long rowid;

  private TreeWalk(Pages pages, boolean table, Payload payload) {
    this.pages = pages;
    this.table = table;
    this.payload = payload;
  }

  /**
   * Begins before the first cell.
   *
   * @param root the page of the tree's root
   * @param table whether it is a table with rowids
   * @param payload takes the record of each cell
   * @param part which of its cells
   */
  static TreeWalk of(Pages pages, int root, boolean table, Payload payload, Part part)
      throws UnknownFormatException {
    TreeWalk walk = new TreeWalk(pages, table, payload);
    walk.descend(root);
    walk.path.getLast().keep(part);
    return walk;
  }

  /** What became of a step to the next cell. */
  enum Outcome {
    /** The record of the next cell was taken. */
    ROW,
    /** It is too large to be read as a whole, and was not taken. */
    TOO_LARGE,
    /** There is no cell any more. */
    END
  }

  /** Takes the next cell. */
  Outcome next() throws UnknownFormatException {
    try {
      while (!path.isEmpty()) {
        Level level = path.getLast();
        if (level.isDone()) {
          path.removeLast();
        } else if (level.isChildNext()) {
          descend(level.child());
        } else {
          return take(level) ? Outcome.ROW : Outcome.TOO_LARGE;
        }
      }
      return Outcome.END;
    } catch (IndexOutOfBoundsException e) {
      throw new UnknownFormatException(
          path.isEmpty() ? 0 : path.getLast().page.number(), "a number that leads elsewhere");
    }
  }

  /** Returns the rowid of the cell that was taken last. */
  long rowid() {
    return rowid;
  }

  private void descend(int number) throws UnknownFormatException {
    // As many steps as there are pages: more only go in circles.
    if (path.size() == DEEPEST || ++visited > pages.count()) {
      throw new UnknownFormatException(number, "a tree that has no end");
    }
    try {
      path.addLast(level(pages.read(number), path.isEmpty()));
    } catch (IndexOutOfBoundsException e) {
      throw new UnknownFormatException(number, "a number that leads elsewhere");
    }
  }

  private Level level(Page page, boolean root) throws UnknownFormatException {
    int header = page.number() == 1 ? FILE_HEADER : 0;
    int kind = page.uint8(header);
    boolean leaf = kind == (table ? LEAF_OF_TABLE : LEAF_OF_INDEX);
    if (!leaf && kind != (table ? INNER_OF_TABLE : INNER_OF_INDEX)) {
      throw new UnknownFormatException(page.number(), "a page of kind " + kind);
    }
    int cells = page.uint16(header + 3);
    int pointers = header + (leaf ? LEAF_HEADER : INNER_HEADER);
    int content = pointers + 2 * cells;
    if (content > pages.usable() || (cells == 0 && !(root && leaf))) {
      throw new UnknownFormatException(page.number(), cells + " cells");
    }
    Level level = new Level(page, leaf, cells, pointers, content);
    for (int i = 0; i < cells; i++) {
      check(level, level.place(i));
    }
    return level;
  }

  /** SQLite, too, looks at all cells of a page before it gives the first of them. */
  private void check(Level level, int place) throws UnknownFormatException {
    Page page = level.page;
    int end = page.start() + pages.usable();
    int at = page.start() + place + (level.leaf ? 0 : CHILD);
    if (level.leaf || !table) {
      long total = Bytes.varint(page.bytes(), at, end);
      at += Bytes.varintLength(page.bytes(), at);
      at += table ? Bytes.varintLength(page.bytes(), at) : 0;
      at += payload.inPage(page, total, table);
    } else {
      at += Bytes.varintLength(page.bytes(), at);
    }
    if (at > end) {
      throw new UnknownFormatException(page.number(), "a cell that goes beyond the page");
    }
  }

  private boolean take(Level level) throws UnknownFormatException {
    Page page = level.page;
    int end = page.start() + pages.usable();
    int at = page.start() + level.cell() + (level.leaf ? 0 : CHILD);
    long total = Bytes.varint(page.bytes(), at, end);
    at += Bytes.varintLength(page.bytes(), at);
    if (table) {
      rowid = Bytes.varint(page.bytes(), at, end);
      at += Bytes.varintLength(page.bytes(), at);
    }
    level.step();
    return payload.take(page, at - page.start(), total, table);
  }

  /** One page on the way from the root to a cell, and how far it is gone through. */
  private final class Level {
    private final Page page;
    private final boolean leaf;
    private final int cells;
    private final int pointers;
    private final int content;
    // Of an inner page's children and cells by turns; of a leaf's cells.
    private int step;
    private int end;

    Level(Page page, boolean leaf, int cells, int pointers, int content) {
      this.page = page;
      this.leaf = leaf;
      this.cells = cells;
      this.pointers = pointers;
      this.content = content;
      this.end = leaf ? cells : 2 * cells + 1;
    }

    /** Leaves out what is in other parts. A cell between two children goes with the first. */
    void keep(Part part) {
      int below = leaf ? cells : cells + 1;
      int steps = leaf ? 1 : 2;
      step = steps * part.before(below);
      end = Math.min(end, steps * part.through(below));
    }

    boolean isDone() {
      return step >= end;
    }

    /** An inner page of a table with rowids has cells too, but no records in them. */
    boolean isChildNext() {
      return !leaf && (table || step % 2 == 0);
    }

    void step() {
      step++;
    }

    int child() throws UnknownFormatException {
      int child = step == 2 * cells ? page.int32(pointers - CHILD) : page.int32(cell());
      step += table ? 2 : 1;
      return child;
    }

    /** Returns where the cell begins in the page that is next. */
    int cell() throws UnknownFormatException {
      return place(leaf ? step : step / 2);
    }

    int place(int number) throws UnknownFormatException {
      int at = page.uint16(pointers + 2 * number);
      if (at < content || at > pages.usable() - CHILD - (leaf ? 0 : 1)) {
        throw new UnknownFormatException(page.number(), "a cell at byte " + at);
      }
      return at;
    }
  }
}
