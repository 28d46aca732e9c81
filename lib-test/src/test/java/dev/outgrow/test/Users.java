package dev.outgrow.test;

import dev.outgrow.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What tests do with users. */
final class Users {
  private Users() {}

  static void add(Database db, int id, String name) {
    db.inTransaction(tx -> add(tx.connection(), id, name));
  }

  static void add(Connection connection, int id, String name) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO users (id, name) VALUES (?, ?)")) {
      insert.setInt(1, id);
      insert.setString(2, name);
      insert.executeUpdate();
    }
  }

  static List<String> names(Database db) {
    return db.read(tx -> names(tx.connection()));
  }

  static List<String> names(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name FROM users ORDER BY id")) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A seed in Java. */
  static final class Carl implements Consumer<Database> {
    @Override
    public void accept(Database db) {
      add(db, 3, "Carl");
    }
  }
}
