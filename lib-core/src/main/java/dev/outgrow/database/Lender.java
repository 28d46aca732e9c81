package dev.outgrow.database;

import dev.outgrow.error.OutgrowException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Lends connections in auto-commit mode, which closing gives back. */
interface Lender extends AutoCloseable {
  Connection borrow() throws SQLException;

  /** Opens a connection that is not lent to anybody else afterwards. */
  Connection connectBeside() throws SQLException;

  /** Returns how many connections there are and who waits; nothing if that is not known. */
  Optional<PoolState> state();

  /** Returns what is lent, oldest first; nothing where nobody remembers. */
  default List<BorrowedConnection> borrowed() {
    return List.of();
  }

  /** Says why no connection could be had. */
  OutgrowException refused(SQLException failure);

  /** Throws a connection away whose state is not known. */
  void evict(Connection connection);

  /** Lends nothing any more. A second call does nothing. */
  @Override
  void close();
}
