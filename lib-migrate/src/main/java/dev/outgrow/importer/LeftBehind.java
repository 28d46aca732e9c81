package dev.outgrow.importer;

import dev.outgrow.database.Database;
import dev.outgrow.importer.postgres.LeftOver;
import java.util.List;

/** Says what imports have staged in a database and not taken away. */
final class LeftBehind {
  private LeftBehind() {}

  static List<String> in(Database database) {
    return LeftOver.in(database).stream().map(LeftBehind::sentence).toList();
  }

  private static String sentence(LeftOver each) {
    String when = each.entry().map(e -> " of " + e.started() + " by " + e.program()).orElse("");
    String where = each.there() ? "Schema " + each.staging() : "The journal";
    if (each.target().isEmpty()) {
      return where
          + " seems to be left over from an import, but nothing tells whose it is: drop it if nobody"
          + " imports.";
    }
    String whose = " holds what an import" + when + " into schema " + each.target();
    return each.held()
        ? where + whose + " has loaded so far; an import into that schema is under way."
        : where
            + whose
            + " has left behind: the same import with resume (--resume) goes on with it, and any"
            + " other into this database takes it away.";
  }
}
