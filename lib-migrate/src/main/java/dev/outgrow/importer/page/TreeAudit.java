package dev.outgrow.importer.page;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Looks at the pages of one tree. <em>Not thread-safe.</em> */
final class TreeAudit {
  private static final int LEAF_OF_TABLE = 0x0D;
  private static final int INNER_OF_TABLE = 0x05;
  private static final int LEAF_OF_INDEX = 0x0A;
  private static final int INNER_OF_INDEX = 0x02;
  private static final int FILE_HEADER = 100;
  private static final int LEAF_HEADER = 8;
  private static final int INNER_HEADER = 12;
  private static final int CHILD = 4;
  private static final int SMALLEST_CELL = 4;

  /** Of one column: its length, and the column's kind. */
  private static final int SMALLEST_RECORD_HEADER = 2;

  /** A root with fewer cells is looked at before another thread has begun. */
  private static final int MANY = 16;

  /** SQLite's own limit for the depth of a tree. */
  private static final int DEEPEST = 20;

  private final PageAudit audit;
  private final Pages pages;
  private final boolean table;
  private final Payload payload;
  private final BytesInUse inUse;
  private long entries;

  // Of the cell that was measured last.
  private long rowid;
  private int size;

  TreeAudit(PageAudit audit, boolean table) {
    this.audit = audit;
    this.pages = audit.pages();
    this.table = table;
    this.payload = new Payload(pages, 0);
    this.inUse = new BytesInUse(pages.usable());
  }

  /** Returns how many entries the tree has. */
  long entries(int root) throws UnknownFormatException {
    entries = 0;
    depth(root, Long.MIN_VALUE, Long.MAX_VALUE, 1);
    return entries;
  }

  /**
   * Looks at a page and all below it.
   *
   * @param least no rowid there is below it
   * @param most no rowid there is above it
   * @return how many pages are one below the other from here on
   */
  private int depth(int number, long least, long most, int level) throws UnknownFormatException {
    if (level > DEEPEST) {
      throw new UnknownFormatException(number, "a tree that has no end");
    }
    Cells cells = cells(audit.visit(number), level == 1);
    lookAt(cells, least, most);
    if (cells.leaf()) {
      return 1;
    }
    int depth =
        level == 1 && cells.count() >= MANY
            ? depthOfHalves(cells, least, most)
            : depthBelow(cells, 0, cells.count() + 1, least, most, level);
    return 1 + depth;
  }

  /** Has another thread look at what is below the second half of the root's cells. */
  private int depthOfHalves(Cells cells, long least, long most) throws UnknownFormatException {
    int end = cells.count() + 1;
    Optional<PageAudit> other = audit.beside();
    if (other.isEmpty()) {
      return depthBelow(cells, 0, end, least, most, 1);
    }
    TreeAudit beside = new TreeAudit(other.get(), table);
    FutureTask<Integer> half =
        new FutureTask<>(() -> beside.depthBelow(cells, end / 2, end, least, most, 1));
    Thread thread = new Thread(half, "outgrow-audit");
    thread.setDaemon(true);
    thread.start();
    int depth;
    try {
      depth = depthBelow(cells, 0, end / 2, least, most, 1);
    } finally {
      join(thread);
    }
    if (depth != depth(half)) {
      throw new UnknownFormatException(cells.page().number(), "children of different depths");
    }
    audit.take(other.get());
    entries += beside.entries;
    return depth;
  }

  /** The pages are read until it has ended, whoever waits for it. */
  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static int depth(FutureTask<Integer> done) throws UnknownFormatException {
    try {
      return done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnknownFormatException(0, "a half that nobody waits for any more");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownFormatException unknown) {
        throw unknown;
      }
      if (e.getCause() instanceof IndexOutOfBoundsException outside) {
        throw outside;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * The cells of a page.
   *
   * @param header where the page's header begins
   * @param pointers where it is told where each of them is
   * @param leaf whether no page is below it
   */
  private record Cells(Page page, int header, int pointers, int count, boolean leaf) {
    int at(int number) {
      return page.uint16(pointers + 2 * number);
    }

    int end() {
      return pointers + 2 * count;
    }
  }

  private Cells cells(Page page, boolean root) throws UnknownFormatException {
    int header = page.number() == 1 ? FILE_HEADER : 0;
    boolean leaf = isLeaf(page, header);
    int count = page.uint16(header + 3);
    if (count == 0 && !(leaf && root)) {
      throw new UnknownFormatException(page.number(), "no cells");
    }
    return new Cells(page, header, header + (leaf ? LEAF_HEADER : INNER_HEADER), count, leaf);
  }

  private void lookAt(Cells cells, long least, long most) throws UnknownFormatException {
    Page page = cells.page();
    inUse.begin(page, cells.header(), cells.end());
    long from = least;
    boolean full = false; // whether the largest rowid there can be has come
    for (int i = 0; i < cells.count(); i++) {
      measure(page, cells.at(i), cells.leaf());
      inUse.add(cells.at(i), size);
      if (table) {
        if (full || rowid < from || rowid > most) {
          throw new UnknownFormatException(page.number(), "rowids out of order");
        }
        full = rowid == Long.MAX_VALUE;
        from = rowid + 1;
      }
    }
    inUse.end(page, cells.header());
  }

  /**
   * Returns how many pages are one below the other below some children of an inner page.
   *
   * @param first the first of them
   * @param end the first that is not one of them; the last child of all stands in the header
   */
  private int depthBelow(Cells cells, int first, int end, long least, long most, int level)
      throws UnknownFormatException {
    Page page = cells.page();
    int depth = 0;
    long from = table && first > 0 ? separator(page, cells.at(first - 1)) + 1 : least;
    for (int i = first; i < end; i++) {
      boolean last = i == cells.count();
      int at = last ? cells.pointers() - CHILD : cells.at(i);
      long to = table && !last ? separator(page, at) : most;
      int below = depth(page.int32(at), from, to, level + 1);
      if (depth != 0 && below != depth) {
        throw new UnknownFormatException(page.number(), "children of different depths");
      }
      depth = below;
      from = table && !last ? to + 1 : from;
    }
    return depth;
  }

  /** Returns the largest rowid that the child of a cell may have. */
  private long separator(Page page, int cell) throws UnknownFormatException {
    int at = page.start() + cell + CHILD;
    long rowid = Bytes.varint(page.bytes(), at, page.start() + pages.usable());
    if (rowid == Long.MAX_VALUE) {
      throw new UnknownFormatException(page.number(), "a child behind the largest rowid");
    }
    return rowid;
  }

  private boolean isLeaf(Page page, int header) throws UnknownFormatException {
    int kind = page.uint8(header);
    boolean leaf = kind == (table ? LEAF_OF_TABLE : LEAF_OF_INDEX);
    if (!leaf && kind != (table ? INNER_OF_TABLE : INNER_OF_INDEX)) {
      throw new UnknownFormatException(page.number(), "a page of kind " + kind);
    }
    return leaf;
  }

  /** Finds out how large a cell is, and follows what of it is elsewhere. */
  private void measure(Page page, int cell, boolean leaf) throws UnknownFormatException {
    byte[] bytes = page.bytes();
    int begin = page.start() + cell;
    int end = page.start() + pages.usable();
    int at = begin + (leaf ? 0 : CHILD);
    if (table && !leaf) {
      rowid = Bytes.varint(bytes, at, end);
      size = at + Bytes.varintLength(bytes, at) - begin;
      return;
    }
    long total = Bytes.varint(bytes, at, end);
    at += Bytes.varintLength(bytes, at);
    if (table) {
      rowid = Bytes.varint(bytes, at, end);
      at += Bytes.varintLength(bytes, at);
    }
    int here = payload.inPage(page, total, table);
    if (at + here > end) {
      throw new UnknownFormatException(page.number(), "a cell that goes beyond the page");
    }
    if (total > 0 && bytes[at] >= 0 && bytes[at] < SMALLEST_RECORD_HEADER) {
      throw new UnknownFormatException(page.number(), "a record without columns");
    }
    size = Math.max(SMALLEST_CELL, at + here - begin);
    entries++;
    int local = payload.local((int) total, table);
    if (local < total) {
      audit.walkOverflow(page.int32(at - page.start() + local), total - local);
    }
  }
}
