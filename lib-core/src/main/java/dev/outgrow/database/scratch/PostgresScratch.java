package dev.outgrow.database.scratch;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.AccessException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.sql.Dialect;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a throw-away database on the server of another one. Whoever makes one holds, before it is
 * there, an advisory lock whose number is in its name: the whole server sees who holds which, so
 * that one which nobody holds was left by a process that is gone.
 */
final class PostgresScratch implements Custody {
  static final String PREFIX = "outgrow_scratch_";

  private static final Logger LOG = LoggerFactory.getLogger(ScratchDatabase.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int MOST_CONNECTIONS = 4;
  private static final String REMEDY =
      "Let the user create databases (ALTER ROLE … CREATEDB), or hand in an empty database.";

  private final Database beside;
  private final Connection holder;
  private final long key;
  private final String name;

  private PostgresScratch(Database beside, Connection holder) {
    this.beside = beside;
    this.holder = holder;
    this.key = RANDOM.nextLong();
    this.name = PREFIX + HexFormat.of().toHexDigits(key);
  }

  static ScratchDatabase beside(Database database) {
    Connection holder = database.ownConnection();
    PostgresScratch scratch = new PostgresScratch(database, holder);
    try {
      return scratch.create();
    } catch (SQLException failure) {
      OutgrowException known =
          SqlFailures.translate(failure, "Making a scratch database beside " + database.url());
      scratch.discardAfter(known);
      throw known;
    } catch (RuntimeException failure) {
      scratch.discardAfter(failure);
      throw failure;
    }
  }

  private ScratchDatabase create() throws SQLException {
    ServerCatalogue catalogue = new ServerCatalogue(holder);
    if (!catalogue.mayCreateDatabases()) {
      throw new AccessException(
          "The user "
              + catalogue.user()
              + " may not make a scratch database at "
              + beside.url()
              + ".",
          REMEDY,
          "42501",
          null);
    }
    new LeftOvers(holder).drop();
    execute("SELECT pg_catalog.pg_advisory_lock(" + key + ")");
    String quoted = Dialect.POSTGRESQL.quote(name);
    execute("CREATE DATABASE " + quoted + " TEMPLATE template0 " + catalogue.locale());
    execute("ALTER DATABASE " + quoted + " SET search_path FROM CURRENT");
    execute("ALTER DATABASE " + quoted + " SET synchronous_commit = off");
    Database opened = open();
    try {
      makeSchema(opened, catalogue.currentSchema());
    } catch (RuntimeException failure) {
      opened.close();
      throw failure;
    }
    return new ScratchDatabase(opened, this);
  }

  private Database open() {
    try {
      return Database.open(
          DatabaseConfig.builder(beside.url().withDatabase(name))
              .minimumPoolSize(1)
              .maximumPoolSize(MOST_CONNECTIONS)
              .applicationName("outgrow scratch")
              .build());
    } catch (AccessException refused) {
      throw new AccessException(
          "A scratch database was made beside "
              + beside.url()
              + " and cannot be opened: "
              + refused.what(),
          "Hand in an empty database, or let the user into databases of any name (pg_hba.conf).",
          refused.sqlState(),
          refused);
    }
  }

  private static void makeSchema(Database opened, String schema) {
    opened.inTransaction(
        tx -> {
          try (Statement statement = tx.connection().createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + Dialect.POSTGRESQL.quote(schema));
          }
        });
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = holder.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public KeptDatabase keep() {
    try {
      KeptNote.write(holder, name);
      return KeptNote.of(beside.url().withDatabase(name), beside.url(), Optional.empty());
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Keeping the scratch database " + name);
    }
  }

  @Override
  public void release() {
    try (holder) {
      execute("SELECT pg_catalog.pg_advisory_unlock(" + key + ")");
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Letting go of the scratch database " + name);
    }
  }

  /** Drops it, then lets go of the lock: of a data source that was handed in the session stays. */
  @Override
  public void delete() {
    try (holder) {
      execute("DROP DATABASE IF EXISTS " + Dialect.POSTGRESQL.quote(name) + " WITH (FORCE)");
      execute("SELECT pg_catalog.pg_advisory_unlock(" + key + ")");
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Dropping the scratch database " + name);
    }
    LOG.debug("Dropped the scratch database {}", name);
  }

  private void discardAfter(RuntimeException failure) {
    try {
      delete();
    } catch (RuntimeException second) {
      failure.addSuppressed(second);
    }
  }
}
