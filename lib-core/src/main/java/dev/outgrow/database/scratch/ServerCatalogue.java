package dev.outgrow.database.scratch;

import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What has to be known of a PostgreSQL database and its user to make another one like it. */
final class ServerCatalogue {
  // Columns that a version does not have are null.
  private static final String DATABASE =
      """
      SELECT pg_catalog.pg_encoding_to_char(d.encoding) AS encoding, d.datcollate, d.datctype,
        pg_catalog.to_jsonb(d) ->> 'datlocprovider' AS provider,
        coalesce(pg_catalog.to_jsonb(d) ->> 'datlocale', pg_catalog.to_jsonb(d) ->> 'daticulocale')
          AS locale,
        pg_catalog.to_jsonb(d) ->> 'daticurules' AS rules,
        coalesce(pg_catalog.current_schema(), 'public') AS schema,
        current_user AS role, r.rolcreatedb OR r.rolsuper AS may
      FROM pg_catalog.pg_database d, pg_catalog.pg_roles r
      WHERE d.datname = pg_catalog.current_database() AND r.rolname = current_user
      """;

  private final String user;
  private final boolean mayCreateDatabases;
  private final String currentSchema;
  private final String locale;

  ServerCatalogue(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(DATABASE)) {
      row.next();
      this.user = row.getString("role");
      this.mayCreateDatabases = row.getBoolean("may");
      this.currentSchema = row.getString("schema");
      this.locale = locale(row);
    }
  }

  private static String locale(ResultSet row) throws SQLException {
    StringBuilder words = new StringBuilder();
    add(words, "ENCODING", row.getString("encoding"));
    add(words, "LC_COLLATE", row.getString("datcollate"));
    add(words, "LC_CTYPE", row.getString("datctype"));
    String provider = String.valueOf(row.getString("provider"));
    String of = row.getString("locale");
    String rules = row.getString("rules");
    if (provider.equals("i")) {
      words.append("LOCALE_PROVIDER icu ");
      add(words, "ICU_LOCALE", of);
      if (rules != null) {
        add(words, "ICU_RULES", rules);
      }
    } else if (provider.equals("b")) {
      words.append("LOCALE_PROVIDER builtin ");
      add(words, "BUILTIN_LOCALE", of);
    }
    return words.toString();
  }

  private static void add(StringBuilder words, String option, String value) {
    words.append(option).append(' ').append(Dialect.POSTGRESQL.literal(value)).append(' ');
  }

  String user() {
    return user;
  }

  boolean mayCreateDatabases() {
    return mayCreateDatabases;
  }

  /** Returns the schema that a table without one goes to. */
  String currentSchema() {
    return currentSchema;
  }

  /** Returns the encoding and locale in the words of {@code CREATE DATABASE}. */
  String locale() {
    return locale;
  }
}
