package dev.outgrow.database;

import dev.outgrow.error.ConflictException;
import dev.outgrow.error.ConstraintException;
import dev.outgrow.error.ConstraintException.Kind;
import dev.outgrow.error.DataException;
import dev.outgrow.error.DataException.Problem;
import dev.outgrow.error.StatementException;
import dev.outgrow.error.TimeLimitException;
import dev.outgrow.error.TimeLimitException.Limit;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite refused, told apart by its extended result codes. */
final class SqliteFailures {
  private static final int PRIMARY_RESULT_CODE = 0xff;

  private SqliteFailures() {}

  static StatementException translate(SQLiteException first, String what, SQLException failure) {
    SQLiteErrorCode code = first.getResultCode();
    if (code == SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT) {
      return new ConflictException(
          what, "Do the whole transaction again: another one came before it.", null, failure);
    }
    return switch (primary(code)) {
      case SQLITE_BUSY, SQLITE_LOCKED ->
          new TimeLimitException(Limit.LOCK, what, Remedies.of(Limit.LOCK), null, failure);
      case SQLITE_CONSTRAINT -> constraint(first, what, failure);
      case SQLITE_TOOBIG -> data(Problem.TOO_LONG, what, failure);
      case SQLITE_MISMATCH -> data(Problem.MALFORMED, what, failure);
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          new StatementException(
              what,
              "Check the file with PRAGMA integrity_check, or take it from a backup.",
              null,
              failure);
      default -> new StatementException(what, Remedies.STATEMENT, null, failure);
    };
  }

  private static StatementException constraint(
      SQLiteException first, String what, SQLException failure) {
    if (first.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_DATATYPE) {
      return data(Problem.MALFORMED, what, failure);
    }
    Kind kind = kind(first.getResultCode());
    return new ConstraintException(
        BrokenRules.said(kind, first), what, Remedies.of(kind), null, failure);
  }

  private static DataException data(Problem problem, String what, SQLException failure) {
    return new DataException(problem, what, Remedies.of(problem), null, failure);
  }

  private static Kind kind(SQLiteErrorCode code) {
    return switch (code) {
      case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID ->
          Kind.UNIQUE;
      case SQLITE_CONSTRAINT_FOREIGNKEY -> Kind.FOREIGN_KEY;
      case SQLITE_CONSTRAINT_NOTNULL -> Kind.NOT_NULL;
      case SQLITE_CONSTRAINT_CHECK -> Kind.CHECK;
      default -> Kind.OTHER;
    };
  }

  static SQLiteErrorCode primary(SQLiteErrorCode code) {
    return SQLiteErrorCode.getErrorCode(code.code & PRIMARY_RESULT_CODE);
  }
}
