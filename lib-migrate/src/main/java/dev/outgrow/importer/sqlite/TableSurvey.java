package dev.outgrow.importer.sqlite;

import dev.outgrow.database.catalog.SqliteTable;
import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.source.Trait;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.Table;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/** Looks at one table: every cell's storage class, its last id, its orphans. Used once. */
final class TableSurvey {
  private static final int PROGRESS_ROWS = 10_000;

  private final Path file;
  private final Connection connection;
  private final SqliteTable source;
  private final Map<String, SqliteTable> byFoldedName;
  private final List<ProfileBuilder> builders = new ArrayList<>();
  private final Set<String> emptyIsNull = new HashSet<>();
  private long rows;
  private long lastId;
  private long mostBytes = Long.MAX_VALUE;

  /**
   * Prepares a look.
   *
   * @param file the file
   * @param connection its connection
   * @param source the table
   * @param byFoldedName all tables, which its keys may refer to
   * @param traits what to look for in each column
   */
  TableSurvey(
      Path file,
      Connection connection,
      SqliteTable source,
      Map<String, SqliteTable> byFoldedName,
      List<Set<Trait>> traits) {
    this.file = file;
    this.connection = connection;
    this.source = source;
    this.byFoldedName = byFoldedName;
    traits.forEach(t -> builders.add(new ProfileBuilder(t)));
    for (int i = 0; i < traits.size(); i++) {
      if (traits.get(i).contains(Trait.EMPTY_IS_NULL)) {
        emptyIsNull.add(Identifier.folded(source.table().columns().get(i).name()));
      }
    }
  }

  SourceTable run(SqliteRowCursor cursor, int identity, long oversized, LongConsumer progress)
      throws SQLException {
    SourceRow row = cursor.row();
    while (cursor.next()) {
      if (mostBytes < Long.MAX_VALUE) {
        refuseIfLarger(row);
      }
      for (int i = 0; i < builders.size(); i++) {
        builders.get(i).add(row, i);
      }
      if (identity >= 0) {
        lastId = Math.max(lastId, row.integer(identity));
      }
      if (++rows % PROGRESS_ROWS == 0) {
        progress.accept(rows);
      }
    }
    if (source.autoincrement()) {
      lastId = Math.max(lastId, number(Queries.lastSequence(source.table())));
    }
    List<ColumnProfile> profiles = builders.stream().map(ProfileBuilder::build).toList();
    return counted(profiles, oversized);
  }

  /** Returns the stored bytes of the largest row. SQLite need not read the values for it. */
  long largestRow() throws SQLException {
    return number(Queries.largestRow(source.table()));
  }

  /** Has the look end with the first row that holds more text and blobs. */
  void refuseRowsLargerThan(long bytes) {
    mostBytes = bytes;
  }

  private void refuseIfLarger(SourceRow row) {
    long bytes = 0;
    for (int i = 0; i < row.columns(); i++) {
      StorageClass stored = row.storageClass(i);
      if (stored == StorageClass.TEXT || stored == StorageClass.BLOB) {
        bytes += row.length(i);
      }
    }
    if (bytes > mostBytes) {
      throw new SourceFileException(
          file,
          "Table "
              + source.name()
              + ", row "
              + row.key()
              + " has "
              + bytes
              + " bytes of text and blobs; this import carries rows of at most "
              + mostBytes
              + ".",
          "Allow larger rows (largestRow), where that is less than 1,072,693,248, the most that PostgreSQL holds;"
              + " otherwise shorten or split the value in a copy of the file.",
          null);
    }
  }

  private SourceTable counted(List<ColumnProfile> profiles, long oversized) throws SQLException {
    List<Long> orphans = new ArrayList<>();
    List<Long> spelledOtherwise = new ArrayList<>();
    for (ForeignKey key : source.table().foreignKeys()) {
      SqliteTable parent = byFoldedName.get(Identifier.folded(key.referencedTable()));
      boolean usable = parent != null && isUsable(key, parent.table());
      long exact = parent != null && usable ? exactOrphans(key, parent.table()) : 0;
      long none = parent != null && exact > 0 ? orphans(key, parent.table(), exact) : 0;
      orphans.add(none);
      spelledOtherwise.add(exact - none);
    }
    return new SourceTable(
        source.table(), rows, profiles, lastId, orphans, spelledOtherwise, oversized);
  }

  private long exactOrphans(ForeignKey key, Table parent) throws SQLException {
    return number(Queries.exactOrphans(source.table(), key, parent, emptyIsNull));
  }

  /**
   * Returns how many rows refer to nothing for SQLite, too. By a collation that is not known any of
   * them may refer to something, and none is said not to.
   */
  private long orphans(ForeignKey key, Table parent, long exact) throws SQLException {
    if (Queries.isUnknown(key, parent)) {
      return 0;
    }
    return Queries.isCollated(key, parent)
        ? number(Queries.orphans(source.table(), key, parent, emptyIsNull))
        : exact;
  }

  /**
   * A key without a unique counterpart is not carried, and counting its orphans would compare all
   * with all.
   */
  private static boolean isUsable(ForeignKey key, Table parent) {
    return key.columns().size() == key.referencedColumns().size()
        && isUnique(parent, key.referencedColumns());
  }

  private static boolean isUnique(Table table, List<String> columns) {
    List<String> wanted = folded(columns);
    return (table.primaryKey() != null && folded(table.primaryKey().columns()).equals(wanted))
        || table.uniqueKeys().stream().anyMatch(k -> folded(k.columns()).equals(wanted))
        || table.indexes().stream()
            .anyMatch(i -> i.unique() && i.predicate() == null && columnsOf(i).equals(wanted));
  }

  private static List<String> columnsOf(Index index) {
    return folded(index.parts().stream().map(p -> p.column() == null ? "" : p.column()).toList());
  }

  private static List<String> folded(List<String> names) {
    return names.stream().map(Identifier::folded).sorted().toList();
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }
}
