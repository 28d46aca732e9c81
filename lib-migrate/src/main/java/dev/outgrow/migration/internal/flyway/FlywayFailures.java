package dev.outgrow.migration.internal.flyway;

import dev.outgrow.database.Database;
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
  private static final String NO_RIGHT = "42501";
  private static final String ROLLED_BACK =
      "Mend the script and migrate again; nothing of it was kept.";
  private static final String HALF_DONE =
      "It ran outside of a transaction, so a part of it may be there: take that back, mend the"
          + " script, run repair and then migrate.";

  private final Database database;
  private final String chain;
  private final HiddenValues hidden;

  FlywayFailures(Database database, FlywayChain chain) {
    this.database = database;
    this.chain = chain.name();
    this.hidden = new HiddenValues(chain.placeholders());
  }

  OutgrowException translate(FlywayException failure) {
    OutgrowException ours = find(failure, OutgrowException.class);
    FlywayMigrateException migrate = find(failure, FlywayMigrateException.class);
    if (ours instanceof MigrationException) {
      return ours;
    }
    if (migrate == null) {
      return outside(failure, ours);
    }
    FlywaySqlScriptException script = find(failure, FlywaySqlScriptException.class);
    String remedy = migrate.isExecutableInTransaction() ? ROLLED_BACK : HALF_DONE;
    return script == null
        ? ofCode(migrate, remedy)
        : ofStatement(script, migrate.getMigration().getScript(), remedy);
  }

  private MigrationException ofStatement(
      FlywaySqlScriptException failure, String file, String remedy) {
    Place place = new Place(chain, file, failure.getLineNumber());
    SQLException sql = find(failure, SQLException.class);
    return sql != null
        ? ofStatement(sql, place, failure.getStatement(), remedy)
        : new MigrationException(
            place,
            hidden.hide(
                firstLine(failure) + " The statement: " + shortened(failure.getStatement())),
            remedy,
            null,
            hidden.hide(failure.getStatement()),
            null);
  }

  MigrationException ofStatement(
      SQLException failure, Place place, String statement, String remedy) {
    return new MigrationException(
        place,
        words(failure, place) + " The statement: " + shortened(hidden.hide(statement)),
        remedy,
        failure.getSQLState(),
        hidden.hide(statement),
        hidden.isIn(failure) ? null : failure);
  }

  /** A script that cannot be cut into statements, or mixes what a transaction needs and refuses. */
  MigrationException unreadable(FlywayException failure, Place place) {
    return new MigrationException(
        place,
        "Script " + place + " cannot be read: " + hidden.hide(firstLine(root(failure))),
        "Mend the script; nothing was changed.",
        null,
        null,
        null);
  }

  private String words(SQLException sql, Place place) {
    String where = "Migration " + place;
    String what = SqlFailures.translate(sql, where).what();
    return what.startsWith(where) ? where + hidden.hide(what.substring(where.length())) : what;
  }

  /** A migration in Java, or a script that could not be read as statements. */
  private MigrationException ofCode(FlywayMigrateException failure, String remedy) {
    Place place = new Place(chain, failure.getMigration().getScript(), 0);
    SQLException sql = find(failure, SQLException.class);
    Throwable root = root(failure);
    String what =
        sql == null
            ? "Migration " + place + " failed: " + hidden.hide(firstLine(root))
            : words(sql, place);
    return new MigrationException(
        place,
        what,
        remedy,
        sql == null ? null : sql.getSQLState(),
        null,
        root instanceof FlywayException || hidden.isIn(root) ? null : root);
  }

  /** Not a migration: the history table, a script's text, the connection. */
  private OutgrowException outside(FlywayException failure, @Nullable OutgrowException ours) {
    if (ours != null) {
      return ours;
    }
    SQLException sql = find(failure, SQLException.class);
    if (sql != null) {
      return NO_RIGHT.equals(sql.getSQLState())
          ? new MissingRight(database).translate(sql, chain)
          : SqlFailures.translate(sql, "Migrating chain " + chain);
    }
    return new MigrationException(
        new Place(chain, null, 0),
        "Migrating chain " + chain + " failed: " + hidden.hide(firstLine(root(failure))),
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
