package dev.outgrow.migration;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.MigrationException;
import dev.outgrow.migration.internal.flyway.OrphanGuard;
import dev.outgrow.migration.internal.flyway.PreparedScript;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs what takes a chain back, with the rows of the history, in one transaction. */
final class UndoRun {
  private final ChainSet set;
  private final Database database;
  private final Chain chain;
  private final UndoPlan plan;
  private final Map<String, PreparedScript> scripts;

  /**
   * Prepares it.
   *
   * @param scripts the undo scripts of the plan by file name
   * @throws MigrationException if one cannot run within a transaction, or is empty
   */
  UndoRun(ChainSet set, Chain chain, UndoPlan plan, Map<String, PreparedScript> scripts) {
    this.set = set;
    this.database = set.database();
    this.chain = chain;
    this.plan = plan;
    this.scripts = scripts;
    refuse(
        script -> !script.transactional(),
        "An undo is one transaction, and these scripts cannot run within one: ",
        "Write them without what has to be outside of it (DROP INDEX in place of DROP INDEX"
            + " CONCURRENTLY), or undo less far; nothing was changed.");
    refuse(
        PreparedScript::isEmpty,
        "There is no statement in these undo scripts, so that they would take nothing back: ",
        "Write into them what takes their versions back, or SELECT 1 where nothing has to be;"
            + " nothing was changed.");
  }

  private void refuse(Predicate<PreparedScript> refused, String what, String remedy) {
    List<String> names =
        scripts.entrySet().stream()
            .filter(entry -> refused.test(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (!names.isEmpty()) {
      throw new MigrationException(
          new MigrationException.Place(chain.name(), names.get(0), 0),
          what + String.join(", ", names) + ".",
          remedy,
          null,
          null,
          null);
    }
  }

  /** Runs it; returns the copy of the file as it was before, where one is made. */
  Optional<Path> run(BackupCopy copy) {
    String label = "undo-" + chain.name() + "-" + plan.steps().get(0).row().version();
    return OwnTransaction.run(
        set,
        "Taking back chain " + chain.name(),
        connection -> {
          run(connection);
          return copy.take(label); // of what is committed: what this has done, it does not see
        });
  }

  private void run(Connection connection) throws SQLException {
    boolean sqlite = database.backend() == Backend.SQLITE;
    Session session = sqlite ? null : Session.of(connection);
    String schema = session == null ? null : session.schema();
    HistoryWriter history =
        new HistoryWriter(connection, database.backend(), schema, chain.historyTable());
    OrphanGuard orphans = new OrphanGuard(chain.name());
    if (sqlite) {
      orphans.look(connection);
    }
    for (UndoStep step : plan.steps()) {
      long begin = System.nanoTime();
      run(step, connection);
      int millis = (int) ((System.nanoTime() - begin) / 1_000_000);
      if (session == null) {
        orphans.refuseMore(connection, step.script(), true);
      } else {
        session.restore(connection);
      }
      history.undone(step, millis);
    }
    for (HistoryRow row : plan.repeatable()) {
      history.outdated(row);
    }
  }

  private void run(UndoStep step, Connection connection) {
    PreparedScript script = scripts.get(step.script());
    if (script != null) {
      script.run(connection);
      return;
    }
    JavaMigration code = Objects.requireNonNull(step.code());
    try {
      code.undo().orElseThrow().run(new MigrationContext(connection, database, false));
    } catch (Exception failure) { // whatever code throws fails it
      throw failed(step, failure);
    }
  }

  private MigrationException failed(UndoStep step, Exception failure) {
    MigrationException.Place place = new MigrationException.Place(chain.name(), step.script(), 0);
    SQLException sql = failure instanceof SQLException e ? e : null;
    return new MigrationException(
        place,
        sql == null
            ? "The undo of " + place + " failed: " + failure + "."
            : SqlFailures.translate(sql, "The undo of " + place).what(),
        "Mend it and undo again; nothing of the undo was kept.",
        sql == null ? null : sql.getSQLState(),
        null,
        failure);
  }

  /**
   * What a script may change in a session of PostgreSQL, and the next must not find changed.
   *
   * @param schema where the chain's tables are
   * @param path the search path
   */
  private record Session(@Nullable String schema, String path) {
    static Session of(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT current_schema(), pg_catalog.current_setting('search_path')")) {
        row.next();
        return new Session(row.getString(1), row.getString(2));
      }
    }

    void restore(Connection connection) throws SQLException {
      OwnTransaction.execute(connection, "RESET ROLE");
      try (PreparedStatement statement =
          connection.prepareStatement("SELECT pg_catalog.set_config('search_path', ?, false)")) {
        statement.setString(1, path);
        statement.executeQuery().close();
      }
    }
  }
}
