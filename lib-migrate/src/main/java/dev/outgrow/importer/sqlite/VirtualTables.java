package dev.outgrow.importer.sqlite;

import dev.outgrow.database.catalog.SqliteTable;
import dev.outgrow.database.catalog.Unread;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Identity;
import dev.outgrow.schema.PrimaryKey;
import dev.outgrow.schema.Table;
import dev.outgrow.sql.sqlite.VirtualTableDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Virtual tables as the plain tables they become: their columns, and their rowid as the primary
 * key, by which their index and other tables refer to their rows.
 */
final class VirtualTables {
  private static final Set<String> FULL_TEXT = Set.of("fts3", "fts4", "fts5");
  private static final Set<String> TREES = Set.of("rtree", "rtree_i32");
  private static final List<String> ROWID_NAMES = List.of("rowid", "docid", "_rowid_", "oid");

  /** {@code content=""}, and nothing between the quotes. */
  private static final Pattern CONTENTLESS =
      Pattern.compile(
          "(?:^|,)\\s*content\\s*=\\s*(?:''|\"\"|``|\\[\\])?\\s*(?:,|$)", Pattern.CASE_INSENSITIVE);

  /** {@code languageid="lid"}: a column with values of its own that is hidden from {@code *}. */
  private static final Pattern LANGUAGE =
      Pattern.compile(
          "(?:^|,)\\s*languageid\\s*=\\s*[\"'`\\[]?(\\w+)[\"'`\\]]?\\s*(?:,|$)",
          Pattern.CASE_INSENSITIVE);

  private VirtualTables() {}

  /** Returns why the rows of a virtual table cannot be read, or null where they may be tried. */
  static @Nullable String obstacle(SqliteTable table) {
    if (!table.unread().isEmpty()) {
      return table.unread().stream().map(Unread::reason).collect(Collectors.joining("; "));
    }
    return FULL_TEXT.contains(module(table)) && CONTENTLESS.matcher(arguments(table)).find()
        ? "it was made without content, so that it holds an index and no rows"
        : null;
  }

  /** Returns the table of columns and key that its rows can be carried into. */
  static SqliteTable plain(SqliteTable virtual) {
    List<Column> columns = new ArrayList<>();
    boolean fullText = FULL_TEXT.contains(module(virtual));
    for (Column column : virtual.table().columns()) {
      columns.add(fullText && column.type().isEmpty() ? column(column.name(), "TEXT") : column);
    }
    if (module(virtual).equals("fts4")) {
      Matcher language = LANGUAGE.matcher(arguments(virtual));
      if (language.find()) {
        columns.add(column(language.group(1), "INTEGER"));
      }
    }
    String key = keyed(columns, TREES.contains(module(virtual)));
    Table table =
        new Table(
            virtual.name(),
            columns,
            key == null ? null : new PrimaryKey(null, List.of(key)),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    return new SqliteTable(
        table,
        SqliteTable.Kind.ORDINARY,
        virtual.module(),
        false,
        false,
        false,
        virtual.sql(),
        List.of());
  }

  /**
   * Makes the rowid the first column and returns its name, or null where other columns took all its
   * names. The first column of an R-tree is its rowid already.
   */
  private static @Nullable String keyed(List<Column> columns, boolean firstIsKey) {
    if (firstIsKey) {
      String name = columns.get(0).name();
      columns.set(0, key(name));
      return name;
    }
    Set<String> taken =
        columns.stream().map(c -> Identifier.folded(c.name())).collect(Collectors.toSet());
    Optional<String> free = ROWID_NAMES.stream().filter(n -> !taken.contains(n)).findFirst();
    free.ifPresent(name -> columns.add(0, key(name)));
    return free.orElse(null);
  }

  private static Column key(String name) {
    return new Column(name, "INTEGER", false, null, Identity.BY_DEFAULT, null, null);
  }

  private static Column column(String name, String type) {
    return new Column(name, type, true, null, Identity.NONE, null, null);
  }

  private static String module(SqliteTable table) {
    return Identifier.folded(table.module().orElse(""));
  }

  private static String arguments(SqliteTable table) {
    return VirtualTableDefinition.parse(table.sql())
        .value()
        .map(VirtualTableDefinition::arguments)
        .orElse("");
  }

  /**
   * Returns the virtual table that a shadow table is kept for: the one with the longest name that
   * the shadow table's begins with.
   */
  static Optional<String> owner(String shadow, List<String> virtual) {
    return virtual.stream()
        .filter(v -> Identifier.folded(shadow).startsWith(Identifier.folded(v) + "_"))
        .max(Comparator.comparingInt(String::length));
  }
}
