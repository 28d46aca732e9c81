package dev.outgrow.codegen.internal;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.database.setup.DatabaseSetup;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.MigrationContext;
import dev.outgrow.migration.MigrationListener;
import dev.outgrow.migration.Migrations;
import dev.outgrow.migration.RunningMigration;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A scratch database in which chains have run, and which of them made what.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class MigratedScratch implements AutoCloseable {
  private final ScratchSource.Lease lease;
  private final Connection connection;
  private final Owners owners;
  private final List<String> chains;
  private final String home;

  /** What is made, and where. */
  public record Origin(
      List<Chain> chains, DatabaseSetup setup, Backend backend, ScratchSource source) {
    /** Copies the list. */
    public Origin {
      chains = List.copyOf(chains);
    }
  }

  private MigratedScratch(
      ScratchSource.Lease lease, Connection connection, Origin origin, Owners owners)
      throws SQLException {
    this.lease = lease;
    this.connection = connection;
    this.owners = owners;
    this.chains = origin.chains().stream().map(Chain::name).toList();
    this.home = home(connection, origin.backend());
  }

  /**
   * Makes one.
   *
   * @throws dev.outgrow.error.MigrationException if a migration fails
   * @throws dev.outgrow.error.OutgrowException if there is no database to be had
   */
  public static MigratedScratch open(Origin origin) {
    ScratchSource.Lease lease = ScratchSource.checked(origin.source().open(), origin.backend());
    try {
      Owners owners = migrate(lease.database(), origin);
      Connection connection = lease.database().ownConnection();
      return new MigratedScratch(lease, connection, origin, owners);
    } catch (SQLException failure) {
      lease.end().run();
      throw SqlFailures.translate(failure, "Looking at the scratch database");
    } catch (RuntimeException failure) {
      lease.end().run();
      throw failure;
    }
  }

  private static Owners migrate(Database database, Origin origin) {
    Owners owners =
        new Owners(
            origin.backend(),
            origin.chains().stream().map(Chain::historyTable).collect(Collectors.toSet()));
    Migrations migrations =
        Migrations.of(database).setup(origin.setup()).listener(new Watching(owners));
    for (Chain chain : origin.chains()) {
      migrations = migrations.chain(chain);
    }
    migrations.migrate();
    return owners;
  }

  private record Watching(Owners owners) implements MigrationListener {
    @Override
    public void afterMigration(RunningMigration migration, MigrationContext context)
        throws SQLException {
      owners.look(context.connection(), migration.chain());
    }
  }

  private static String home(Connection connection, Backend backend) throws SQLException {
    if (backend == Backend.SQLITE) {
      return "";
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT coalesce(current_schema(), 'public')")) {
      row.next();
      return row.getString(1);
    }
  }

  /** Returns a connection to it, which ends with this object. */
  public Connection connection() {
    return connection;
  }

  /** Returns the database. */
  public Database database() {
    return lease.database();
  }

  Owners owners() {
    return owners;
  }

  /** Returns the chains' names, in the order in which they were given. */
  public List<String> chains() {
    return chains;
  }

  /** Returns the schema of what names none; empty on SQLite. */
  public String home() {
    return home;
  }

  /** Returns the schemas that hold something, the one of what names none first. */
  public List<String> schemas() {
    List<String> schemas = new ArrayList<>(owners.schemas().stream().sorted().toList());
    schemas.remove(home);
    schemas.add(0, home);
    return schemas;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Closing the scratch database");
    } finally {
      lease.end().run();
    }
  }
}
