package dev.outgrow.test.guide;

import dev.outgrow.database.Transaction;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What the code of the guide calls. */
final class Guide {
  private Guide() {}

  static String nameOf(Transaction tx, int id) throws SQLException {
    try (PreparedStatement select =
        tx.connection().prepareStatement("SELECT name FROM users WHERE id = ?")) {
      select.setInt(1, id);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getString(1) : "nobody";
      }
    }
  }

  static int version(Path file) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }
}
