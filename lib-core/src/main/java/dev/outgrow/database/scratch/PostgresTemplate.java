package dev.outgrow.database.scratch;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.sql.Dialect;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The database that clones are made of. It is filled under another name, as a scratch database, and
 * gets its own when it is sealed: one that is there is whole.
 */
final class PostgresTemplate {
  static final String PREFIX = "outgrow_template_";
  static final String MARK = "template of outgrow, last used ";

  // Part of every name: another way to make templates makes other ones.
  private static final String MAKING = "2";
  private static final String THERE =
      """
      SELECT FROM pg_catalog.pg_database d
      WHERE d.datname = ? AND d.datistemplate AND NOT d.datallowconn
        AND pg_catalog.pg_has_role(d.datdba, 'MEMBER')
      """;
  // Those of all roles; what a role has for itself in one database belongs to the role.
  private static final String SETTINGS =
      """
      SELECT unnest(s.setconfig) FROM pg_catalog.pg_db_role_setting s
      JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
      WHERE d.datname = ? AND s.setrole = 0
      """;

  private final CloneServer server;
  private final ScratchTemplate template;
  private final String name;
  private final long lock;
  private volatile List<String> settings = List.of();
  private volatile boolean madeHere;

  PostgresTemplate(CloneServer server, ScratchTemplate template) {
    this.server = server;
    this.template = template;
    byte[] digest = sha256(MAKING + "\n" + server.kind() + "\n" + template.fingerprint());
    this.name = PREFIX + HexFormat.of().formatHex(digest, 0, 8);
    this.lock = ByteBuffer.wrap(digest, 8, 8).getLong();
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  String name() {
    return name;
  }

  /** Makes it, unless it is there; whoever else wants the same waits and then finds it. */
  void makeIfMissing() {
    try (Connection connection = server.connection()) {
      if (!isThere(connection)) {
        execute(connection, "SELECT pg_catalog.pg_advisory_lock(" + lock + ")");
        try {
          if (!isThere(connection)) {
            make(connection);
            madeHere = true;
          }
        } finally {
          execute(connection, "SELECT pg_catalog.pg_advisory_unlock(" + lock + ")");
        }
      }
      settings = readSettings(connection);
    } catch (SQLException failure) {
      throw CloneServer.failed(failure, "Making a template at " + server.url());
    }
  }

  /** Whether this is the one who made it, at its last use. */
  boolean isMadeHere() {
    return madeHere;
  }

  /** Whether it is there, whole. */
  boolean isThere() {
    try (Connection connection = server.connection()) {
      return isThere(connection);
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Looking for a template at " + server.url());
    }
  }

  private boolean isThere(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(THERE)) {
      query.setString(1, name);
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  private void make(Connection connection) throws SQLException {
    String building = server.newName();
    String quoted = Dialect.POSTGRESQL.quote(building);
    execute(
        connection,
        "CREATE DATABASE " + quoted + " TEMPLATE template0 " + server.locale() + server.strategy());
    try {
      if (isWaitingForDisk(connection)) {
        execute(connection, "ALTER DATABASE " + quoted + " SET synchronous_commit = off");
      }
      fill(building);
      execute(
          connection,
          "ALTER DATABASE " + quoted + " WITH IS_TEMPLATE true ALLOW_CONNECTIONS false");
      execute(
          connection, "ALTER DATABASE " + quoted + " RENAME TO " + Dialect.POSTGRESQL.quote(name));
    } catch (Throwable failure) {
      try {
        execute(connection, "ALTER DATABASE " + quoted + " WITH IS_TEMPLATE false");
        execute(connection, "DROP DATABASE IF EXISTS " + quoted + " WITH (FORCE)");
      } catch (SQLException second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
  }

  /** What is off for the whole server need not be said of each copy. */
  private static boolean isWaitingForDisk(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW synchronous_commit")) {
      return row.next() && !row.getString(1).equals("off");
    }
  }

  private void fill(String building) {
    try (Database empty = server.open(building, 4)) {
      template.preparation().accept(empty);
    }
  }

  /** Notes the day: templates that nobody uses any more are dropped by it. */
  void noteUse() {
    String note = MARK + LocalDate.now(ZoneOffset.UTC);
    server.execute(
        "COMMENT ON DATABASE "
            + Dialect.POSTGRESQL.quote(name)
            + " IS "
            + Dialect.POSTGRESQL.literal(note),
        "Noting the use of a template");
  }

  private List<String> readSettings(Connection connection) throws SQLException {
    List<String> found = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(SETTINGS)) {
      query.setString(1, name);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
  }

  /** Returns the SQL that gives a clone what belongs to the template's name alone. */
  String settingsFor(String clone, boolean readOnly) {
    StringBuilder sql = new StringBuilder();
    settings.forEach(setting -> append(sql, setting, clone));
    if (readOnly) {
      append(sql, "default_transaction_read_only=on", clone);
    }
    return sql.toString();
  }

  /** Through the session, since only the server knows which values are lists of names. */
  private static void append(StringBuilder sql, String setting, String clone) {
    int end = setting.indexOf('=');
    String parameter = setting.substring(0, end);
    sql.append("SELECT pg_catalog.set_config(")
        .append(Dialect.POSTGRESQL.literal(parameter))
        .append(", ")
        .append(Dialect.POSTGRESQL.literal(setting.substring(end + 1)))
        .append(", true); ALTER DATABASE ")
        .append(Dialect.POSTGRESQL.quote(clone))
        .append(" SET ")
        .append(quoteParts(parameter))
        .append(" FROM CURRENT; ");
  }

  private static String quoteParts(String parameter) {
    StringBuilder quoted = new StringBuilder();
    for (String part : parameter.split("\\.", -1)) {
      quoted.append(quoted.isEmpty() ? "" : ".").append(Dialect.POSTGRESQL.quote(part));
    }
    return quoted.toString();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
