package dev.outgrow.database.setup;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The lock in PostgreSQL. Its connection does nothing else and is in no transaction. */
final class AdvisoryKeeper implements ChangeLock.Keeper {
  /** "outgrow" in ASCII: no number that another library would come upon. */
  private static final long KEY = 0x6f757467726f77L;

  private final Connection connection;

  AdvisoryKeeper(Database database) {
    this.connection = database.ownConnection();
  }

  @Override
  public boolean take() {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_catalog.pg_try_advisory_lock(?)")) {
      statement.setLong(1, KEY);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Taking the lock on the schema");
    }
  }

  /** The lock ends with its session. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Letting go of the lock on the schema");
    }
  }
}
