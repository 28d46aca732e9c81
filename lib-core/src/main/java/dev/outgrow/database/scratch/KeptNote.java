package dev.outgrow.database.scratch;

import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.sql.Dialect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Marks PostgreSQL databases that are kept, by their comment, and says how to get at one. */
final class KeptNote {
  /** How the comment of a database begins that nobody is to clear away. */
  static final String MARK = "kept by outgrow ";

  static final int MOST = 20;
  private static final String BEYOND =
      """
      SELECT d.datname FROM pg_catalog.pg_database d
      WHERE d.datname ~ '^outgrow_scratch_[0-9a-f]{16}(_[0-9]+)?$'
        AND pg_catalog.pg_has_role(d.datdba, 'MEMBER')
        AND pg_catalog.shobj_description(d.oid, 'pg_database') LIKE 'kept by outgrow %'
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a WHERE a.datid = d.oid)
      ORDER BY pg_catalog.shobj_description(d.oid, 'pg_database') DESC OFFSET\s""";

  private KeptNote() {}

  /** Marks a database, and drops those that were kept before the last twenty. */
  static void write(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String note = Dialect.POSTGRESQL.literal(MARK + Instant.now());
      statement.execute("COMMENT ON DATABASE " + Dialect.POSTGRESQL.quote(name) + " IS " + note);
      for (String old : beyond(statement)) {
        statement.execute("DROP DATABASE IF EXISTS " + Dialect.POSTGRESQL.quote(old));
      }
    }
  }

  private static List<String> beyond(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(BEYOND + MOST)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /**
   * Says how to get at a database.
   *
   * @param beside another database of the server, to drop it from
   * @param passwords the file with the password, where the user knows none
   */
  static KeptDatabase of(DatabaseUrl url, DatabaseUrl beside, Optional<Path> passwords) {
    String psql = passwords.map(file -> "PGPASSFILE=" + quote(file) + " ").orElse("") + "psql ";
    String drop = "DROP DATABASE " + Dialect.POSTGRESQL.quote(url.database()) + " WITH (FORCE)";
    return new KeptDatabase(
        url, psql + quote(plain(url)), psql + quote(plain(beside)) + " -c " + quote(drop));
  }

  private static String plain(DatabaseUrl url) {
    return url.toString().replace(":***@", "@");
  }

  /** Quotes a word for the shell. */
  static String quote(Object word) {
    return "'" + word.toString().replace("'", "'\\''") + "'";
  }
}
