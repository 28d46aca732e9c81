package dev.outgrow.test.internal;

import dev.outgrow.database.Backend;
import dev.outgrow.database.BorrowedConnection;
import dev.outgrow.database.Database;
import dev.outgrow.database.scratch.KeptDatabase;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one test, or one class of tests, has been given.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Leases implements AutoCloseable {
  private final Map<Object, Lease> own = new LinkedHashMap<>();
  private final Map<Object, Lease> readers = new LinkedHashMap<>();
  private final Map<Lease, Set<BorrowedConnection>> guests = new LinkedHashMap<>();
  private final Map<Lease, Connection> connections = new LinkedHashMap<>();
  private final Thread thread = Thread.currentThread();

  /** Returns the one of a name, which is taken at the first time and given back at the end. */
  public synchronized Lease own(Object name, Supplier<Lease> take) {
    Lease known = own.get(name);
    if (known == null) {
      known = take.get();
      own.put(name, known);
    }
    return known;
  }

  /** Uses one that is given back by somebody else: what is open there already is not ours. */
  public synchronized Lease guest(Lease lease) {
    if (!own.containsValue(lease)) {
      guests.computeIfAbsent(lease, Lease::borrowed);
    }
    return lease;
  }

  /** Takes part in one that all who read share; it is not given back. */
  public synchronized Lease reader(Object name, Supplier<Lease> take) {
    return readers.computeIfAbsent(
        name,
        key -> {
          Lease lease = take.get();
          guests.put(lease, lease.borrowed());
          return lease;
        });
  }

  /** Returns the connection to one, which nobody has to close. */
  public synchronized Connection connection(Lease lease) {
    return connections.computeIfAbsent(lease, asked -> connect(asked.database()));
  }

  /** On SQLite not the one that writes, or the test would wait for itself when it writes beside. */
  private static Connection connect(Database database) {
    return database.backend() == Backend.SQLITE ? database.ownConnection() : database.connection();
  }

  /** Says that the test has failed. */
  public synchronized void fail() {
    own.values().forEach(Lease::fail);
    guests.keySet().forEach(Lease::fail);
  }

  /** Returns a failure that names what is left open, or null; it is open no longer. */
  public synchronized @Nullable AssertionError endLeaks() {
    List<Leak> leaks = new ArrayList<>();
    String where = "";
    for (Lease lease : own.values()) {
      leaks.addAll(lease.endLeaks(connections.values(), any -> true, true));
      where = lease.scratch().toString();
    }
    for (Map.Entry<Lease, Set<BorrowedConnection>> guest : guests.entrySet()) {
      leaks.addAll(
          guest
              .getKey()
              .endLeaks(
                  connections.values(),
                  borrowed -> borrowed.borrower() == thread && !guest.getValue().contains(borrowed),
                  false));
      where = guest.getKey().scratch().toString();
    }
    if (leaks.isEmpty()) {
      return null;
    }
    fail();
    return Leak.failure(leaks, where);
  }

  /** Keeps those that a failed test has used, as many as may be kept. */
  public synchronized List<KeptDatabase> keep(Keeping keeping) {
    return own.values().stream()
        .filter(Lease::hasFailed)
        .flatMap(lease -> keeping.keep(lease).stream())
        .toList();
  }

  @Override
  public synchronized void close() {
    Closing closing = new Closing();
    connections.values().forEach(closing::close);
    own.values().forEach(closing::close);
    connections.clear();
    own.clear();
    closing.end();
  }
}
