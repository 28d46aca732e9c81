package dev.outgrow.importer.postgres;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.TargetException;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.plan.ImportNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something of a table of the target that the table which takes its name has to have as well: its
 * owner, who may do what, comments, row security, publications.
 *
 * @param table the table
 * @param what the property
 * @param sql the statements that give it, once both tables are where they belong; none if none can
 * @param must whether the table must not be there without it
 * @param why why it cannot be given, if it cannot
 */
record KeptProperty(String table, String what, List<String> sql, boolean must, String why) {
  /** About a name, a right, a value, what there is not or cannot be: not about the server. */
  private static final List<String> REFUSALS =
      List.of("0A", "0L", "22", "23", "2B", "2F", "42", "54");

  private static final int COLUMN_LISTS = 150_000;
  private static final String COLUMNS =
      "coalesce((SELECT ' (' || pg_catalog.string_agg("
          + "pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attnum) || ')' FROM pg_catalog.pg_attribute a"
          + " WHERE a.attrelid = o.oid AND a.attnum = ANY (r.prattrs::int2[])), '')";
  private static final String ROWS =
      "coalesce(' WHERE (' || pg_catalog.pg_get_expr(r.prqual, r.prrelid) || ')', '')";

  /** Copies the list. */
  KeptProperty {
    sql = List.copyOf(sql);
  }

  /** Returns what the tables of the target have, before anything is moved. */
  static List<KeptProperty> read(Connection connection, ImportNames names) throws SQLException {
    List<KeptProperty> all =
        new ArrayList<>(
            Catalogue.ask(
                connection,
                "kept-properties.sql",
                KeptProperty::of,
                names.before(),
                names.target(),
                names.staging()));
    all.addAll(publications(connection, names.target(), names.staging(), names.before()));
    return all;
  }

  /**
   * Returns the publications of tables whose names are taken.
   *
   * @param target the schema the publications name
   * @param incoming the schema whose tables come there
   * @param aside the schema in which the others are then
   */
  static List<KeptProperty> publications(
      Connection connection, String target, String incoming, String aside) throws SQLException {
    String sql = Catalogue.sql("kept-publications.sql");
    if (connection.getMetaData().getDatabaseMajorVersion() * 10_000 >= COLUMN_LISTS) {
      sql = sql.replace("/*columns*/''", COLUMNS).replace("/*rows*/''", ROWS);
    }
    return Catalogue.askSql(connection, sql, KeptProperty::of, aside, target, incoming);
  }

  private static KeptProperty of(ResultSet row) throws SQLException {
    List<String> sql = new ArrayList<>();
    for (String column : List.of("sql", "then")) {
      String statement = row.getString(column);
      if (statement != null) {
        sql.add(statement);
      }
    }
    return new KeptProperty(
        row.getString("name"),
        row.getString("what"),
        sql,
        row.getBoolean("must"),
        row.getString("why"));
  }

  /**
   * Gives them to the tables that are there now: all at once, or where that fails one by one.
   *
   * @return what could not be given
   * @throws TargetException if a table must not be there without one of them
   */
  static List<NotCarried> give(ImportSession session, String schema, List<KeptProperty> properties)
      throws SQLException {
    List<KeptProperty> possible = new ArrayList<>();
    List<NotCarried> lost = new ArrayList<>();
    for (KeptProperty property : properties) {
      if (property.sql.isEmpty()) {
        lost.add(property.lost(property.why));
      } else {
        possible.add(property);
      }
    }
    if (refusal(session, possible) != null) {
      for (KeptProperty property : possible) {
        SQLException refusal = refusal(session, List.of(property));
        if (refusal != null) {
          lost.add(property.refused(schema, refusal));
        }
      }
    }
    return lost;
  }

  /** Does all of it or nothing. What is not a refusal is thrown. */
  private static @Nullable SQLException refusal(
      ImportSession session, List<KeptProperty> properties) throws SQLException {
    List<String> statements = properties.stream().flatMap(p -> p.sql.stream()).toList();
    if (statements.isEmpty()) {
      return null;
    }
    Connection connection = session.connection();
    Savepoint before = connection.setSavepoint();
    try {
      session.runAll(statements);
      connection.releaseSavepoint(before);
      return null;
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      if (REFUSALS.stream().noneMatch(state::startsWith)) {
        throw e;
      }
      connection.rollback(before);
      connection.releaseSavepoint(before);
      return e;
    }
  }

  private NotCarried refused(String schema, SQLException refusal) {
    String reason = SqlFailures.translate(refusal, "Giving it to the new table").what();
    if (must) {
      throw new TargetException(
          schema,
          List.of(table),
          "Table "
              + table
              + " would be open to more than before: its "
              + what
              + " cannot be kept. "
              + reason,
          "Drop it if the new table needs none, or change it so that it holds for the new columns, and do it again.",
          refusal);
    }
    return lost(reason);
  }

  private NotCarried lost(String reason) {
    return new NotCarried(Kind.PROPERTY, table, what + ": " + reason);
  }
}
