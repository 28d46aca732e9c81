package dev.outgrow.importer.postgres;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.importer.reject.NumberedRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query's rows, whose first column is a number, a few thousand at a time. The driver does
 * so within a transaction alone, which lasts until this is closed.
 */
final class ServerRows implements NumberedRows {
  private static final int FETCHED = 5_000;

  private final Connection connection;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private final String doing;

  private ServerRows(
      Connection connection, PreparedStatement statement, ResultSet rows, String doing) {
    this.connection = connection;
    this.statement = statement;
    this.rows = rows;
    this.doing = doing;
  }

  static ServerRows open(Connection connection, String sql, String doing) {
    try {
      connection.setAutoCommit(false);
      PreparedStatement statement = connection.prepareStatement(sql);
      statement.setFetchSize(FETCHED);
      return new ServerRows(connection, statement, statement.executeQuery(), doing);
    } catch (SQLException e) {
      RuntimeException failure = SqlFailures.translate(e, doing);
      end(connection, failure);
      throw failure;
    }
  }

  @Override
  public boolean next() {
    try {
      return rows.next();
    } catch (SQLException e) {
      throw SqlFailures.translate(e, doing);
    }
  }

  @Override
  public long number() {
    try {
      return rows.getLong(1);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, doing);
    }
  }

  @Override
  public @Nullable String text(int column) {
    try {
      return rows.getString(column + 2);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, doing);
    }
  }

  @Override
  public void close() {
    try {
      statement.close();
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, doing);
    }
  }

  private static void end(Connection connection, RuntimeException reason) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }
}
