package dev.outgrow.importer.reject;

import dev.outgrow.error.StatementException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * A private SQLite database without a name, which SQLite keeps in memory up to 8 MiB and beyond
 * that in a temporary file that nobody sees: so that what is noted of rows does not need more
 * memory the more rows there are. <em>Not thread-safe.</em>
 */
final class Notebook implements AutoCloseable {
  private static final String[] BEGINNING = {
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA cache_size = -8192",
    // Rows that stay behind; the link that is why, or -1; in which round it was found out: -1 is by
    // the server.
    "CREATE TABLE aside(tab INTEGER, row INTEGER, key TEXT, col TEXT, reason TEXT, link INTEGER, gen INTEGER,"
        + " PRIMARY KEY(tab, row)) WITHOUT ROWID",
    "CREATE INDEX aside_gen ON aside(tab, gen)",
    // Rows that are carried with nulls where a link refers.
    "CREATE TABLE nulled(tab INTEGER, row INTEGER, link INTEGER, key TEXT, gen INTEGER,"
        + " PRIMARY KEY(tab, row, link)) WITHOUT ROWID",
    "CREATE INDEX nulled_gen ON nulled(link, gen)",
    // What a row offers to be referred to by, what a row refers to, and what nobody offers any
    // more.
    "CREATE TABLE offered(offer INTEGER, row INTEGER, hash BLOB, PRIMARY KEY(offer, row)) WITHOUT ROWID",
    "CREATE TABLE referring(link INTEGER, hash BLOB, row INTEGER, key TEXT, PRIMARY KEY(link, hash, row))"
        + " WITHOUT ROWID",
    "CREATE TABLE lost(offer INTEGER, hash BLOB, gen INTEGER, PRIMARY KEY(offer, hash)) WITHOUT ROWID",
    "CREATE INDEX lost_gen ON lost(offer, gen)"
  };

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  private Notebook(Connection connection) {
    this.connection = connection;
  }

  static Notebook open() {
    try {
      Connection connection = DriverManager.getConnection("jdbc:sqlite:file:");
      try (Statement statement = connection.createStatement()) {
        for (String sql : BEGINNING) {
          statement.execute(sql);
        }
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
      connection.setAutoCommit(false);
      return new Notebook(connection);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Runs a statement, and returns how many rows it changed. */
  long change(String sql, Object... values) {
    try {
      return bound(sql, values).executeUpdate();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Returns the number a query answers with. */
  long number(String sql, Object... values) {
    try (ResultSet rows = bound(sql, values).executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Begins to read what a query answers. Several may be read at a time. */
  Answers read(String sql, Object... values) {
    try {
      PreparedStatement statement = connection.prepareStatement(sql);
      bind(statement, values);
      return new Answers(statement, statement.executeQuery());
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private PreparedStatement bound(String sql, Object... values) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    bind(statement, values);
    return statement;
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  static StatementException failure(SQLException e) {
    return new StatementException(
        "Keeping the list of rejected rows failed: " + e.getMessage() + ".",
        "Look whether there is room in the folder for temporary files (SQLITE_TMPDIR or TMPDIR names it).",
        null,
        e);
  }

  /** What a query answers, row by row. */
  static final class Answers implements AutoCloseable {
    private final PreparedStatement statement;
    private final ResultSet rows;

    private Answers(PreparedStatement statement, ResultSet rows) {
      this.statement = statement;
      this.rows = rows;
    }

    boolean next() {
      try {
        return rows.next();
      } catch (SQLException e) {
        throw failure(e);
      }
    }

    long number(int column) {
      try {
        return rows.getLong(column);
      } catch (SQLException e) {
        throw failure(e);
      }
    }

    String text(int column) {
      try {
        String text = rows.getString(column);
        return text == null ? "" : text;
      } catch (SQLException e) {
        throw failure(e);
      }
    }

    @Override
    public void close() {
      try {
        statement.close();
      } catch (SQLException e) {
        throw failure(e);
      }
    }
  }
}
