package dev.outgrow.importer.page;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every page of a file as SQLite's {@code quick_check} does: each belongs to one tree, to
 * one chain of overflow pages or to the list of free pages, once, and each page of a tree is laid
 * out as it has to be, with its rowids in their order.
 *
 * <p>It is stricter where that is simpler, since it never says that a file is damaged: SQLite has
 * the word where it does not find one sound. Both halves of a large tree are looked at at once.
 * <em>Not thread-safe.</em>
 */
final class PageAudit {
  /** More are left to SQLite: so many pages take 16 MiB to tell which were seen. */
  static final int MOST_PAGES = 1 << 27;

  private static final int FIRST_FREE = 32;
  private static final int FREE_PAGES = 36;
  private static final int LARGEST_ROOT = 52;
  private static final int INCREMENTAL = 64;
  private static final int LOCKED_BYTE = 0x40000000;
  private static final int ENTRY_OF_MAP = 5;
  private static final int POINTER = 4;

  private final Pages pages;
  private final @Nullable Supplier<Pages> others;
  private final BooleanSupplier interrupted;
  private final BitSet seen = new BitSet();

  /**
   * Prepares.
   *
   * @param pages the pages
   * @param others gives them to another thread as well; null if they are for one alone
   * @param interrupted whether nobody waits for the answer any more: then there is none
   */
  PageAudit(Pages pages, @Nullable Supplier<Pages> others, BooleanSupplier interrupted) {
    this.pages = pages;
    this.others = others;
    this.interrupted = interrupted;
  }

  /** Returns another, which sees the same pages, for another thread; nothing if one has to do. */
  Optional<PageAudit> beside() {
    return others == null
        ? Optional.empty()
        : Optional.of(new PageAudit(others.get(), null, interrupted));
  }

  /** Takes over what another has seen, which has ended. */
  void take(PageAudit other) throws UnknownFormatException {
    if (seen.intersects(other.seen)) {
      throw new UnknownFormatException(0, "a page that two lead to");
    }
    seen.or(other.seen);
  }

  Pages pages() {
    return pages;
  }

  /**
   * Looks at all pages.
   *
   * @param pageSize bytes of a page, reserved ones included
   * @param trees every tree of the file but that of the schema
   * @return how many entries each tree has; nothing if the file is not found to be sound
   */
  Optional<List<Long>> entries(int pageSize, List<PageTree> trees) {
    if (pages.count() > MOST_PAGES) {
      return Optional.empty();
    }
    try {
      Page first = pages.read(1);
      int largest = first.int32(LARGEST_ROOT);
      boolean mapped = largest != 0;
      if (mapped ? largest != largestRoot(trees) : first.int32(INCREMENTAL) != 0) {
        return Optional.empty();
      }
      walkFree(first);
      new TreeAudit(this, true).entries(1);
      List<Long> entries = new ArrayList<>();
      for (PageTree tree : trees) {
        entries.add(new TreeAudit(this, tree.rowids()).entries(tree.root()));
      }
      boolean whole = isComplete(pageSize, mapped);
      return whole ? Optional.of(List.copyOf(entries)) : Optional.empty();
    } catch (UnknownFormatException | IndexOutOfBoundsException e) {
      return Optional.empty(); // SQLite says what it is
    }
  }

  private static int largestRoot(List<PageTree> trees) {
    return trees.stream().mapToInt(PageTree::root).max().orElse(1);
  }

  /** Reads a page that nothing else has led to. */
  Page visit(int number) throws UnknownFormatException {
    Page page = pages.read(number);
    mark(number);
    return page;
  }

  private void mark(int number) throws UnknownFormatException {
    if (interrupted.getAsBoolean()) {
      throw new UnknownFormatException(number, "a page that nobody wants to know of any more");
    }
    if (number < 1 || number > pages.count() || seen.get(number)) {
      throw new UnknownFormatException(number, "a page that two lead to, or none can");
    }
    seen.set(number);
  }

  /** Follows the pages with the rest of a record, which end where the record does. */
  void walkOverflow(int first, long rest) throws UnknownFormatException {
    int piece = pages.usable() - POINTER;
    int next = first;
    for (long left = rest; left > 0; left -= piece) {
      mark(next);
      next = pages.follower(next);
    }
    if (next != 0) {
      throw new UnknownFormatException(next, "a chain longer than its record");
    }
  }

  private void walkFree(Page first) throws UnknownFormatException {
    long left = Integer.toUnsignedLong(first.int32(FREE_PAGES));
    int next = first.int32(FIRST_FREE);
    while (next != 0) {
      Page trunk = visit(next);
      int leaves = trunk.int32(POINTER);
      if (leaves < 0 || leaves > pages.usable() / POINTER - 2) {
        throw new UnknownFormatException(next, leaves + " free pages");
      }
      for (int i = 0; i < leaves; i++) {
        mark(trunk.int32(2 * POINTER + POINTER * i));
      }
      left -= 1 + leaves;
      next = trunk.int32(0);
    }
    if (left != 0) {
      throw new UnknownFormatException(1, "a list of free pages of another length");
    }
  }

  /** Returns whether every page was seen that has to be, and none that must not. */
  private boolean isComplete(int pageSize, boolean mapped) {
    long locked = (long) LOCKED_BYTE / pageSize + 1;
    long map = mapped ? 2 : Long.MAX_VALUE;
    for (int number = 1; number <= pages.count(); number++) {
      // A page that tells the parents of others gives way to the one in which bytes are locked.
      boolean isMap = number == (map == locked ? map + 1 : map);
      if (isMap) {
        map += pages.usable() / ENTRY_OF_MAP + 1;
      }
      if (seen.get(number) == (isMap || number == locked)) {
        return false;
      }
    }
    return true;
  }
}
