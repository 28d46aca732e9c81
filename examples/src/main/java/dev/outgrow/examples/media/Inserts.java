package dev.outgrow.examples.media;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Inserts rows in batches of 1,000. What is not finished is not written. */
final class Inserts implements AutoCloseable {
  private static final int BATCH = 1_000;

  private final PreparedStatement statement;
  private int waiting;

  /** Prepares for a table of this many columns, all of which get a value. */
  Inserts(Connection sqlite, String table, int columns) throws SQLException {
    String marks = String.join(", ", Collections.nCopies(columns, "?"));
    statement = sqlite.prepareStatement("INSERT INTO \"" + table + "\" VALUES (" + marks + ")");
  }

  void add(@Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    statement.addBatch();
    if (++waiting == BATCH) {
      finish();
    }
  }

  void finish() throws SQLException {
    statement.executeBatch();
    waiting = 0;
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
