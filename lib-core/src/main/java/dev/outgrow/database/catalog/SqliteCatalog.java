package dev.outgrow.database.catalog;

import dev.outgrow.error.StatementException;
import dev.outgrow.schema.NamedObject;
import dev.outgrow.schema.NamedObject.Kind;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.Trigger;
import dev.outgrow.schema.View;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the schema {@code main} of a SQLite database, from its pragmas and, for what these do not
 * tell (names of constraints, checks, deferrals, generated columns, collations), from the text of
 * its definitions.
 *
 * <p>Nothing is written and no transaction is begun or ended: a connection may be read-only and in
 * the middle of one. Several statements are run, so that a caller who wants one consistent answer
 * while others write reads in a transaction. SQLite's own {@code sqlite_…} objects are left out.
 *
 * <p>A table that SQLite itself cannot open, because the module of a virtual table is missing, does
 * not stop the reading: its entry says what could not be read. Any other failure is a {@link
 * StatementException}; the connection stays usable and open.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class SqliteCatalog {
  private SqliteCatalog() {}

  /**
   * Reads the schema: ordinary tables, views and triggers. Virtual tables, STRICT and WITHOUT ROWID
   * are named among its {@link Schema#others}, their shadow tables are not in it; {@link #tables}
   * has both, and tells what of a table could not be read.
   *
   * @throws StatementException if the catalogue cannot be read
   */
  public static Schema read(Connection connection) {
    try {
      List<SqliteObject> objects = SqliteObject.all(connection);
      List<SqliteTable> all = tables(connection, objects);
      List<Table> tables =
          all.stream()
              .filter(table -> table.kind() == SqliteTable.Kind.ORDINARY)
              .map(SqliteTable::table)
              .toList();
      List<NamedObject> others = all.stream().flatMap(SqliteCatalog::others).toList();
      return new Schema("main", tables, views(objects), triggers(objects), List.of(), others);
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  private static Stream<NamedObject> others(SqliteTable table) {
    if (table.kind() == SqliteTable.Kind.VIRTUAL) {
      return Stream.of(new NamedObject(Kind.VIRTUAL_TABLE, null, table.name(), table.sql()));
    }
    return table.kind() == SqliteTable.Kind.ORDINARY
        ? Stream.of(table.strict() ? "STRICT" : "", table.withoutRowid() ? "WITHOUT ROWID" : "")
            .filter(option -> !option.isEmpty())
            .map(option -> new NamedObject(Kind.TABLE_OPTION, table.name(), option, option))
        : Stream.empty();
  }

  /**
   * Reads every table, whatever its kind, in order of name.
   *
   * <p>A shadow table is known by SQLite where the module is there. Where it is missing, the names
   * tell: those that {@code fts3}, {@code fts4}, {@code fts5}, {@code rtree}, {@code rtree_i32},
   * {@code geopoly}, {@code spellfix1} and {@code vec0} give to theirs. The tables of other missing
   * modules cannot be told from ordinary ones and count as such.
   *
   * @throws StatementException if the catalogue cannot be read
   */
  public static List<SqliteTable> tables(Connection connection) {
    try {
      return tables(connection, SqliteObject.all(connection));
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  private static List<SqliteTable> tables(Connection connection, List<SqliteObject> objects)
      throws SQLException {
    SqliteTableReader reader = new SqliteTableReader(new SqlitePragmas(connection), objects);
    List<SqliteTable> tables = new ArrayList<>();
    for (SqliteObject object : objects) {
      if (object.type().equals("table")) {
        tables.add(reader.read(object));
      }
    }
    tables.sort(Comparator.comparing(SqliteTable::name));
    return List.copyOf(tables);
  }

  private static List<View> views(List<SqliteObject> objects) {
    return objects.stream()
        .filter(object -> object.type().equals("view"))
        .map(object -> new View(object.name(), object.sql()))
        .sorted(Comparator.comparing(View::name))
        .toList();
  }

  private static List<Trigger> triggers(List<SqliteObject> objects) {
    return objects.stream()
        .filter(object -> object.type().equals("trigger"))
        .map(object -> new Trigger(object.name(), object.table(), object.sql()))
        .sorted(Comparator.comparing(Trigger::name))
        .toList();
  }

  private static StatementException refused(SQLException e) {
    return new StatementException(
        "The catalogue of the SQLite database could not be read: " + e.getMessage() + ".",
        "Check the file with PRAGMA integrity_check, and that no other program keeps it locked.",
        null,
        e);
  }
}
