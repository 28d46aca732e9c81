package dev.outgrow.migration.internal.flyway;

import dev.outgrow.error.MigrationException;
import dev.outgrow.error.MigrationException.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.database.DatabaseType;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.core.internal.sqlscript.SqlStatement;

/**
 * An undo script, cut into statements as Flyway cuts a migration.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class PreparedScript {
  private static final String NOTHING_KEPT =
      "Mend the script and undo again; nothing of the undo was kept.";

  private final Place place;
  private final boolean transactional;
  private final List<SqlStatement> statements;
  private final DatabaseType type;
  private final Configuration configuration;
  private final FlywayFailures failures;

  PreparedScript(
      Place place,
      SqlScript script,
      List<SqlStatement> statements,
      DatabaseType type,
      Configuration configuration,
      FlywayFailures failures) {
    this.place = place;
    this.transactional = script.executeInTransaction();
    this.statements = List.copyOf(statements);
    this.type = type;
    this.configuration = configuration;
    this.failures = failures;
  }

  /** Returns whether it can run within a transaction. */
  public boolean transactional() {
    return transactional;
  }

  /** Returns whether there is nothing in it but comments. */
  public boolean isEmpty() {
    return statements.isEmpty();
  }

  /**
   * Runs it, in the transaction of this connection.
   *
   * @throws MigrationException if a statement fails, with its line
   */
  public void run(Connection connection) {
    JdbcTemplate template = new JdbcTemplate(connection, type);
    for (SqlStatement statement : statements) {
      SQLException failure = statement.execute(template, null, configuration).getException();
      if (failure != null) {
        throw failures.ofStatement(
            failure,
            new Place(place.chain(), place.script(), statement.getLineNumber()),
            statement.getSql(),
            NOTHING_KEPT);
      }
    }
  }
}
