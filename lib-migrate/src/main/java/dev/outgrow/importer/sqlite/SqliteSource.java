package dev.outgrow.importer.sqlite;

import dev.outgrow.database.catalog.SqliteCatalog;
import dev.outgrow.database.catalog.SqliteTable;
import dev.outgrow.database.catalog.Unread;
import dev.outgrow.error.SourceFileException;
import dev.outgrow.error.StatementException;
import dev.outgrow.importer.page.Part;
import dev.outgrow.importer.source.Link;
import dev.outgrow.importer.source.RawCursor;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.SourceView;
import dev.outgrow.importer.source.Trait;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.View;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.sqlite.SQLiteConnection;

/**
 * A SQLite file at one moment: opened for reading only, in one transaction from the first look to
 * the last, so that every table is read as of the same moment while others go on writing.
 *
 * <p>The file is touched through SQLite alone. Opening it beside SQLite and closing it again would
 * drop the locks that SQLite holds on it anywhere in this process. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class SqliteSource implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String DISORDER =
      "rows not in the order of their key, so that others must be missing";

  private final Path file;
  private final SQLiteConnection connection;
  private final Map<String, SqliteTable> tables = new LinkedHashMap<>();
  private final UnknownCollations collations = new UnknownCollations();
  private final ViewReader views;
  private final DamageCheck damage;
  private final LossCheck loss;
  private final PageReads pages;
  private final TableReads reads;
  private final Surveyor surveyor;

  private SqliteSource(OpenFile opened) {
    this.file = opened.file();
    this.connection = opened.connection();
    this.pages = opened.pages();
    TextEncoding encoding = opened.encoding();
    this.views = new ViewReader(file, connection, encoding);
    QuickCheck check = new QuickCheck(connection, pages::areSound);
    this.damage = new DamageCheck(check);
    this.loss = new LossCheck(check);
    this.reads = new TableReads(file, connection, encoding, opened.bytes(), pages);
    this.surveyor = new Surveyor(reads, collations, tables);
  }

  /**
   * Opens a file and takes the moment.
   *
   * @throws SourceFileException if there is no such file, or SQLite cannot read it
   */
  public static SqliteSource open(Path file) {
    return open(file, PATIENCE);
  }

  /** Opens a file as {@link #open(Path)} does, and has SQLite's library read every table. */
  public static SqliteSource openForSqlite(Path file) {
    return new SqliteSource(OpenFile.open(file, PATIENCE, false));
  }

  /** Opens a file as {@link #open(Path)} does, and waits so long for a lock that others hold. */
  static SqliteSource open(Path file, Duration patience) {
    return new SqliteSource(OpenFile.open(file, patience, true));
  }

  /**
   * Refuses a file of whose tables a page is damaged, although SQLite may read it without a word.
   *
   * @param ignored tables that are not read
   * @throws SourceFileException naming the tables and pages
   */
  public void refuseDamage(Predicate<String> ignored) {
    try {
      refuse(damage.damages(ignored));
    } catch (SQLException e) {
      throw checked(e);
    }
  }

  /**
   * Refuses a file that has lost rows of which no page of a table tells: {@link #unreachable}
   * pages, {@link #disordered} tables, and tables with fewer rows than {@link #entries}.
   *
   * @param ignored tables that are not read
   * @throws SourceFileException naming the tables and pages
   */
  public void refuseLoss(Predicate<String> ignored) {
    List<String> losses = new ArrayList<>(losses(ignored));
    disordered(ignored).forEach(t -> losses.add("table " + t + ", " + DISORDER));
    refuse(losses);
  }

  private void refuse(List<String> damages) {
    if (!damages.isEmpty()) {
      throw SqliteFailures.damaged(file, OpenFile.listed(damages), null);
    }
  }

  private SourceFileException checked(SQLException e) {
    return SqliteFailures.translate(file, "it was checked", e);
  }

  private List<String> losses(Predicate<String> ignored) {
    try {
      return loss.losses(ignored);
    } catch (SQLException e) {
      throw checked(e);
    }
  }

  /**
   * Describes pages that no table leads to any more though they are not free: what rows they hold
   * nobody knows.
   *
   * @throws SourceFileException if SQLite cannot read the file
   */
  public Optional<String> unreachable() {
    try {
      return loss.unreachable();
    } catch (SQLException e) {
      throw checked(e);
    }
  }

  /**
   * Returns how many entries an index has, by table, where SQLite finds another number of rows.
   *
   * @throws SourceFileException if SQLite cannot read the file
   */
  public Map<String, Long> entries() {
    try {
      return loss.entries();
    } catch (SQLException e) {
      throw checked(e);
    }
  }

  /**
   * Returns how many rows a table has.
   *
   * @param name the table, one of {@link SourceContents#tables()}
   * @throws SourceFileException if SQLite cannot count them
   */
  public long count(String name) {
    return reads.count(table(name));
  }

  /**
   * Returns the tables without rowids whose rows are not in the order of their key, so that rows
   * must be missing of which nothing else tells.
   *
   * @param ignored tables that are not read
   * @throws SourceFileException if SQLite cannot read the file
   */
  public List<String> disordered(Predicate<String> ignored) {
    List<String> sorted =
        tables.values().stream()
            .filter(SqliteTable::withoutRowid)
            .filter(t -> !UnknownCollations.isNamedBy(t.table())) // whose order only others know
            .map(SqliteTable::name)
            .filter(ignored.negate())
            .toList();
    try {
      return damage.disordered(sorted);
    } catch (SQLException e) {
      throw checked(e);
    }
  }

  /** Returns the file. */
  public Path file() {
    return file;
  }

  /**
   * Returns what the file's schema holds.
   *
   * @throws SourceFileException if SQLite cannot read it
   */
  public SourceContents contents() {
    try {
      Map<String, String> virtual = new LinkedHashMap<>();
      List<SqliteTable> shadows = new ArrayList<>();
      Map<String, String> unread = new LinkedHashMap<>();
      VirtualReads virtualReads = new VirtualReads(reads, tables);
      for (SqliteTable table : SqliteCatalog.tables(connection)) {
        if (table.kind() == SqliteTable.Kind.ORDINARY) {
          tables.put(Identifier.folded(table.name()), table);
          table
              .unread()
              .forEach(u -> unread.merge(table.name(), describe(u), (a, b) -> a + "; " + b));
        } else if (table.kind() == SqliteTable.Kind.SHADOW) {
          shadows.add(table);
        } else {
          virtual.put(table.name(), virtualReads.take(table));
        }
      }
      virtual.putAll(virtualReads.kept(shadows, List.copyOf(virtual.keySet())));
      collations.register(connection, tables.values());
      Schema schema = SqliteCatalog.read(connection);
      List<String> names = tables.values().stream().map(SqliteTable::name).toList();
      return new SourceContents(names, virtual, unread, schema.views(), schema.triggers());
    } catch (SQLException e) {
      throw SqliteFailures.translate(file, "its collations were made known", e);
    } catch (StatementException e) {
      throw e.getCause() instanceof SQLException sql
          ? SqliteFailures.translate(file, "its schema was read", sql)
          : e;
    }
  }

  /**
   * Leaves out tables and rows that are not wanted, and the foreign keys that cannot hold without
   * them.
   *
   * @param unwanted which of {@link #contents()}'s tables are not read
   * @param most the most rows that are read of each of the others, always the same ones
   * @throws SourceFileException if SQLite cannot count the rows of a table
   */
  public Excluded leaveOut(Predicate<String> unwanted, long most) {
    reads.atMost(most);
    List<String> names = tables.values().stream().map(SqliteTable::name).filter(unwanted).toList();
    Map<String, String> reasons = new HashMap<>();
    for (String name : names) {
      tables.remove(Identifier.folded(name));
      reasons.put(Identifier.folded(name), "Table " + name + " is left out, as asked");
    }
    Map<String, Long> cut = new LinkedHashMap<>();
    for (SqliteTable table : most == Long.MAX_VALUE ? List.<SqliteTable>of() : tables.values()) {
      long rows = reads.count(table);
      if (rows > most) {
        cut.put(table.name(), rows);
        reasons.put(
            Identifier.folded(table.name()),
            "Only " + most + " rows of " + table.name() + " are carried, as asked");
      }
    }
    Trimming trimming = new Trimming(reasons);
    tables.replaceAll((name, table) -> trimming.trim(table));
    return new Excluded(names, cut, trimming.keys());
  }

  /** Returns a hash of each definition in the file by its kind and name: {@code table users}. */
  public Map<String, String> schemaPrints() {
    try {
      return SchemaPrints.of(connection);
    } catch (SQLException e) {
      throw SqliteFailures.translate(file, "its schema was read", e);
    }
  }

  /** Returns the definitions of the tables whose names {@link #contents()} gave. */
  public List<Table> definitions() {
    return tables.values().stream().map(SqliteTable::table).toList();
  }

  /**
   * Reads a table once and says what each of its columns really holds.
   *
   * @param name the table, one of {@link SourceContents#tables()}
   * @param traits what to look for in each of its columns
   * @param largestRow the most bytes of text and blobs a row may hold; larger ones are counted, and
   *     from then on {@link #rows} leaves them out
   * @param progress is told every few thousand rows how many were looked at
   * @throws SourceFileException if SQLite cannot read it
   */
  public SourceTable survey(
      String name, List<Set<Trait>> traits, long largestRow, LongConsumer progress) {
    try {
      return surveyor.survey(table(name), traits, largestRow, progress);
    } catch (SQLException e) {
      throw lookedAt(name, e);
    }
  }

  /**
   * Reads the first rows of a table and says what they hold, which may not be all there is.
   *
   * @param name the table, one of {@link SourceContents#tables()}
   * @param traits what to look for in each of its columns
   * @param largestRow the most bytes of text and blobs a row may hold
   * @param most how many rows are read
   * @return the table with the number of all its rows, but the profiles of the first ones; nothing
   *     if a row is too large to be read as a whole, or largestRow is so small that each has to be
   *     looked at
   * @throws SourceFileException if SQLite cannot read it
   */
  public Optional<Glimpse> glimpse(
      String name, List<Set<Trait>> traits, long largestRow, long most) {
    try {
      return surveyor.glimpse(table(name), traits, largestRow, most);
    } catch (SQLException e) {
      throw lookedAt(name, e);
    }
  }

  /**
   * Begins a walk over the rows of a table, as {@link #rows} does, that finds out what they hold.
   *
   * @param name the table, one of {@link SourceContents#tables()}
   * @param traits what to look for in each of its columns
   * @throws SourceFileException if SQLite cannot read it
   */
  public WatchedRows watch(String name, List<Set<Trait>> traits) {
    try {
      return surveyor.watch(table(name), traits);
    } catch (SQLException e) {
      throw lookedAt(name, e);
    }
  }

  /**
   * Reads what is left of a walk, and says what all rows hold.
   *
   * @param glimpsed what was seen of the table before
   * @param rows the walk
   * @param progress is told every few thousand rows how many were looked at
   * @return nothing if there is a row too large to be read as a whole
   * @throws SourceFileException if SQLite cannot read it
   */
  public Optional<SourceTable> finish(
      SourceTable glimpsed, WatchedRows rows, LongConsumer progress) {
    try {
      return surveyor.finish(table(glimpsed.name()), glimpsed, rows, progress);
    } catch (SQLException e) {
      throw lookedAt(glimpsed.name(), e);
    }
  }

  private SourceFileException lookedAt(String table, SQLException e) {
    return SqliteFailures.translate(file, "table " + table + " was looked at", e);
  }

  /**
   * Begins a walk over the rows of a table that are no larger than it was surveyed for, always in
   * the same order.
   *
   * @param name the table, one of {@link SourceContents#tables()}
   * @throws SourceFileException if SQLite cannot read it
   */
  public RowCursor rows(String name) {
    return reads.rows(table(name));
  }

  /**
   * Begins a walk over a part of a table's rows, which SQLite's library has no part in.
   *
   * @param name the table, one of {@link SourceContents#tables()}
   * @return nothing if the table is not read in parts
   */
  public Optional<PartRows> part(String name, Part part) {
    return reads.part(table(name), part);
  }

  /**
   * Returns whether the last walk over a table read the pages of the file directly, and needed
   * nothing of SQLite's library.
   *
   * @param name the table, one of {@link SourceContents#tables()}
   */
  public boolean readsByPages(String name) {
    return reads.readsByPages(table(name));
  }

  /**
   * Begins a walk over any table that has rows of its own, of which the columns are read as they
   * are stored.
   *
   * @param name the table
   * @param columns the columns; {@code rowid} and its other names may be among them
   * @param key the positions of those that tell a row from others
   * @param most how many rows are read at most
   * @throws SourceFileException if SQLite cannot read it
   */
  public RowCursor stored(String name, List<String> columns, List<Integer> key, long most) {
    return reads.stored(name, columns, key, most);
  }

  /** Returns how many rows any table has that has rows of its own. */
  public long countStored(String name) {
    return reads.count(name);
  }

  /** Returns whether the file keeps its text in UTF-8. */
  public boolean keepsUtf8() {
    return reads.keepsUtf8();
  }

  /**
   * Returns the connection that holds the moment, to ask SQLite something of this very moment. It
   * stays this object's.
   */
  public Connection reading() {
    return connection;
  }

  /** Returns views with their columns. */
  public List<SourceView> describe(List<View> named) {
    return named.stream().map(views::describe).toList();
  }

  /**
   * Works with the rows of a view.
   *
   * @param name the view
   * @param columns the names of its columns
   * @param work what is done with the rows
   * @return what the work returns; nothing if SQLite would have to do too much for the rows
   * @throws SourceFileException if SQLite cannot read it
   */
  public <T> Optional<T> viewRows(String name, List<String> columns, Function<RowCursor, T> work) {
    return views.rows(name, columns, work);
  }

  /**
   * Begins a walk over the same rows in the same order, to see what they refer to. A row has, for
   * each column of each link, the referring value and the value it refers to, which is null where
   * there is no such row; then the offered columns.
   *
   * @param name the table
   * @param links its references, as SQLite's own {@code foreign_key_check} resolves them
   * @param offered columns of its own
   * @throws SourceFileException if SQLite cannot read it
   */
  public RowCursor links(String name, List<Link> links, List<String> offered) {
    return reads.links(table(name), links, offered, this::table);
  }

  /**
   * Begins a walk over the rows of a table that {@link #rows} leaves out.
   *
   * @param name the table
   * @throws SourceFileException if SQLite cannot read it
   */
  public RawCursor oversized(String name) {
    return reads.oversized(table(name));
  }

  /**
   * Has SQLite give up the statements that run. Thread-safe; not to be called once {@link #close()}
   * has begun.
   */
  public void interrupt() {
    reads.interrupt();
    try {
      connection.getDatabase().interrupt();
    } catch (SQLException e) {
      throw SqliteFailures.translate(file, "its reading was interrupted", e);
    }
  }

  @Override
  public void close() {
    try (pages) {
      connection.close();
    } catch (SQLException e) {
      throw SqliteFailures.translate(file, "it was closed", e);
    }
  }

  private SqliteTable table(String name) {
    SqliteTable table = tables.get(Identifier.folded(name));
    if (table == null) {
      throw new IllegalArgumentException("No table " + name);
    }
    return table;
  }

  private static String describe(Unread unread) {
    return unread.object() + ": " + unread.reason();
  }
}
