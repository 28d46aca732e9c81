package dev.outgrow.database.catalog;

import dev.outgrow.database.catalog.SqlitePragmas.IndexPartRow;
import dev.outgrow.database.catalog.SqlitePragmas.IndexRow;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.UniqueKey;
import dev.outgrow.sql.Dialect;
import dev.outgrow.sql.sqlite.IndexDefinition;
import dev.outgrow.sql.sqlite.Parsed;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of a table, told apart by what made them.
 *
 * @param keyHasIndex whether the primary key has an index of its own
 * @param keyCollations the collations of the primary key's columns where they are not the default
 * @param uniqueKeys the UNIQUE constraints in the order of the text
 * @param indexes the indexes somebody created, in order of name
 */
record SqliteIndexes(
    boolean keyHasIndex,
    Map<String, String> keyCollations,
    List<UniqueKey> uniqueKeys,
    List<Index> indexes) {

  private static final int ROWID = -1;

  static SqliteIndexes read(
      SqlitePragmas pragmas,
      String table,
      Map<String, SqliteObject> texts,
      SqliteTableText text,
      List<Unread> unread)
      throws SQLException {
    boolean keyHasIndex = false;
    Map<String, String> keyCollations = Map.of();
    List<UniqueKey> uniqueKeys = new ArrayList<>();
    List<Index> indexes = new ArrayList<>();
    for (IndexRow row : pragmas.indexes(table)) {
      List<IndexPartRow> parts = pragmas.indexParts(row.name());
      switch (row.origin()) {
        case "pk" -> {
          keyHasIndex = true;
          keyCollations = collations(parts);
        }
        case "u" -> uniqueKeys.add(uniqueKey(parts, text));
        default -> {
          SqliteObject object = texts.get(row.name());
          Index index = index(row, parts, object == null ? "" : object.sql(), unread);
          if (index != null) {
            indexes.add(index);
          }
        }
      }
    }
    indexes.sort(Comparator.comparing(Index::name));
    return new SqliteIndexes(keyHasIndex, keyCollations, uniqueKeys, indexes);
  }

  private static UniqueKey uniqueKey(List<IndexPartRow> parts, SqliteTableText text) {
    List<String> columns = parts.stream().map(part -> nameOf(part)).toList();
    return new UniqueKey(text.uniqueKeyName(columns), columns, collations(parts));
  }

  /** What is equal by two collations at once, as of a column named twice, is equal exactly. */
  private static Map<String, String> collations(List<IndexPartRow> parts) {
    Map<String, Set<@Nullable String>> byColumn = new HashMap<>();
    for (IndexPartRow part : parts) {
      byColumn.computeIfAbsent(nameOf(part), name -> new HashSet<>()).add(effective(part));
    }
    Map<String, String> collations = new HashMap<>();
    byColumn.forEach(
        (name, all) -> {
          String only = all.size() == 1 ? all.iterator().next() : null;
          if (only != null) {
            collations.put(name, only);
          }
        });
    return collations;
  }

  private static @Nullable String effective(IndexPartRow part) {
    String collation = part.collation();
    return collation == null || SqliteColumns.isDefault(collation) ? null : collation;
  }

  /** A constraint's columns have names; only the rowid, which one may write there, has none. */
  private static String nameOf(IndexPartRow part) {
    return Objects.requireNonNullElse(part.name(), "rowid");
  }

  /** Returns the index, or null where the text it needs cannot be read. */
  private static @Nullable Index index(
      IndexRow row, List<IndexPartRow> parts, String sql, List<Unread> unread) {
    boolean columnsOnly = parts.stream().allMatch(part -> part.column() >= ROWID);
    Index written = null;
    if (row.partial() || !columnsOnly) {
      written = written(row, parts, sql, unread);
      if (written == null) {
        return null;
      }
    }
    List<Index.Part> all = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      all.add(part(parts.get(i), written == null ? null : written.parts().get(i)));
    }
    return new Index(row.name(), row.unique(), all, written == null ? null : written.predicate());
  }

  private static @Nullable Index written(
      IndexRow row, List<IndexPartRow> parts, String sql, List<Unread> unread) {
    Parsed<IndexDefinition> parsed = IndexDefinition.parse(sql);
    if (parsed instanceof Parsed.Read<IndexDefinition> read
        && read.definition().index().parts().size() == parts.size()) {
      return read.definition().index();
    }
    String reason =
        parsed instanceof Parsed.Unreadable<IndexDefinition> failure
            ? failure.reason() + ", character " + failure.offset()
            : "it has another number of parts";
    unread.add(new Unread(row.name(), "the text of the index, so that it is missing: " + reason));
    return null;
  }

  private static Index.Part part(IndexPartRow row, Index.@Nullable Part written) {
    String effective = effective(row);
    if (row.column() >= 0) {
      return new Index.Part(row.name(), null, row.descending(), effective);
    }
    String expression = row.column() == ROWID || written == null ? "rowid" : text(written);
    return new Index.Part(null, expression, row.descending(), effective);
  }

  /** What looks like a column but is none, SQLite takes for a text. */
  private static String text(Index.Part written) {
    return written.expression() != null
        ? written.expression()
        : Dialect.SQLITE.literal(Objects.requireNonNull(written.column()));
  }
}
