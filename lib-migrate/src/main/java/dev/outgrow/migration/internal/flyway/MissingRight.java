package dev.outgrow.migration.internal.flyway;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.AccessException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Says which right a role has not. From PostgreSQL 15 on nobody but its owner may create in the
 * schema public, which a new role meets at its first table: that of the history.
 */
final class MissingRight {
  private static final String ASK =
      """
      SELECT current_user, current_schema(), current_schema() IS NOT NULL
        AND NOT has_schema_privilege(current_schema(), 'CREATE')
      """;

  private final Database database;

  MissingRight(Database database) {
    this.database = database;
  }

  OutgrowException translate(SQLException failure, String chain) {
    OutgrowException bare = SqlFailures.translate(failure, "Migrating chain " + chain);
    try (Connection connection = database.ownConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ASK)) {
      row.next();
      return row.getBoolean(3) ? ofSchema(failure, bare, row.getString(1), row.getString(2)) : bare;
    } catch (SQLException | OutgrowException second) {
      bare.addSuppressed(second);
      return bare;
    }
  }

  private static AccessException ofSchema(
      SQLException failure, OutgrowException bare, String role, String schema) {
    return new AccessException(
        bare.what(),
        "Have the schema's owner run: GRANT CREATE, USAGE ON SCHEMA "
            + Dialect.POSTGRESQL.quote(schema)
            + " TO "
            + Dialect.POSTGRESQL.quote(role)
            + ";",
        failure.getSQLState(),
        failure);
  }
}
