package dev.outgrow.migration;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.migration.statement.Statement;
import dev.outgrow.migration.statement.Statements;
import dev.outgrow.migration.statement.Token;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What PostgreSQL still shows of a statement that failed. */
final class Aftermath {
  /**
   * Who holds locks on the relations that a statement names. No query's text: it may hold values.
   */
  private static final String HOLDERS =
      """
      SELECT a.pid, coalesce(nullif(a.application_name, ''), a.backend_type), coalesce(a.state, '-'),
             extract(epoch FROM now() - coalesce(a.xact_start, a.query_start, a.backend_start))::bigint,
             string_agg(DISTINCT l.mode || ' on ' || c.relname, ', ')
      FROM pg_locks l
      JOIN pg_class c ON c.oid = l.relation
      JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND l.pid <> pg_backend_pid() AND c.relkind IN ('r', 'p', 'm', 'i', 'I')
        AND (c.relname = ANY (?) OR c.oid IN (SELECT i.indrelid FROM pg_index i JOIN pg_class x
             ON x.oid = i.indexrelid WHERE x.relname = ANY (?)))
        AND (NOT ? OR l.mode <> 'AccessShareLock')
      GROUP BY 1, 2, 3, 4 ORDER BY 4 DESC, 1 LIMIT 5
      """;

  /** An index that is being built is not valid either, but has someone who builds it. */
  private static final String INVALID =
      """
      SELECT n.nspname, x.relname FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
      JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = x.relnamespace
      WHERE NOT i.indisvalid AND x.relkind = 'i'
        AND NOT EXISTS (SELECT 1 FROM pg_stat_progress_create_index p WHERE p.index_relid = x.oid)
        AND (x.relname = ANY (?) OR t.relname = ANY (?)
             OR regexp_replace(x.relname, '_ccnew[0-9]*$', '') = ANY (?))
      ORDER BY 1, 2
      """;

  private final Database database;
  private final List<Token> tokens;

  Aftermath(Database database, String statement) {
    this.database = database;
    this.tokens =
        Statements.of(statement, Dialect.POSTGRESQL).stream()
            .map(Statement::tokens)
            .flatMap(List::stream)
            .toList();
  }

  private String[] names() {
    return tokens.stream().filter(Token::isName).map(Token::name).distinct().toArray(String[]::new);
  }

  private boolean begins(String... words) {
    return !tokens.isEmpty() && List.of(words).contains(tokens.get(0).name());
  }

  /** Returns the sessions that hold locks which the statement may have waited for. */
  List<String> holders() {
    boolean readersDoNotMatter = begins("create", "insert", "update", "delete", "merge", "copy");
    return ask(
        HOLDERS,
        new Object[] {names(), names(), readersDoNotMatter},
        row ->
            "pid "
                + row.getString(1)
                + " ("
                + row.getString(2)
                + ", "
                + row.getString(3)
                + " for "
                + row.getString(4)
                + " s, "
                + row.getString(5)
                + ")");
  }

  /** Returns the statements that drop what an index that was built CONCURRENTLY has left. */
  List<String> invalidIndexes() {
    if (tokens.stream().noneMatch(token -> token.is("concurrently"))) {
      return List.of();
    }
    return ask(
        INVALID,
        new Object[] {names(), names(), names()},
        row ->
            "DROP INDEX CONCURRENTLY "
                + Dialect.POSTGRESQL.quote(row.getString(1))
                + "."
                + Dialect.POSTGRESQL.quote(row.getString(2))
                + ";");
  }

  private interface Row {
    String text(ResultSet row) throws SQLException;
  }

  private List<String> ask(String sql, Object[] parameters, Row text) {
    try (Connection connection = database.ownConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<String> found = new ArrayList<>();
        while (rows.next()) {
          found.add(text.text(rows));
        }
        return found;
      }
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Looking who holds the locks");
    }
  }
}
