package dev.outgrow.database;

import dev.outgrow.error.OutgrowException;
import java.sql.Connection;
import java.sql.SQLException;

/** Lends connections in auto-commit mode, which closing gives back. */
interface Lender extends AutoCloseable {
  Connection borrow() throws SQLException;

  /** Says why no connection could be had. */
  OutgrowException refused(SQLException failure);

  /** Throws a connection away whose state is not known. */
  void evict(Connection connection);

  /** Lends nothing any more. A second call does nothing. */
  @Override
  void close();
}
