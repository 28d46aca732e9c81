package dev.outgrow.migration.internal.flyway;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.MigrationException;
import dev.outgrow.error.MigrationException.Place;
import dev.outgrow.error.OutgrowException;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;
import org.jspecify.annotations.Nullable;

/**
 * Turns what Flyway throws into this library's failures. Its messages hide the statement, are many
 * lines long and advertise; what counts is beneath.
 */
final class FlywayFailures {
  private static final int LONGEST_STATEMENT = 300;
  private static final String ROLLED_BACK =
      "Mend the script and migrate again; nothing of it was kept.";
  private static final String HALF_DONE =
      "It ran outside of a transaction, so a part of it may be there: take that back, mend the"
          + " script, run repair and then migrate.";

  private FlywayFailures() {}

  static OutgrowException translate(FlywayException failure, String chain) {
    OutgrowException ours = find(failure, OutgrowException.class);
    FlywayMigrateException migrate = find(failure, FlywayMigrateException.class);
    if (ours instanceof MigrationException) {
      return ours;
    }
    if (migrate == null) {
      return outside(failure, ours, chain);
    }
    FlywaySqlScriptException script = find(failure, FlywaySqlScriptException.class);
    String remedy = migrate.isExecutableInTransaction() ? ROLLED_BACK : HALF_DONE;
    return script == null
        ? ofCode(migrate, chain, remedy)
        : ofStatement(script, chain, migrate.getMigration().getScript(), remedy);
  }

  private static MigrationException ofStatement(
      FlywaySqlScriptException failure, String chain, String file, String remedy) {
    Place place = new Place(chain, file, failure.getLineNumber());
    SQLException sql = find(failure, SQLException.class);
    String statement = failure.getStatement();
    return sql != null
        ? ofStatement(sql, place, statement, remedy)
        : new MigrationException(
            place,
            firstLine(failure) + " The statement: " + shortened(statement),
            remedy,
            null,
            statement,
            null);
  }

  static MigrationException ofStatement(
      SQLException failure, Place place, String statement, String remedy) {
    return new MigrationException(
        place,
        words(failure, place) + " The statement: " + shortened(statement),
        remedy,
        failure.getSQLState(),
        statement,
        failure);
  }

  /** A script that cannot be cut into statements, or mixes what a transaction needs and refuses. */
  static MigrationException unreadable(FlywayException failure, Place place) {
    return new MigrationException(
        place,
        "Script " + place + " cannot be read: " + firstLine(root(failure)),
        "Mend the script; nothing was changed.",
        null,
        null,
        null);
  }

  private static String words(SQLException sql, Place place) {
    return SqlFailures.translate(sql, "Migration " + place).what();
  }

  /** A migration in Java, or a script that could not be read as statements. */
  private static MigrationException ofCode(
      FlywayMigrateException failure, String chain, String remedy) {
    Place place = new Place(chain, failure.getMigration().getScript(), 0);
    SQLException sql = find(failure, SQLException.class);
    Throwable root = root(failure);
    String what =
        sql == null ? "Migration " + place + " failed: " + firstLine(root) : words(sql, place);
    return new MigrationException(
        place,
        what,
        remedy,
        sql == null ? null : sql.getSQLState(),
        null,
        root instanceof FlywayException ? null : root);
  }

  /** Not a migration: the history table, a script's text, the connection. */
  private static OutgrowException outside(
      FlywayException failure, @Nullable OutgrowException ours, String chain) {
    if (ours != null) {
      return ours;
    }
    SQLException sql = find(failure, SQLException.class);
    if (sql != null) {
      return SqlFailures.translate(sql, "Migrating chain " + chain);
    }
    return new MigrationException(
        new Place(chain, null, 0),
        "Migrating chain " + chain + " failed: " + firstLine(root(failure)),
        "See what it says, mend that and migrate again.",
        null,
        null,
        null);
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    String line =
        message == null
            ? failure.getClass().getName()
            : message.lines().filter(part -> !part.isBlank()).findFirst().orElse("");
    return line.endsWith(".") || line.endsWith("!") ? line : line + ".";
  }

  private static String shortened(String statement) {
    String line = statement.strip();
    return line.length() <= LONGEST_STATEMENT ? line : line.substring(0, LONGEST_STATEMENT) + " …";
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    for (Throwable next = root.getCause(); next != null; next = root.getCause()) {
      root = next;
    }
    return root;
  }

  private static <T> @Nullable T find(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
