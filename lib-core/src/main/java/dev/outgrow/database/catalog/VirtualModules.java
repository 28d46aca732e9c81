package dev.outgrow.database.catalog;

import dev.outgrow.schema.Identifier;
import java.util.Set;

/**
 * The modules whose virtual tables are opened. Whoever made a file chose the modules in it, and a
 * process may have some that do things when they are opened: those named here only read what the
 * file itself keeps for them.
 */
final class VirtualModules {
  private static final Set<String> OPENED =
      Set.of("fts3", "fts4", "fts5", "rtree", "rtree_i32", "geopoly");

  private VirtualModules() {}

  static boolean mayOpen(String module) {
    return OPENED.contains(Identifier.folded(module));
  }
}
