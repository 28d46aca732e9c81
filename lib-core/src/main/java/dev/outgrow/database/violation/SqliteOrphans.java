package dev.outgrow.database.violation;

import dev.outgrow.error.ConstraintException.Kind;
import dev.outgrow.error.ConstraintException.Rule;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.sql.Dialect;
import dev.outgrow.sql.sqlite.TableDefinition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;

/** The foreign keys of which rows now refer to nothing. */
final class SqliteOrphans {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int STEPS_BETWEEN_LOOKS = 10_000;

  /** A foreign key as the check names it: the number is that of {@code foreign_key_list}. */
  private record Key(String database, String table, int number) {}

  private SqliteOrphans() {}

  /**
   * Returns those keys, or the first two of them: with more than one nobody can say which it was.
   * Looks at all rows with a reference, for 1 second at most, then it fails.
   */
  static List<Rule> keys(Connection connection) throws SQLException {
    SQLiteConnection sqlite = connection.unwrap(SQLiteConnection.class);
    long start = System.nanoTime();
    ProgressHandler limit =
        new ProgressHandler() {
          @Override
          protected int progress() {
            return System.nanoTime() - start > LIMIT_NANOS ? 1 : 0;
          }
        };
    ProgressHandler.setHandler(sqlite, STEPS_BETWEEN_LOOKS, limit);
    try {
      List<Rule> rules = new ArrayList<>();
      for (Key key : broken(connection)) {
        rules.add(rule(connection, key));
      }
      return rules;
    } finally {
      ProgressHandler.clearHandler(sqlite);
    }
  }

  private static Set<Key> broken(Connection connection) throws SQLException {
    Set<Key> keys = new LinkedHashSet<>();
    for (String database : SqliteCandidates.databases(connection)) {
      String check = "PRAGMA " + Dialect.SQLITE.quote(database) + ".foreign_key_check";
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(check)) {
        while (keys.size() < 2 && rows.next()) {
          keys.add(new Key(database, rows.getString(1), rows.getInt(4)));
        }
      }
    }
    return keys;
  }

  private static Rule rule(Connection connection, Key key) throws SQLException {
    List<String> columns = columns(connection, key);
    return new Rule(Kind.FOREIGN_KEY, null, key.table(), columns, name(connection, key, columns));
  }

  private static List<String> columns(Connection connection, Key key) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT \"from\" FROM pragma_foreign_key_list(?, ?) WHERE id = ? ORDER BY seq")) {
      query.setString(1, key.table());
      query.setString(2, key.database());
      query.setInt(3, key.number());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          columns.add(rows.getString(1));
        }
      }
    }
    return columns;
  }

  private static @Nullable String name(Connection connection, Key key, List<String> columns)
      throws SQLException {
    String find =
        "SELECT sql FROM "
            + Dialect.SQLITE.quote(key.database())
            + ".sqlite_schema WHERE type = 'table' AND name = ?";
    try (PreparedStatement query = connection.prepareStatement(find)) {
      query.setString(1, key.table());
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? name(rows.getString(1), columns) : null;
      }
    }
  }

  private static @Nullable String name(String sql, List<String> columns) {
    List<ForeignKey> keys =
        TableDefinition.parse(sql).value().map(TableDefinition::foreignKeys).orElse(List.of());
    List<ForeignKey> same = keys.stream().filter(k -> k.columns().equals(columns)).toList();
    return same.size() == 1 ? same.get(0).name() : null;
  }
}
