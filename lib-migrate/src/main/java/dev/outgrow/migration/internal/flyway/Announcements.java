package dev.outgrow.migration.internal.flyway;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Objects;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Context;

/**
 * Notes in the history that a migration outside of a transaction is about to begin. Flyway writes
 * its row once it is done; of a program that was killed in the middle there would be none, and the
 * next would run it again upon what it has left behind.
 *
 * <p>The row has the rank that the migration's own will have, with a minus: Flyway asks for those
 * above 0 alone, so that the history stays one that it can read. Where its own row is there, the
 * migration has its end, and the announcement is of no consequence; so it does not matter when it
 * is taken back.
 */
final class Announcements {
  private static final String DOING = "Taking back an announcement in the history";

  private final Database database;
  private final String table;
  private boolean any;

  Announcements(Database database, String table) {
    this.database = database;
    this.table = quoted(database, table);
  }

  private static String quoted(Database database, String table) {
    return (database.backend() == Backend.POSTGRESQL ? Dialect.POSTGRESQL : Dialect.SQLITE)
        .quote(table);
  }

  void announce(Context context) {
    try {
      announce(context.getConnection(), context.getMigrationInfo());
      any = true;
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Announcing a migration in the history");
    }
  }

  private void announce(Connection connection, MigrationInfo migration) throws SQLException {
    takeBackAnswered(connection);
    String user = database.backend() == Backend.POSTGRESQL ? "current_user" : "''";
    String sql =
        "INSERT INTO "
            + table
            + " (installed_rank, version, description, type, script, checksum, installed_by,"
            + " execution_time, success) SELECT -1 - COALESCE(max(installed_rank), 0), ?, ?, ?, ?, ?, "
            + user
            + ", 0, ? FROM "
            + table
            + " WHERE installed_rank > 0";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, Objects.toString(migration.getVersion(), null));
      insert.setString(2, migration.getDescription());
      insert.setString(3, migration.getType().name());
      insert.setString(4, migration.getScript());
      insert.setObject(5, migration.getChecksum(), Types.INTEGER);
      insert.setBoolean(6, false);
      insert.executeUpdate();
    }
  }

  /** Takes back those whose migrations have their rows: of runs that were killed behind one. */
  void takeBack(Connection connection) {
    try {
      takeBackAnswered(connection);
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, DOING);
    }
  }

  /** Takes back this run's own. */
  void takeBackOwn() {
    if (!any) {
      return;
    }
    try (Connection connection = database.ownConnection()) {
      takeBackAnswered(connection);
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, DOING);
    }
  }

  private void takeBackAnswered(Connection connection) throws SQLException {
    execute(
        connection,
        "DELETE FROM "
            + table
            + " AS a WHERE installed_rank < 0 AND EXISTS (SELECT 1 FROM "
            + table
            + " AS b WHERE b.script = a.script AND b.installed_rank >= -a.installed_rank)");
  }

  /** Takes back all of a history table: somebody has seen to what they are about. */
  static void forget(Database database, String table) {
    try (Connection connection = database.ownConnection()) {
      execute(connection, "DELETE FROM " + quoted(database, table) + " WHERE installed_rank < 0");
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, DOING);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
