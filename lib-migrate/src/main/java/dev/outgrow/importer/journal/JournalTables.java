package dev.outgrow.importer.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** Makes the journal's tables, and finds out whether they can be used. */
final class JournalTables {
  /** No such schema, no such table, no such column. */
  private static final Set<String> MISSING = Set.of("3F000", "42P01");

  private static final Set<String> UNUSABLE = Set.of("42501", "42703", "42809", "25006");

  /** A lock in the transaction: two sessions that make the same schema would break each other. */
  private static final String LOCK =
      "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('outgrow journal', 0))";

  private static final String EXISTS =
      "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = 'outgrow'),"
          + " pg_catalog.to_regclass('outgrow.import_journal') IS NOT NULL";

  private static final String USABLE =
      """
      SELECT pg_catalog.bool_and(pg_catalog.has_table_privilege(t.name, p.name))
        FROM (VALUES ('outgrow.import_journal'), ('outgrow.import_journal_table'),
                     ('outgrow.import_journal_step')) t (name),
             (VALUES ('INSERT'), ('UPDATE'), ('DELETE')) p (name)
       WHERE NOT EXISTS (SELECT id, target, staging, before, rejects, mode, source, fingerprint, options, plan,
                                state, note, program, started, ended, swapped
                           FROM outgrow.import_journal WHERE false)
         AND NOT EXISTS (SELECT import, source, target, definition, choice, row_count, byte_count, checksum,
                                plain, reasons, loaded, verified
                           FROM outgrow.import_journal_table WHERE false)
         AND NOT EXISTS (SELECT import, step FROM outgrow.import_journal_step WHERE false)
      """;

  private static final String ALONE =
      "SELECT NOT EXISTS (SELECT 1 FROM outgrow.import_journal WHERE id <> ?)";

  private static final String DROP =
      "DROP TABLE outgrow.import_journal_step, outgrow.import_journal_table, outgrow.import_journal;"
          + " DROP SCHEMA outgrow";

  /** Somebody uses it; something else is in the schema; it belongs to somebody else. */
  private static final Set<String> LEFT_ALONE = Set.of("55P03", "2BP01", "42501", "42P01", "3F000");

  private JournalTables() {}

  /** Whether the tables are there, and may be used. */
  enum Found {
    USABLE,
    MISSING,
    UNUSABLE
  }

  /** Looks for them. On a connection that is in no transaction. */
  static Found find(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(USABLE)) {
      return row.next() && row.getBoolean(1) ? Found.USABLE : Found.UNUSABLE;
    } catch (SQLException e) {
      if (MISSING.contains(e.getSQLState())) {
        return Found.MISSING;
      }
      return orUnusable(e);
    }
  }

  /** Makes them, unless another session has done so meanwhile. */
  static Found make(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(LOCK);
      makeIfMissing(statement);
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      return orUnusable(e);
    } finally {
      connection.setAutoCommit(true);
    }
    return find(connection);
  }

  /**
   * Drops them if no import is in them that could still mean something: none but this one, which
   * has left nothing. Whoever uses them at this moment keeps them.
   */
  static void dropUnless(Connection connection, String id) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(LOCK);
      statement.execute("LOCK TABLE outgrow.import_journal IN ACCESS EXCLUSIVE MODE NOWAIT");
      if (isAlone(connection, id)) {
        statement.execute(DROP);
      }
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      if (!LEFT_ALONE.contains(e.getSQLState())) {
        throw e;
      }
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static boolean isAlone(Connection connection, String id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ALONE)) {
      statement.setString(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static void makeIfMissing(Statement statement) throws SQLException {
    boolean schema;
    boolean table;
    try (ResultSet row = statement.executeQuery(EXISTS)) {
      row.next();
      schema = row.getBoolean(1);
      table = row.getBoolean(2);
    }
    if (!schema) {
      statement.execute("CREATE SCHEMA outgrow");
      statement.execute("COMMENT ON SCHEMA outgrow IS 'The journal of Outgrow''s imports'");
    }
    if (!table) {
      statement.execute(script());
    }
  }

  private static Found orUnusable(SQLException failure) throws SQLException {
    if (UNUSABLE.contains(failure.getSQLState())) {
      return Found.UNUSABLE;
    }
    throw failure;
  }

  private static String script() {
    try (InputStream in = JournalTables.class.getResourceAsStream("journal.sql")) {
      if (in == null) {
        throw new IllegalStateException("The library's journal.sql is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
