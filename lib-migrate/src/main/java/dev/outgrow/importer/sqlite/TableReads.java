package dev.outgrow.importer.sqlite;

import dev.outgrow.database.catalog.SqliteTable;
import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.page.Part;
import dev.outgrow.importer.source.Link;
import dev.outgrow.importer.source.RawCursor;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.schema.Table;
import dev.outgrow.sql.Dialect;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The ways in which the rows of a table are read, always in the same order. */
final class TableReads {
  private final Path file;
  private final SQLiteConnection connection;
  private final TextEncoding encoding;
  private final RowSizes sizes;
  private final PageReads pages;
  private final Set<String> byPages = new HashSet<>();
  private volatile boolean interrupted;
  private long most = Long.MAX_VALUE;

  /**
   * Reads all rows of every table.
   *
   * @param file the file
   * @param connection its connection
   * @param encoding how it stores text
   * @param bytes its size
   * @param pages reads tables without SQLite
   */
  TableReads(
      Path file, SQLiteConnection connection, TextEncoding encoding, long bytes, PageReads pages) {
    this.file = file;
    this.connection = connection;
    this.encoding = encoding;
    this.pages = pages;
    this.sizes = new RowSizes(encoding, bytes, this::number);
  }

  Path file() {
    return file;
  }

  RowSizes sizes() {
    return sizes;
  }

  /** Reads no more rows of each table from now on. */
  void atMost(long rows) {
    most = rows;
  }

  TableAccess access(SqliteTable table) {
    return TableAccess.of(table.table(), !table.withoutRowid(), most)
        .where(sizes.carried(table, TableAccess.ALIAS));
  }

  /** Has every walk by pages end with an error. Thread-safe. */
  void interrupt() {
    pages.interrupt();
    interrupted = true;
  }

  /** Walks over the rows that are carried. */
  RowCursor rows(SqliteTable table) {
    return sizes.whole(table)
        ? plainRows(table)
        : SqliteRowCursor.open(
            file, connection, LargeAccess.of(access(table), !table.withoutRowid()), encoding);
  }

  /** Walks over the rows that are carried, each of which is taken into memory as a whole. */
  RowCursor plainRows(SqliteTable table) {
    try {
      return rows(table, ReadLimit.none(table.name()), 2 * LargeAccess.WHOLE_ROW);
    } catch (SQLException e) {
      throw failure(table, e);
    }
  }

  private RowCursor rows(SqliteTable table, ReadLimit limit, long mostBytes) throws SQLException {
    TableAccess access = access(table);
    Supplier<RowCursor> sqlite =
        () -> SqliteRowCursor.open(file, connection, access, encoding, limit);
    return pages
        .rows(table, access, limit, mostBytes, Part.WHOLE)
        .<RowCursor>map(
            rows -> {
              byPages.add(table.name());
              Supplier<RowCursor> rest =
                  () -> {
                    byPages.remove(table.name());
                    return sqlite.get();
                  };
              return new PagedRowCursor(
                  rows, rest, limit, most, () -> interrupted, () -> interruption(table));
            })
        .orElseGet(sqlite);
  }

  /** Walks over a part of the rows by the pages alone; nothing if all have to be read at once. */
  Optional<PartRows> part(SqliteTable table, Part part) {
    if (!sizes.whole(table) || most != Long.MAX_VALUE) {
      return Optional.empty();
    }
    try {
      return pages
          .rows(table, access(table), ReadLimit.none(table.name()), 2 * LargeAccess.WHOLE_ROW, part)
          .map(rows -> new PartRows(rows, () -> interrupted, () -> interruption(table)));
    } catch (SQLException e) {
      throw failure(table, e);
    }
  }

  /** Returns how many rows a table has, whatever kind of table it is. */
  long count(String name) {
    try {
      return number("SELECT count(*) FROM " + Dialect.SQLITE.quote(name));
    } catch (SQLException e) {
      throw SqliteFailures.translate(file, "the rows of table " + name + " were counted", e);
    }
  }

  boolean keepsUtf8() {
    return encoding == TextEncoding.UTF_8;
  }

  /** Walks over columns of a table as they are stored, whatever kind of table it is. */
  RowCursor stored(String name, List<String> columns, List<Integer> key, long most) {
    Table table = new Table(name, List.of(), null, List.of(), List.of(), List.of(), List.of());
    List<String> selected = columns.stream().map(TableAccess::quote).toList();
    List<String> names = key.stream().map(columns::get).toList();
    TableAccess access = new TableAccess(table, selected, names, key, most, "");
    return SqliteRowCursor.open(file, connection, access, encoding);
  }

  /** Returns whether the last walk over a table needed nothing of SQLite. */
  boolean readsByPages(SqliteTable table) {
    return byPages.contains(table.name());
  }

  private SourceFileException interruption(SqliteTable table) {
    return failure(table, new SQLiteException("interrupted", SQLiteErrorCode.SQLITE_INTERRUPT));
  }

  private SourceFileException failure(SqliteTable table, SQLException e) {
    return SqliteFailures.translate(file, "table " + table.name() + " was read", e);
  }

  /** Walks over the rows that are carried until one is too large to be taken as a whole. */
  WholeRows wholeRows(SqliteTable table) throws SQLException {
    return WholeRows.open(
        connection, table.name(), limit -> rows(table, limit, LargeAccess.WHOLE_ROW));
  }

  /** Walks over the rows that are too large to be carried. */
  RawCursor oversized(SqliteTable table) {
    TableAccess all = TableAccess.of(table.table(), !table.withoutRowid(), Long.MAX_VALUE);
    String condition = sizes.oversized(table, TableAccess.ALIAS);
    return OversizedRows.open(file, connection, all.where(condition), encoding);
  }

  /**
   * Walks over the rows that are carried, to see what they refer to.
   *
   * @param table the table
   * @param links its references
   * @param offered columns of its own
   * @param byName finds the tables it refers to
   */
  SqliteRowCursor links(
      SqliteTable table,
      List<Link> links,
      List<String> offered,
      Function<String, SqliteTable> byName) {
    List<String> expressions = new ArrayList<>();
    for (Link link : links) {
      String condition = sizes.carried(byName.apply(link.parent()), LinkSql.PARENT);
      expressions.addAll(LinkSql.pairs(link, condition));
    }
    offered.forEach(c -> expressions.add(TableAccess.quote(c)));
    return SqliteRowCursor.open(file, connection, access(table).selecting(expressions), encoding);
  }

  /**
   * Returns how many rows a table has.
   *
   * @throws dev.outgrow.error.SourceFileException if SQLite cannot count them
   */
  long count(SqliteTable table) {
    OptionalLong counted = pages.counted(table.name());
    try {
      return counted.isPresent() ? counted.getAsLong() : number(Queries.count(table.table()));
    } catch (SQLException e) {
      throw SqliteFailures.translate(
          file, "the rows of table " + table.name() + " were counted", e);
    }
  }

  /** Returns how many rows of a table are read, if none is too large. */
  long countRead(SqliteTable table) {
    return Math.min(count(table), most);
  }

  /** Asks for a number; 0 if there is none. */
  long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }
}
