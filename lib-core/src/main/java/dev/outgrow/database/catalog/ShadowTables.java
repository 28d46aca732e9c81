package dev.outgrow.database.catalog;

import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.sqlite.VirtualTableDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which tables belong to a virtual table by their names: {@code docs_content} to {@code docs}. */
final class ShadowTables {
  private static final Pattern FTS = Pattern.compile("content|segments|segdir|docsize|stat");
  private static final Pattern RTREE = Pattern.compile("node|parent|rowid");
  private static final Map<String, Pattern> SUFFIXES =
      Map.of(
          "fts3", FTS,
          "fts4", FTS,
          "fts5", Pattern.compile("content|data|docsize|idx|config"),
          "rtree", RTREE,
          "rtree_i32", RTREE,
          "geopoly", RTREE,
          "spellfix1", Pattern.compile("vocab"),
          "vec0",
              Pattern.compile(
                  "chunks|rowids|info|auxiliary|vector_chunks\\d+"
                      + "|metadatachunks\\d+|metadatatext\\d+"));

  private final Map<String, String> modulesByName = new HashMap<>();

  ShadowTables(List<SqliteObject> objects) {
    for (SqliteObject object : objects) {
      if (object.type().equals("table")) {
        VirtualTableDefinition.parse(object.sql())
            .value()
            .ifPresent(v -> modulesByName.put(Identifier.folded(object.name()), v.module()));
      }
    }
  }

  /**
   * Returns the module of the virtual table that this table belongs to, or nothing if it belongs to
   * none.
   *
   * @param listed whether SQLite says that it belongs to one, so that only the first part of its
   *     name counts
   */
  Optional<String> moduleOf(String table, boolean listed) {
    String folded = Identifier.folded(table);
    for (int i = folded.indexOf('_'); i >= 0; i = folded.indexOf('_', i + 1)) {
      String module = modulesByName.get(folded.substring(0, i));
      if (module != null && (listed || isSuffix(module, folded.substring(i + 1)))) {
        return Optional.of(module);
      }
    }
    return Optional.empty();
  }

  private static boolean isSuffix(String module, String suffix) {
    Pattern suffixes = SUFFIXES.get(Identifier.folded(module));
    return suffixes != null && suffixes.matcher(suffix).matches();
  }
}
