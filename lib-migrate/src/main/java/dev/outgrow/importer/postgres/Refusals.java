package dev.outgrow.importer.postgres;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.TargetException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Tells a refusal from a failure, and which table and which of its rules refused the rows. */
final class Refusals {
  private static final List<String> REFUSALS = List.of("0A", "22", "23", "42", "54");
  private static final String NO_RIGHT = "42501";
  private static final String INTEGRITY = "23";

  private Refusals() {}

  /**
   * Whether a failure is about the statement and the rows: their data, a constraint, a name, a
   * limit or a missing feature. Anything else is about the server, and nothing would work any more.
   */
  static boolean isRefusal(@Nullable String sqlState) {
    String state = String.valueOf(sqlState);
    return !state.equals(NO_RIGHT) && REFUSALS.stream().anyMatch(state::startsWith);
  }

  static OutgrowException translate(SQLException failure, String schema) {
    return translate(failure, schema, "Bringing the rows into the tables of schema " + schema);
  }

  static OutgrowException translate(SQLException failure, String schema, String doing) {
    String state = String.valueOf(failure.getSQLState());
    String rule =
        failure instanceof PSQLException server ? rule(server.getServerErrorMessage()) : "";
    if (!state.startsWith(INTEGRITY) || rule.isEmpty()) {
      return SqlFailures.translate(failure, doing);
    }
    return new TargetException(
        schema,
        List.of(),
        SqlFailures.translate(failure, doing).what() + " It was refused by " + rule + ".",
        "Mend the rows, or the rule in PostgreSQL; the tables are as they were.",
        failure);
  }

  private static String rule(@Nullable ServerErrorMessage message) {
    List<String> parts = new ArrayList<>();
    if (message != null) {
      add(parts, "constraint ", message.getConstraint());
      add(parts, "column ", message.getColumn());
      add(parts, "of table ", message.getTable());
    }
    return String.join(" ", parts);
  }

  private static void add(List<String> parts, String word, @Nullable String name) {
    if (name != null) {
      parts.add(word + name);
    }
  }
}
