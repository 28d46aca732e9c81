package dev.outgrow.importer.file;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.schema.Identifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a file's schema defines, in the order in which it was made, without what SQLite makes of
 * itself.
 *
 * <p><em>Immutable.</em>
 *
 * @param definitions all of it
 * @param tables the tables that keep their own rows, those that modules keep theirs in among them
 * @param shadows the folded names of the latter
 * @param counted whether some table gives its rows numbers that are never used again ({@code
 *     AUTOINCREMENT})
 * @param analyzed whether statistics are kept
 * @since 0.1
 */
public record FileSchema(
    List<Definition> definitions,
    List<StoredTable> tables,
    Set<String> shadows,
    boolean counted,
    boolean analyzed) {

  /** Copies the lists. */
  public FileSchema {
    definitions = List.copyOf(definitions);
    tables = List.copyOf(tables);
    shadows = Set.copyOf(shadows);
  }

  /**
   * Reads it.
   *
   * @throws dev.outgrow.error.OutgrowException if SQLite cannot
   */
  public static FileSchema read(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      List<Definition> definitions = new ArrayList<>();
      boolean counted = false;
      boolean analyzed = false;
      try (ResultSet row =
          statement.executeQuery(
              "SELECT type, name, tbl_name, rootpage > 0, sql FROM main.sqlite_schema ORDER BY rowid")) {
        while (row.next()) {
          String name = row.getString(2);
          String sql = row.getString(5);
          counted |= name.equals("sqlite_sequence");
          analyzed |= name.equals("sqlite_stat1");
          if (sql != null && !Identifier.folded(name).startsWith("sqlite_")) {
            definitions.add(
                new Definition(row.getString(1), name, row.getString(3), row.getBoolean(4), sql));
          }
        }
      }
      Set<String> keyed = new HashSet<>();
      Set<String> shadows = new HashSet<>();
      kinds(statement, keyed, shadows);
      List<StoredTable> tables = new ArrayList<>();
      for (Definition definition : definitions) {
        if (definition.isStoredTable()) {
          String name = definition.name();
          tables.add(table(connection, name, !keyed.contains(Identifier.folded(name))));
        }
      }
      return new FileSchema(definitions, tables, shadows, counted, analyzed);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Reading the schema of a SQLite file");
    }
  }

  /** Returns the same without tables that are not wanted, and what belongs to them. */
  public FileSchema without(Predicate<String> unwanted) {
    List<String> virtual =
        definitions.stream().filter(Definition::isVirtual).map(Definition::name).toList();
    Predicate<String> out =
        table -> {
          String owner = shadows.contains(Identifier.folded(table)) ? owner(virtual, table) : table;
          return unwanted.test(owner);
        };
    Set<String> views = new HashSet<>();
    definitions.stream()
        .filter(d -> d.type().equals("view"))
        .forEach(d -> views.add(Identifier.folded(d.name())));
    return new FileSchema(
        definitions.stream()
            .filter(d -> views.contains(Identifier.folded(d.table())) || !out.test(d.table()))
            .toList(),
        tables.stream().filter(t -> !out.test(t.name())).toList(),
        shadows,
        counted,
        analyzed);
  }

  /** Returns the definitions of a type. */
  public List<Definition> of(String type) {
    return definitions.stream().filter(d -> d.type().equals(type)).toList();
  }

  /** Returns the names of the tables that a person would call so: without those of modules. */
  public List<String> tableNames() {
    return of("table").stream()
        .map(Definition::name)
        .filter(n -> !shadows.contains(Identifier.folded(n)))
        .toList();
  }

  private static String owner(List<String> virtual, String shadow) {
    String folded = Identifier.folded(shadow);
    return virtual.stream()
        .filter(v -> folded.startsWith(Identifier.folded(v) + "_"))
        .reduce((a, b) -> a.length() >= b.length() ? a : b)
        .orElse(shadow);
  }

  private static void kinds(Statement statement, Set<String> keyed, Set<String> shadows)
      throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main'")) {
      while (row.next()) {
        String name = Identifier.folded(row.getString(1));
        if (row.getBoolean(3)) {
          keyed.add(name);
        }
        if (row.getString(2).equals("shadow")) {
          shadows.add(name);
        }
      }
    }
  }

  private static StoredTable table(Connection connection, String name, boolean numbered)
      throws SQLException {
    List<String> written = new ArrayList<>();
    List<String> computed = new ArrayList<>();
    List<Integer> key = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT name, hidden, pk FROM pragma_table_xinfo(?, 'main') ORDER BY cid")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (row.getInt(2) == 0 && row.getInt(3) > 0) {
            key.add(written.size());
          }
          (row.getInt(2) == 0 ? written : computed).add(row.getString(1));
        }
      }
    }
    Set<String> taken = new HashSet<>();
    written.forEach(c -> taken.add(Identifier.folded(c)));
    computed.forEach(c -> taken.add(Identifier.folded(c)));
    for (String rowid : numbered ? List.of("rowid", "_rowid_", "oid") : List.<String>of()) {
      if (!taken.contains(rowid)) {
        written.add(0, rowid);
        return new StoredTable(name, written, computed, true, List.of(0));
      }
    }
    return new StoredTable(name, written, computed, false, key);
  }
}
