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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server refused, told apart by SQLSTATE alone: its words come in the language it was set
 * to.
 */
final class PostgresFailures {
  static final String CANCELLED = "57014";

  private static final Map<String, Kind> RULES =
      Map.of(
          "23505", Kind.UNIQUE,
          "23503", Kind.FOREIGN_KEY,
          "23001", Kind.FOREIGN_KEY,
          "23502", Kind.NOT_NULL,
          "23514", Kind.CHECK,
          "23P01", Kind.EXCLUSION);

  // Not serializable; a deadlock.
  private static final Map<String, String> CONFLICTS =
      Map.of(
          "40001",
          "Do the whole transaction again: another one came before it.",
          "40P01",
          "Do the whole transaction again; let all transactions lock tables and rows in one"
              + " order.");

  private static final Map<String, Limit> LIMITS =
      Map.of(
          "55P03", Limit.LOCK,
          "25P03", Limit.TRANSACTION,
          "25P04", Limit.TRANSACTION);

  private static final Map<String, Problem> PROBLEMS =
      Map.of(
          "22001", Problem.TOO_LONG,
          "22003", Problem.OUT_OF_RANGE,
          "22008", Problem.OUT_OF_RANGE,
          "22007", Problem.MALFORMED,
          "22P02", Problem.MALFORMED,
          "22P03", Problem.MALFORMED);

  private PostgresFailures() {}

  static StatementException translate(SQLException first, String what, SQLException failure) {
    String state = first.getSQLState();
    if (state == null) {
      return new StatementException(what, Remedies.STATEMENT, null, failure);
    }
    Kind kind = RULES.get(state);
    if (kind != null) {
      return new ConstraintException(
          BrokenRules.said(kind, first), what, Remedies.of(kind), state, failure);
    }
    Limit limit = LIMITS.get(state);
    if (limit != null) {
      return new TimeLimitException(limit, what, Remedies.of(limit), state, failure);
    }
    return other(state, what, failure);
  }

  private static StatementException other(String state, String what, SQLException failure) {
    String conflict = CONFLICTS.get(state);
    if (conflict != null) {
      return new ConflictException(what, conflict, state, failure);
    }
    Problem problem = PROBLEMS.get(state);
    if (problem != null) {
      return new DataException(problem, what, Remedies.of(problem), state, failure);
    }
    return new StatementException(what, remedy(state), state, failure);
  }

  private static String remedy(@Nullable String state) {
    return CANCELLED.equals(state)
        ? "It was cancelled, or it took longer than statement_timeout allows: try it again."
        : Remedies.STATEMENT;
  }
}
