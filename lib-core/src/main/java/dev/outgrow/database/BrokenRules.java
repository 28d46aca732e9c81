package dev.outgrow.database;

import dev.outgrow.database.violation.PostgresRules;
import dev.outgrow.database.violation.SqliteRules;
import dev.outgrow.error.ConstraintException;
import dev.outgrow.error.ConstraintException.Kind;
import dev.outgrow.error.ConstraintException.Rule;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.sqlite.SQLiteException;

/** Which rule a refused row broke: what the failure says, and what the database knows beyond. */
final class BrokenRules {
  private BrokenRules() {}

  /** What the failure alone says for certain. */
  static Rule said(Kind kind, SQLException failure) {
    if (failure instanceof SQLiteException sqlite) {
      return SqliteRules.said(kind, words(sqlite));
    }
    ServerErrorMessage message =
        failure instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
    if (message == null) {
      return new Rule(kind, null, null, List.of(), null);
    }
    return new Rule(
        kind,
        message.getSchema(),
        message.getTable(),
        listOf(message.getColumn()),
        message.getConstraint());
  }

  /** Adds what the database knows of the rule. */
  static Rule complete(ConstraintException broken, SQLException failure, Connection connection)
      throws SQLException {
    Rule said =
        new Rule(
            broken.kind(), broken.schema(), broken.table(), broken.columns(), broken.constraint());
    if (failure instanceof SQLiteException sqlite) {
      return SqliteRules.complete(connection, said, words(sqlite));
    }
    boolean asks =
        connection.isWrapperFor(BaseConnection.class)
            && connection.unwrap(BaseConnection.class).getTransactionState()
                != TransactionState.FAILED;
    return asks ? PostgresRules.complete(connection, said) : said;
  }

  private static List<String> listOf(@Nullable String column) {
    return column == null ? List.of() : List.of(column);
  }

  /** SQLite's own words, which the driver puts in brackets behind the result code. */
  private static String words(SQLiteException failure) {
    String message = String.valueOf(failure.getMessage());
    String before = failure.getResultCode() + " (";
    return message.startsWith(before) && message.endsWith(")")
        ? message.substring(before.length(), message.length() - 1)
        : message;
  }
}
