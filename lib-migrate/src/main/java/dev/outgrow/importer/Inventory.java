package dev.outgrow.importer;

import dev.outgrow.importer.mapping.Kept;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.LeftOut;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.salvage.Lost;
import dev.outgrow.importer.sqlite.Excluded;
import dev.outgrow.importer.sqlite.SourceContents;
import dev.outgrow.importer.sqlite.SqliteSource;
import dev.outgrow.schema.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a file holds beside the tables that are carried: what stays behind because it must, and what
 * is left out because the caller asked for that, which need not be accepted.
 */
final class Inventory {
  private final Selection selection;
  private final List<NotCarried> notCarried = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final List<Trigger> triggers = new ArrayList<>();
  private boolean whole = true;

  private Inventory(Selection selection) {
    this.selection = selection;
  }

  /** Goes through a source and tells it what not to read. */
  static Inventory of(SqliteSource source, SourceContents contents, Selection selection) {
    Inventory inventory = new Inventory(selection);
    inventory.name(contents);
    inventory.leaveOut(source, contents);
    return inventory;
  }

  List<NotCarried> notCarried() {
    return notCarried;
  }

  List<LeftOut> leftOut() {
    return leftOut;
  }

  /** Returns the triggers on tables that are carried. */
  List<Trigger> triggers() {
    return triggers;
  }

  /** Returns whether all rows and columns of the tables are carried. */
  boolean isWhole() {
    return whole;
  }

  /** Adds what a damaged file no longer gives. */
  void lost(List<Lost> things) {
    things.stream()
        .filter(l -> !selection.leavesOut(l.name()))
        .forEach(l -> notCarried.add(new NotCarried(Kind.LOST, l.name(), l.reason())));
  }

  /** Returns the same with what rules leave out. */
  Inventory with(Kept kept) {
    Inventory all = new Inventory(selection);
    all.whole = whole && kept.leftOut().isEmpty();
    all.leftOut.addAll(leftOut);
    all.leftOut.addAll(kept.leftOut());
    all.notCarried.addAll(notCarried);
    all.notCarried.addAll(kept.notCarried());
    all.triggers.addAll(triggers);
    return all;
  }

  /** Adds tables in whose disorder rows must be missing, though nothing tells which. */
  void disordered(List<String> tables) {
    String why =
        "Its rows are not in the order of their key: pages of it were written over, and the rows"
            + " that they held are gone, while others may be there twice";
    tables.forEach(t -> notCarried.add(new NotCarried(Kind.LOST, t, why)));
  }

  private void name(SourceContents contents) {
    contents.virtualTables().forEach((n, why) -> name(Kind.VIRTUAL_TABLE, n, why));
    contents.unread().forEach((n, why) -> name(Kind.DEFINITION, n, why));
    for (Trigger trigger : contents.triggers()) {
      if (selection.leavesOut(trigger.table())) {
        leftOut.add(new LeftOut(Kind.TRIGGER.word(), trigger.name(), with(trigger.table())));
      } else {
        triggers.add(trigger);
      }
    }
  }

  private void name(Kind kind, String table, String why) {
    if (selection.leavesOut(table)) {
      leftOut.add(new LeftOut(kind.word(), table, with(table)));
    } else {
      notCarried.add(new NotCarried(kind, table, why));
    }
  }

  private static String with(String table) {
    return "with table " + table + ", as asked";
  }

  private void leaveOut(SqliteSource source, SourceContents contents) {
    Set<String> all = new TreeSet<>(contents.tables());
    all.addAll(contents.virtualTables().keySet());
    selection.refuseUnmatched(all);
    Excluded excluded = source.leaveOut(selection::leavesOut, selection.limit());
    excluded.tables().stream()
        .filter(t -> !contents.virtualTables().containsKey(t))
        .forEach(t -> leftOut.add(new LeftOut("table", t, "as asked")));
    excluded.cut().forEach(this::cut);
    excluded.keys().forEach((k, why) -> leftOut.add(new LeftOut(Kind.FOREIGN_KEY.word(), k, why)));
  }

  private void cut(String table, long rows) {
    whole = false;
    String why = "Only " + selection.limit() + " of its " + rows + " rows, as asked";
    notCarried.add(new NotCarried(Kind.LIMIT, table, why));
  }
}
