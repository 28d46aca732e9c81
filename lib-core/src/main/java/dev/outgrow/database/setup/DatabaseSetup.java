package dev.outgrow.database.setup;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.OutgrowException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Runs the scripts that a PostgreSQL database needs before its first table: extensions, a schema, a
 * {@code search_path}, roles. They are run at every start, one behind the other, under the {@link
 * ChangeLock}; so they have to be written to be run again, and then change nothing.
 *
 * <p>Each script is one transaction: one that fails leaves nothing of itself, those before it stay.
 * They run on a connection of their own that is closed afterwards, so that a {@code SET} in them
 * reaches nobody else; what is meant to last is said with {@code ALTER DATABASE … SET} or {@code
 * ALTER ROLE … SET}, and holds for connections that are opened later. Statements that PostgreSQL
 * runs outside of transactions alone ({@code CREATE DATABASE}) it refuses.
 *
 * <p>On a SQLite file nothing is run, and the result names what was not: it has none of these.
 *
 * <p>The scripts are the application's own SQL and run as they are.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class DatabaseSetup {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final List<Script> scripts;
  private final Duration patience;

  private DatabaseSetup(List<Script> scripts, Duration patience) {
    this.scripts = List.copyOf(scripts);
    this.patience = patience;
  }

  /** Returns a set-up of these scripts, in this order, that waits 1 minute for the lock. */
  public static DatabaseSetup of(Script... scripts) {
    return new DatabaseSetup(List.of(scripts), PATIENCE);
  }

  /** Returns a set-up that waits this long for another instance: 0 to 1 day. */
  public DatabaseSetup patience(Duration other) {
    return new DatabaseSetup(scripts, other);
  }

  /**
   * Returns every statement that would be run, in order. Nothing is executed.
   *
   * @throws dev.outgrow.error.ConfigurationException if a script cannot be cut into statements
   */
  public List<Script.Statement> statements() {
    return scripts.stream().flatMap(script -> script.statements().stream()).toList();
  }

  /**
   * Takes the lock, runs the scripts and lets go.
   *
   * @throws dev.outgrow.error.UnavailableException if another holds the lock all the time
   * @throws OutgrowException if a statement fails: the message names script and line, never the
   *     statement, which may hold a password
   */
  public SetupResult run(Database database) {
    statements(); // what cannot be read is said before anything runs
    List<String> names = scripts.stream().map(Script::name).toList();
    if (database.backend() == Backend.SQLITE) {
      return new SetupResult(List.of(), names);
    }
    try (ChangeLock lock = ChangeLock.take(database, patience)) {
      return runWithin(lock, database);
    }
  }

  /**
   * Runs the scripts for somebody who holds the lock already and goes on with it, as whoever
   * migrates does; otherwise as {@link #run}.
   *
   * @param held the lock
   */
  public SetupResult runWithin(ChangeLock held, Database database) {
    Objects.requireNonNull(held, "held");
    List<String> names = scripts.stream().map(Script::name).toList();
    if (database.backend() == Backend.SQLITE) {
      return new SetupResult(List.of(), names);
    }
    try (Connection connection = database.ownConnection()) {
      connection.setAutoCommit(false);
      for (Script script : scripts) {
        run(connection, script);
      }
      return new SetupResult(names, List.of());
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "The connection of the set-up");
    }
  }

  private static void run(Connection connection, Script script) throws SQLException {
    for (Script.Statement statement : script.statements()) {
      try (Statement sql = connection.createStatement()) {
        sql.setEscapeProcessing(false);
        sql.execute(statement.sql());
      } catch (SQLException e) {
        OutgrowException failure =
            SqlFailures.translate(
                e, "The set-up script " + statement.script() + ", line " + statement.line() + ",");
        rollback(connection, failure);
        throw failure;
      }
    }
    connection.commit();
  }

  private static void rollback(Connection connection, OutgrowException reason) {
    try {
      connection.rollback();
    } catch (SQLException second) {
      reason.addSuppressed(second);
    }
  }
}
