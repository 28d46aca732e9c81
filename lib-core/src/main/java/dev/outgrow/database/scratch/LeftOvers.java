package dev.outgrow.database.scratch;

import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scratch databases of this user that nobody holds the lock of, or is connected to. */
final class LeftOvers {
  private static final Logger LOG = LoggerFactory.getLogger(ScratchDatabase.class);

  // A lock's number is in two halves; the view shows those of all databases of the server.
  private static final String UNHELD =
      """
      SELECT d.datname FROM pg_catalog.pg_database d
      WHERE d.datname ~ '^outgrow_scratch_[0-9a-f]{16}(_[0-9]+)?$'
        AND pg_catalog.pg_has_role(d.datdba, 'MEMBER')
        AND coalesce(pg_catalog.shobj_description(d.oid, 'pg_database'), '')
          NOT LIKE 'kept by outgrow %'
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a WHERE a.datid = d.oid)
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_locks l
          WHERE l.locktype = 'advisory' AND l.objsubid = 1
            AND pg_catalog.substr(d.datname, 1, 32) = 'outgrow_scratch_'
              || pg_catalog.lpad(pg_catalog.to_hex(l.classid::bigint), 8, '0')
              || pg_catalog.lpad(pg_catalog.to_hex(l.objid::bigint), 8, '0'))
      """;

  private static final String OWN =
      """
      SELECT d.datname FROM pg_catalog.pg_database d
      WHERE d.datname ~ ('^' || ? || '[0-9]+$')
        AND coalesce(pg_catalog.shobj_description(d.oid, 'pg_database'), '')
          NOT LIKE 'kept by outgrow %'
      """;

  private static final String GONE = "3D000";

  private final Connection connection;

  LeftOvers(Connection connection) {
    this.connection = connection;
  }

  void drop() throws SQLException {
    for (String name : unheld()) {
      // Without FORCE: whoever has begun to look into one since may do so.
      try (Statement statement = connection.createStatement()) {
        String quoted = Dialect.POSTGRESQL.quote(name);
        // One may have been sealed as a template, and its maker killed before it got its name.
        statement.execute("ALTER DATABASE " + quoted + " WITH IS_TEMPLATE false");
        statement.execute("DROP DATABASE IF EXISTS " + quoted);
        LOG.info("Dropped {}, which a killed process had left", name);
      } catch (SQLException inUse) {
        if (GONE.equals(inUse.getSQLState())) {
          // Another process that has just begun clears away the same.
          continue;
        }
        LOG.warn("The left-over scratch database {} stays: {}", name, inUse.getMessage());
      }
    }
  }

  /** Drops those of one process that are left when it ends. */
  void dropOwn(String prefix) throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(OWN)) {
      query.setString(1, prefix);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
    }
    for (String name : names) {
      try (Statement statement = connection.createStatement()) {
        String quoted = Dialect.POSTGRESQL.quote(name);
        statement.execute("DROP DATABASE IF EXISTS " + quoted + " WITH (FORCE)");
      }
    }
  }

  private List<String> unheld() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(UNHELD)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }
}
