package dev.outgrow.database;

import dev.outgrow.error.OutgrowException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers who has borrowed what, which takes a stack for each connection that is lent. */
final class Remembering implements Lender {
  private final Lender lender;
  private final Map<Long, BorrowedConnection> borrowed = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();

  private Remembering(Lender lender) {
    this.lender = lender;
  }

  /** Returns the lender, which remembers if the configuration says so. */
  static Lender where(DatabaseConfig config, Lender lender) {
    return config.remembersBorrowers() ? new Remembering(lender) : lender;
  }

  @Override
  public Connection borrow() throws SQLException {
    return remember(lender.borrow());
  }

  @Override
  public Connection connectBeside() throws SQLException {
    return remember(lender.connectBeside());
  }

  private Connection remember(Connection connection) throws SQLException {
    long number = last.incrementAndGet();
    Connection lent = LentConnection.of(connection, given -> {}, () -> borrowed.remove(number));
    try {
      borrowed.put(number, BorrowedConnection.now(lent));
      return lent;
    } catch (SQLException failure) {
      lent.close();
      throw failure;
    }
  }

  @Override
  public List<BorrowedConnection> borrowed() {
    return borrowed.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public Optional<PoolState> state() {
    return lender.state();
  }

  @Override
  public OutgrowException refused(SQLException failure) {
    return lender.refused(failure);
  }

  @Override
  public void evict(Connection connection) {
    lender.evict(LentConnection.giveUp(connection));
  }

  @Override
  public void close() {
    lender.close();
  }
}
