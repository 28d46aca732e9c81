package dev.outgrow.importer.salvage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Reads a leaf whose list of offsets is damaged. Where nothing was deleted from it since it was
 * filled, its cells stand side by side up to the end of the page: if as many as there should be
 * cover that room exactly, and each holds a sound record, they are its rows.
 */
final class Tiles {
  private static final int SMALLEST = 4;

  private Tiles() {}

  /** Returns the rows in the order of their rowids; none where the list is sound or this fails. */
  static List<TreeWalk.Found> read(
      Pages pages, ByteBuffer page, Node node, UnaryOperator<Cell> sound) {
    if (!node.whole() || isSound(page, node) || node.content() < node.pointersAt()) {
      return List.of();
    }
    List<Cell> cells = new ArrayList<>();
    try {
      int at = node.content();
      while (at < node.end()) {
        Cell cell = sound.apply(Cell.read(pages, page, at, true));
        cells.add(cell);
        at += Math.max(SMALLEST, length(cell));
      }
      if (at != pages.format().usable() || cells.size() != node.cells()) {
        return List.of();
      }
    } catch (DamageException e) {
      return List.of(); // what the offsets still lead to is read instead
    }
    cells.sort(Comparator.comparingLong(Cell::rowid));
    List<TreeWalk.Found> found = new ArrayList<>();
    cells.forEach(c -> found.add(new TreeWalk.Found(found.size(), c)));
    return found;
  }

  private static boolean isSound(ByteBuffer page, Node node) {
    try {
      for (int i = 0; i < node.cells(); i++) {
        if (node.offset(page, i) < node.content()) {
          return false;
        }
      }
      return true;
    } catch (DamageException e) {
      return false;
    }
  }

  private static int length(Cell cell) {
    int pointer = cell.overflow().length > 0 ? Integer.BYTES : 0;
    return cell.head().length + cell.local().length + pointer;
  }
}
