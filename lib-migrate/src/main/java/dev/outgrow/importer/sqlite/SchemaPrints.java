package dev.outgrow.importer.sqlite;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Condenses what a file's application has defined in it, to tell later whether that has changed.
 */
final class SchemaPrints {
  /** What SQLite itself keeps, such as statistics, is nobody's definition. */
  private static final String DEFINITIONS =
      "SELECT type || ' ' || name, coalesce(tbl_name, ''), coalesce(sql, '') FROM sqlite_schema"
          + " WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND type IS NOT NULL";

  private SchemaPrints() {}

  /** Returns a hash of each definition by its kind and name: {@code table users}. */
  static Map<String, String> of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(DEFINITIONS)) {
      Map<String, String> prints = new TreeMap<>();
      while (rows.next()) {
        prints.put(rows.getString(1), hash(rows.getString(2) + "\n" + rows.getString(3)));
      }
      return Collections.unmodifiableMap(prints);
    }
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
