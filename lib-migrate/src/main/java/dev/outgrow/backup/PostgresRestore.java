package dev.outgrow.backup;

import dev.outgrow.backup.BackupProgress.Phase;
import dev.outgrow.database.Database;
import dev.outgrow.sql.Dialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores into a PostgreSQL database in one transaction over one connection: what is there is
 * moved aside, what is in the backup is made, its tables are compared with the manifest, and only
 * then it is committed. A server rolls back what a session that is gone has not committed, so there
 * is no instant at which half of it can be seen. Two databases that change names, the other way to
 * do it, would need the right to make databases, and nobody connected.
 */
@SuppressWarnings("try") // what is held or watched is not asked anything
final class PostgresRestore {
  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LONGEST_NAME = 63;
  private static final Dialect SQL = Dialect.POSTGRESQL;

  private final Database database;
  private final BackupOptions options;
  private final RestoreScript script;

  PostgresRestore(Database database, BackupOptions options, RestoreScript script) {
    this.database = database;
    this.options = options;
    this.script = script;
  }

  Engine.Restored restore(Backup backup, boolean over, Supervision supervision)
      throws SQLException, IOException {
    try (Connection connection = database.ownConnection()) {
      connection.setAutoCommit(false);
      boolean committed = false;
      try (Supervision.Watched watched =
          supervision.watching(() -> connection.abort(Runnable::run))) {
        Engine.Restored restored = within(connection, backup, over, supervision);
        supervision.tell(BackupProgress.at(Phase.COMMIT));
        connection.commit();
        committed = true;
        return restored;
      } finally {
        if (!committed) {
          rollBack(connection);
        }
      }
    }
  }

  private Engine.Restored within(
      Connection connection, Backup backup, boolean over, Supervision supervision)
      throws SQLException, IOException {
    List<String> wanted = backup.manifest().schemas();
    LargeObjects.requireRoomFor(backup, connection);
    PostgresContents.prepare(connection);
    PostgresCatalogue.execute(
        connection, "SET LOCAL lock_timeout = " + options.lockTimeout().toMillis());
    Set<String> there = new LinkedHashSet<>(PostgresCatalogue.schemas(connection));
    Map<String, String> aside = over ? moveAside(connection, wanted, there, supervision) : Map.of();
    for (String schema : wanted) {
      make(connection, schema, there.contains(schema));
    }
    bringExtensions(connection, aside);
    script.run(connection, new LinkedHashSet<>(wanted), supervision);
    PostgresContents.prepare(connection); // the script has its own settings
    Compared.require(backup, new PostgresContents(connection, supervision).read(wanted));
    List<String> untouched = there.stream().filter(schema -> !wanted.contains(schema)).toList();
    return new Engine.Restored(List.copyOf(aside.values()), over ? untouched : List.of());
  }

  /** Whoever writes to a table that is moved has to wait, and finds the new one. */
  private Map<String, String> moveAside(
      Connection connection, List<String> wanted, Set<String> there, Supervision supervision)
      throws SQLException {
    Map<String, String> moved = new LinkedHashMap<>();
    String behind = "_before_" + STAMP.format(options.clock().instant());
    for (String schema : wanted) {
      if (!there.contains(schema)
          || PostgresCatalogue.holds(connection, List.of(schema)).isEmpty()) {
        continue;
      }
      supervision.check();
      for (String table : PostgresCatalogue.tables(connection, schema)) {
        PostgresCatalogue.execute(
            connection,
            "LOCK TABLE ONLY "
                + SQL.quote(schema)
                + "."
                + SQL.quote(table)
                + " IN ACCESS EXCLUSIVE MODE");
      }
      String aside = shortened(schema, LONGEST_NAME - behind.length()) + behind;
      PostgresCatalogue.execute(
          connection, "ALTER SCHEMA " + SQL.quote(schema) + " RENAME TO " + SQL.quote(aside));
      there.remove(schema);
      moved.put(schema, aside);
    }
    return moved;
  }

  private static String shortened(String name, int bytes) {
    String shorter = name;
    while (shorter.getBytes(StandardCharsets.UTF_8).length > bytes) {
      shorter = shorter.substring(0, shorter.offsetByCodePoints(shorter.length(), -1));
    }
    return shorter;
  }

  private static void make(Connection connection, String schema, boolean there)
      throws SQLException {
    if (there) {
      return;
    }
    PostgresCatalogue.execute(connection, "CREATE SCHEMA " + SQL.quote(schema));
    if (schema.equals("public")) {
      // As a new database has it; what the backup says of rights comes behind.
      PostgresCatalogue.execute(connection, "GRANT USAGE ON SCHEMA public TO PUBLIC");
    }
  }

  /** Extensions are the database's: they leave a schema that is moved aside for its successor. */
  private static void bringExtensions(Connection connection, Map<String, String> aside)
      throws SQLException {
    for (Map.Entry<String, String> moved : aside.entrySet()) {
      for (String extension : extensions(connection, moved.getValue())) {
        PostgresCatalogue.execute(
            connection,
            "ALTER EXTENSION " + SQL.quote(extension) + " SET SCHEMA " + SQL.quote(moved.getKey()));
      }
    }
  }

  private static List<String> extensions(Connection connection, String schema) throws SQLException {
    return PostgresCatalogue.texts(
        connection,
        "SELECT e.extname FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n"
            + " ON n.oid = e.extnamespace WHERE n.nspname = "
            + SQL.literal(schema)
            + " ORDER BY 1");
  }

  /** A connection that was handed in may commit what is open when it is given back. */
  private static void rollBack(Connection connection) {
    try {
      if (!connection.isClosed()) {
        connection.rollback();
      }
    } catch (SQLException gone) {
      // Without its session the server rolls back by itself; what failed first is what is told.
      LOG.debug("Rolling back a restore failed: {}", gone.getMessage());
    }
  }
}
