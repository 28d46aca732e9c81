package dev.outgrow.database.scratch;

import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The templates of this user that nobody has used for long, or that are too many. */
final class OldTemplates {
  static final int MOST = 20;

  private static final Logger LOG = LoggerFactory.getLogger(ScratchPool.class);
  // The days compare as text; a template without a note is not ours.
  private static final String OLD =
      """
      SELECT name, note FROM (
        SELECT d.datname AS name, pg_catalog.shobj_description(d.oid, 'pg_database') AS note
        FROM pg_catalog.pg_database d
        WHERE d.datname ~ '^outgrow_template_[0-9a-f]{16}$' AND d.datname <> ?
          AND pg_catalog.pg_has_role(d.datdba, 'MEMBER')
      ) t WHERE note LIKE ? || '%'
      ORDER BY note DESC
      """;

  /** A template and the note of its last use. */
  private record Other(String name, String note) {}

  private final CloneServer server;
  private final String own;

  OldTemplates(CloneServer server, String own) {
    this.server = server;
    this.own = own;
  }

  /** Drops them. Whoever still makes clones of one makes it anew. */
  void drop(Duration kept) {
    String first = PostgresTemplate.MARK + LocalDate.now(ZoneOffset.UTC).minusDays(kept.toDays());
    try (Connection connection = server.connection()) {
      List<Other> others = others(connection);
      for (int place = 0; place < others.size(); place++) {
        Other other = others.get(place);
        if (place >= MOST - 1 || other.note().compareTo(first) < 0) {
          drop(connection, other.name());
        }
      }
    } catch (SQLException failure) {
      LOG.warn("Old templates at {} stay: {}", server.url(), failure.getMessage());
    }
  }

  private List<Other> others(Connection connection) throws SQLException {
    List<Other> found = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(OLD)) {
      query.setString(1, own);
      query.setString(2, PostgresTemplate.MARK);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(new Other(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return found;
  }

  private static void drop(Connection connection, String name) {
    String quoted = Dialect.POSTGRESQL.quote(name);
    try (Statement statement = connection.createStatement()) {
      statement.execute("ALTER DATABASE " + quoted + " WITH IS_TEMPLATE false");
      statement.execute("DROP DATABASE " + quoted);
    } catch (SQLException gone) {
      // Another process drops the same ones, or makes a clone of it right now.
      LOG.debug("The template {} is not dropped: {}", name, gone.getMessage());
    }
  }
}
