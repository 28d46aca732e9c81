package dev.outgrow.importer.sqlite;

import dev.outgrow.importer.page.PageFile;
import dev.outgrow.importer.page.PageTree;
import dev.outgrow.schema.Identifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Whether all pages of a file are sound, as its pages themselves tell: SQLite's {@code quick_check}
 * would then find nothing in them. An index has as many entries as its table has rows. Files with
 * virtual tables are left to SQLite, whose modules look at their own.
 */
final class SoundPages {
  private static final String TREES =
      """
      SELECT s.tbl_name, s.type = 'table', s.rootpage, t.wr, l.partial
        FROM sqlite_schema s
        LEFT JOIN pragma_table_list(s.name) t ON s.type = 'table' AND t.schema = 'main'
        LEFT JOIN pragma_index_list(s.tbl_name) l ON s.type = 'index' AND l.name = s.name
       WHERE s.type IN ('table', 'index')\
      """;

  private final Connection connection;
  private final PageFile pages;
  private Map<String, Long> rows = Map.of();

  SoundPages(Connection connection, PageFile pages) {
    this.connection = connection;
    this.pages = pages;
  }

  /**
   * A tree.
   *
   * @param owner the table that it is, or that it is an index of
   * @param table whether it is the table
   * @param partial whether it may have fewer entries than the table
   */
  private record Tree(String owner, boolean table, boolean partial, PageTree pages) {}

  /**
   * Looks at all of them.
   *
   * @param interrupted whether nobody waits for the answer any more
   * @return false if they are not sound, or it is not known
   */
  boolean look(BooleanSupplier interrupted) {
    try {
      Optional<List<Tree>> trees = trees();
      return trees.isPresent() && look(trees.get(), interrupted);
    } catch (SQLException e) {
      return false; // SQLite's own check says what is wrong
    }
  }

  private boolean look(List<Tree> trees, BooleanSupplier interrupted) {
    Optional<List<Long>> entries =
        pages.audit(trees.stream().map(Tree::pages).toList(), interrupted);
    if (entries.isEmpty()) {
      return false;
    }
    Map<String, Long> found = rows(trees, entries.get());
    for (int i = 0; i < trees.size(); i++) {
      Tree tree = trees.get(i);
      if (!tree.partial() && !Objects.equals(found.get(tree.owner()), entries.get().get(i))) {
        return false;
      }
    }
    rows = found;
    return true;
  }

  /** Returns how many rows a table has, if the look has found that out. */
  OptionalLong rows(String table) {
    Long found = rows.get(Identifier.folded(table));
    return found == null ? OptionalLong.empty() : OptionalLong.of(found);
  }

  /** Returns all; nothing if one of them is a virtual table's, or unknown. */
  private Optional<List<Tree>> trees() throws SQLException {
    List<Tree> trees = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TREES)) {
      while (rows.next()) {
        boolean table = rows.getBoolean(2);
        int root = rows.getInt(3);
        // Of a table, that it is without rowids; of an index, that it is of some rows only.
        boolean marked = rows.getBoolean(table ? 4 : 5);
        if (rows.wasNull() || root <= 0) {
          return Optional.empty();
        }
        PageTree pages = new PageTree(root, table && !marked);
        trees.add(new Tree(Identifier.folded(rows.getString(1)), table, !table && marked, pages));
      }
    }
    return Optional.of(trees);
  }

  private static Map<String, Long> rows(List<Tree> trees, List<Long> entries) {
    Map<String, Long> rows = new HashMap<>();
    for (int i = 0; i < trees.size(); i++) {
      if (trees.get(i).table()) {
        rows.put(trees.get(i).owner(), entries.get(i));
      }
    }
    return rows;
  }
}
