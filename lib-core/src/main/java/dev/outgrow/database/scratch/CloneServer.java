package dev.outgrow.database.scratch;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.AccessException;
import dev.outgrow.error.UnavailableException;
import dev.outgrow.sql.Dialect;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server on which this process makes templates and clones. For as long as it does, it holds an
 * advisory lock whose number is in their names, so that what nobody holds was left by a process
 * that is gone; that is dropped here first.
 */
final class CloneServer implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  // One of them holds the lock.
  private static final int MOST_CONNECTIONS = 9;
  private static final int WITH_STRATEGY = 15;
  private static final String NO_ROOM = "53100";
  private static final String REMEDY =
      "Let the user create databases (ALTER ROLE … CREATEDB), or name another user.";

  private final RunningServer running;
  private final Database admin;
  private final Connection holder;
  private final String prefix;
  private final AtomicLong made = new AtomicLong();
  private final ServerCatalogue catalogue;
  private final int version;

  private CloneServer(RunningServer running, Database admin, Connection holder)
      throws SQLException {
    this.running = running;
    this.admin = admin;
    this.holder = holder;
    this.catalogue = new ServerCatalogue(holder);
    this.version = holder.getMetaData().getDatabaseMajorVersion();
    requireRight();
    long key = RANDOM.nextLong();
    this.prefix = PostgresScratch.PREFIX + HexFormat.of().toHexDigits(key) + "_";
    try (Statement statement = holder.createStatement()) {
      statement.execute("SELECT pg_catalog.pg_advisory_lock(" + key + ")");
    }
    new LeftOvers(holder).drop();
  }

  /** Connects; a server that was started for this is let go of where that fails. */
  static CloneServer on(RunningServer running) {
    try {
      return connect(running);
    } catch (Throwable failure) {
      try (running) {
        throw failure;
      }
    }
  }

  private static CloneServer connect(RunningServer running) {
    Database admin = Database.open(config(running.url(), MOST_CONNECTIONS).build());
    try {
      // Of the pool, which connects once more while this one is asked.
      return new CloneServer(running, admin, admin.connection());
    } catch (SQLException failure) {
      try (admin) {
        throw SqlFailures.translate(failure, "Making scratch databases at " + running.url());
      }
    } catch (Throwable failure) {
      try (admin) {
        throw failure;
      }
    }
  }

  private void requireRight() {
    if (!catalogue.mayCreateDatabases()) {
      throw new AccessException(
          "The user " + catalogue.user() + " may not make scratch databases at " + url() + ".",
          REMEDY,
          "42501",
          null);
    }
  }

  static DatabaseConfig.Builder config(DatabaseUrl url, int connections) {
    return DatabaseConfig.builder(url)
        .minimumPoolSize(1)
        .maximumPoolSize(connections)
        .applicationName("outgrow scratch")
        .rememberBorrowers(true);
  }

  DatabaseUrl url() {
    return running.url();
  }

  /** Returns the user and what a new database is like: what tells templates apart. */
  String kind() {
    return catalogue.user() + " " + catalogue.locale();
  }

  /** Returns the encoding and locale in the words of {@code CREATE DATABASE}. */
  String locale() {
    return catalogue.locale();
  }

  /**
   * Returns how databases are to be copied, in the words of {@code CREATE DATABASE}: copying files
   * takes two checkpoints and less than half the time of logging every page.
   */
  String strategy() {
    return version >= WITH_STRATEGY ? " STRATEGY file_copy" : "";
  }

  /** Returns a name that no other database has, and that says whose it is. */
  String newName() {
    return prefix + made.incrementAndGet();
  }

  /** Opens a database of the server, with a connection to spare. */
  Database open(String name, int connections) {
    return Database.open(config(url().withDatabase(name), connections).build());
  }

  /** Opens one that has the connections that are asked for, since most tests take one. */
  Database openBare(String name, int connections) {
    return Database.open(config(url().withDatabase(name), connections).minimumPoolSize(0).build());
  }

  /** Returns a connection of the pool, outside of transactions. */
  Connection connection() {
    return admin.connection();
  }

  void execute(String sql, String doing) {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw failed(failure, doing + " at " + url());
    }
  }

  /** Drops a database, whoever is in it. */
  void drop(String name) {
    execute(
        "DROP DATABASE IF EXISTS " + Dialect.POSTGRESQL.quote(name) + " WITH (FORCE)",
        "Dropping a scratch database");
  }

  /** Says what failed, and what helps where it was room. */
  static RuntimeException failed(SQLException failure, String doing) {
    return NO_ROOM.equals(failure.getSQLState())
        ? new UnavailableException(
            doing + ": the server has no room left: " + failure.getMessage() + ".",
            "Close databases that are done with. If its data stand in memory, they can be kept on"
                + " disk instead: outgrow.test.memory=never.",
            failure)
        : SqlFailures.translate(failure, doing);
  }

  /** Executes statements in one transaction. */
  void executeTogether(String sql) {
    if (!sql.isEmpty()) {
      admin.inTransaction(
          tx -> {
            try (Statement statement = tx.connection().createStatement()) {
              statement.execute(sql);
            }
          });
    }
  }

  KeptDatabase keep(String name) {
    try (Connection connection = connection()) {
      KeptNote.write(connection, name);
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Keeping the scratch database " + name);
    }
    running.leaveRunning();
    Optional<Path> passwords = running.passwordFile();
    return KeptNote.of(url().withDatabase(name), url(), passwords);
  }

  /** Drops what is left of this process's own, then lets go. */
  @Override
  public void close() {
    try (running;
        admin) {
      LeftOvers left = new LeftOvers(holder);
      left.dropOwn(prefix);
      // The server may have noticed only since that a process was killed before this one began.
      left.drop();
      holder.close();
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Letting go of " + url());
    }
  }
}
