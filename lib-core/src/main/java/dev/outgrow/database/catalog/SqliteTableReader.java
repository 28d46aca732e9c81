package dev.outgrow.database.catalog;

import dev.outgrow.database.catalog.SqlitePragmas.ColumnRow;
import dev.outgrow.database.catalog.SqlitePragmas.Properties;
import dev.outgrow.database.catalog.SqliteTable.Kind;
import dev.outgrow.schema.Table;
import dev.outgrow.sql.sqlite.VirtualTableDefinition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a table together from its pragmas and its text. */
final class SqliteTableReader {
  private static final Properties UNLISTED = new Properties("table", false, false);

  private final SqlitePragmas pragmas;
  private final Map<String, Properties> properties;
  private final Map<String, SqliteObject> indexes = new HashMap<>();
  private final ShadowTables shadows;

  SqliteTableReader(SqlitePragmas pragmas, List<SqliteObject> objects) throws SQLException {
    this.pragmas = pragmas;
    this.properties = pragmas.properties();
    this.shadows = new ShadowTables(objects);
    for (SqliteObject object : objects) {
      if (object.type().equals("index")) {
        indexes.put(object.name(), object);
      }
    }
  }

  /** Reads one table. What cannot be read of it is named in its entry. */
  SqliteTable read(SqliteObject object) throws SQLException {
    Properties listed = properties.getOrDefault(object.name(), UNLISTED);
    Optional<VirtualTableDefinition> virtual = VirtualTableDefinition.parse(object.sql()).value();
    if (virtual.isPresent() || listed.type().equals("virtual")) {
      return virtualTable(object, virtual.map(VirtualTableDefinition::module));
    }
    boolean shadow = listed.type().equals("shadow");
    Optional<String> module = shadows.moduleOf(object.name(), shadow);
    Kind kind = shadow || module.isPresent() ? Kind.SHADOW : Kind.ORDINARY;
    return storedTable(object, kind, module, listed);
  }

  private SqliteTable storedTable(
      SqliteObject object, Kind kind, Optional<String> module, Properties listed)
      throws SQLException {
    List<Unread> unread = new ArrayList<>();
    boolean autoincrement = false;
    Table table;
    try {
      SqliteTableText text = SqliteTableText.of(object, columns(object, unread), unread);
      autoincrement = text.autoincrement();
      table = table(object, text, listed, unread);
    } catch (SQLException e) {
      table = unreadable(object, e, unread);
    }
    return new SqliteTable(
        table,
        kind,
        module,
        listed.withoutRowid(),
        listed.strict(),
        autoincrement,
        object.sql(),
        unread);
  }

  private Table table(
      SqliteObject object, SqliteTableText text, Properties listed, List<Unread> unread)
      throws SQLException {
    SqliteIndexes read = SqliteIndexes.read(pragmas, object.name(), indexes, text, unread);
    SqliteColumns columns = new SqliteColumns(text, listed.withoutRowid(), read.keyHasIndex());
    return new Table(
        object.name(),
        columns.columns(),
        columns.primaryKey(read.keyCollations()),
        read.uniqueKeys(),
        SqliteForeignKeys.read(pragmas, object.name(), text, unread),
        text.checks(),
        read.indexes());
  }

  private SqliteTable virtualTable(SqliteObject object, Optional<String> module)
      throws SQLException {
    List<Unread> unread = new ArrayList<>();
    Table table = bare(object, new SqliteColumns(SqliteTableText.none(List.of()), true, false));
    if (module.filter(VirtualModules::mayOpen).isEmpty()) {
      unread.add(new Unread(object.name(), "its columns, as tables of its module are not opened"));
      return new SqliteTable(
          table, Kind.VIRTUAL, module, false, false, false, object.sql(), unread);
    }
    try {
      // Hidden columns are the module's own: FTS5 has one of the table's name.
      List<ColumnRow> visible =
          columns(object, unread).stream().filter(column -> column.hidden() != 1).toList();
      table = bare(object, new SqliteColumns(SqliteTableText.none(visible), true, false));
    } catch (SQLException e) {
      table = unreadable(object, e, unread);
    }
    return new SqliteTable(table, Kind.VIRTUAL, module, false, false, false, object.sql(), unread);
  }

  private List<ColumnRow> columns(SqliteObject object, List<Unread> unread) throws SQLException {
    List<ColumnRow> rows = pragmas.columns(object.name());
    if (rows.isEmpty()) {
      unread.add(new Unread(object.name(), "its columns, as SQLite finds no table of this name"));
    }
    return rows;
  }

  /** Returns a table of which only the name is known, unless the whole file is at fault. */
  private static Table unreadable(SqliteObject object, SQLException e, List<Unread> unread)
      throws SQLException {
    if (!SqlitePragmas.isOfOneObject(e)) {
      throw e;
    }
    unread.add(new Unread(object.name(), "everything but its name: " + e.getMessage()));
    return bare(object, new SqliteColumns(SqliteTableText.none(List.of()), true, false));
  }

  private static Table bare(SqliteObject object, SqliteColumns columns) {
    return new Table(
        object.name(),
        columns.columns(),
        columns.primaryKey(Map.of()),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
