package dev.outgrow.importer.random;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A SQLite file as it was thrown.
 *
 * @param encoding of its texts
 * @param tables its tables, whose names differ
 * @param extras views, triggers, columns that were added later, by the table they are about
 */
record RandomFile(String encoding, List<RandomTable> tables, List<Integer> extras) {

  /** Makes the file; rows and indexes that SQLite refuses are not in it. */
  void make(Path file) throws SQLException, IOException {
    Files.deleteIfExists(file);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : prologue()) {
        statement.execute(sql);
      }
      for (String sql : optional()) {
        attempt(statement, sql);
      }
    }
  }

  /** Not every row keeps to its table, nor every index to its rows: SQLite says which do. */
  private static boolean attempt(Statement statement, String sql) {
    try {
      return statement.execute(sql);
    } catch (SQLException e) {
      return false;
    }
  }

  private List<String> prologue() {
    List<String> sql = new ArrayList<>();
    sql.add("PRAGMA encoding = '" + encoding + "'");
    sql.add("PRAGMA synchronous = OFF");
    sql.add("PRAGMA journal_mode = MEMORY");
    tables.forEach(t -> sql.add(t.create(tables)));
    return sql;
  }

  private List<String> optional() {
    List<String> sql = new ArrayList<>();
    for (RandomTable table : tables) {
      table.rows().forEach(r -> sql.add(table.insert(r)));
      for (int i = 0; i < table.indexes().size(); i++) {
        String name = i == 0 ? "pk_" + table.name() : "ix " + table.name() + i;
        sql.add(table.create(table.indexes().get(i), name));
      }
    }
    for (int i = 0; i < extras.size(); i++) {
      String table = RandomTable.quote(tables.get(extras.get(i) % tables.size()).name());
      sql.add(
          switch (extras.get(i) % 5) {
            case 0 -> "CREATE TRIGGER g" + i + " AFTER INSERT ON " + table + " BEGIN SELECT 1; END";
            case 1 -> "ALTER TABLE " + table + " ADD COLUMN \"added later\" INTEGER DEFAULT 7";
            case 2 -> "UPDATE sqlite_sequence SET seq = seq + 100 WHERE seq < 9000000000000000000";
            default -> "CREATE VIEW v" + i + " AS SELECT * FROM " + table;
          });
    }
    return sql;
  }

  /** Returns what makes the file, to be read and repeated by people. */
  @Override
  public String toString() {
    List<String> sql = new ArrayList<>(prologue());
    sql.addAll(optional());
    return String.join(";\n", sql) + ";";
  }
}
