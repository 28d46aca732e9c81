package dev.outgrow.importer.postgres;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.importer.copy.RowEncoder;
import dev.outgrow.importer.copy.RowRoom;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.TrialSql;
import dev.outgrow.importer.source.SourceRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Asks the server whether it has room for rows of one table, by giving them to it one at a time.
 * Nothing of it stays. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class RowTrial implements AutoCloseable {
  /** What a page needs for itself, and to say where its one row is. */
  private static final int PAGE_OVERHEAD = 32;

  private final ImportSession session;
  private final Loader loader;
  private final TrialSql sql;
  private final RowEncoder encoder;
  private final String doing;

  private RowTrial(ImportSession session, Loader loader, TableMapping table) {
    TableMapping plain = RowRoom.plain(table);
    this.session = session;
    this.loader = loader;
    this.sql = TrialSql.of(plain);
    this.encoder = RowEncoder.of(plain);
    this.doing = "Trying rows of table " + table.source();
  }

  static RowTrial open(ImportSession session, Loader loader, TableMapping table) {
    RowTrial trial = new RowTrial(session, loader, table);
    try {
      session.connection().setAutoCommit(false);
      session.run(trial.sql.create());
      session.run("SAVEPOINT before_row");
      return trial;
    } catch (SQLException e) {
      try (trial) {
        throw SqlFailures.translate(e, trial.doing);
      }
    }
  }

  /** Returns how many bytes a row may take. */
  static int room(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW block_size")) {
      rows.next();
      return rows.getInt(1) - PAGE_OVERHEAD;
    }
  }

  /**
   * Returns whether the server stores a row.
   *
   * @throws dev.outgrow.error.OutgrowException if the server refuses it for anything but its size
   */
  public boolean takes(SourceRow row) {
    boolean taken = true;
    try {
      loader.loadOne(sql.load(), encoder, row);
    } catch (RowTooLargeException e) {
      taken = false; // which is the answer that was asked for
    }
    try {
      session.run("ROLLBACK TO SAVEPOINT before_row");
      return taken;
    } catch (SQLException e) {
      throw SqlFailures.translate(e, doing);
    }
  }

  @Override
  public void close() {
    try {
      session.connection().rollback();
      session.connection().setAutoCommit(true);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, doing);
    }
  }
}
