package dev.outgrow.backup;

import dev.outgrow.backup.BackupProgress.Phase;
import dev.outgrow.sql.Dialect;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of a PostgreSQL database with the sum of their rows' hashes, which the server computes
 * from what it writes a row as. So nothing is sent, and memory here does not depend on a row's
 * size.
 */
@SuppressWarnings("try") // what is held or watched is not asked anything
final class PostgresContents {
  // What a row is written as must not depend on the database or the user.
  private static final List<String> SETTINGS =
      List.of(
          "search_path = ''",
          "TimeZone = 'UTC'",
          "DateStyle = 'ISO, YMD'",
          "IntervalStyle = 'postgres'",
          "extra_float_digits = 1",
          "bytea_output = 'hex'",
          "lc_monetary = 'C'",
          "row_security = off",
          "statement_timeout = 0",
          "idle_in_transaction_session_timeout = 0");

  private static final String HALF =
      "coalesce(sum(('x' || substr(h, %d, 16))::bit(64)::bigint::numeric), 0)";
  private static final String SUMS =
      "SELECT count(*), "
          + HALF.formatted(1)
          + ", "
          + HALF.formatted(17)
          // Without the limit the planner would compute each hash twice.
          + " FROM (SELECT encode(sha256(convert_to(ROW(t.*)::text, 'UTF8')), 'hex') AS h FROM %s AS t OFFSET 0) AS x";

  private final Connection connection;
  private final Supervision supervision;

  PostgresContents(Connection connection, Supervision supervision) {
    this.connection = connection;
    this.supervision = supervision;
  }

  /** Prepares the transaction in which tables are read. */
  static void prepare(Connection connection) throws SQLException {
    for (String setting : SETTINGS) {
      PostgresCatalogue.execute(connection, "SET LOCAL " + setting);
    }
  }

  List<BackupTable> read(List<String> schemas) throws SQLException {
    List<BackupTable> tables = new ArrayList<>();
    for (String schema : schemas) {
      for (String name : PostgresCatalogue.tables(connection, schema)) {
        tables.add(table(schema, name));
      }
    }
    if (!LargeObjects.of(connection).isEmpty()) {
      tables.add(sums(LargeObjects.SCHEMA, LargeObjects.NAME, LargeObjects.ROWS));
    }
    return tables;
  }

  private BackupTable table(String schema, String name) throws SQLException {
    String quoted = Dialect.POSTGRESQL.quote(schema) + "." + Dialect.POSTGRESQL.quote(name);
    return sums(schema, name, "ONLY " + quoted);
  }

  private BackupTable sums(String schema, String name, String rows) throws SQLException {
    supervision.tell(new BackupProgress(Phase.COUNT, schema + "." + name, 0, 0));
    try (Statement statement = connection.createStatement();
        Supervision.Watched watched = supervision.watching(statement::cancel);
        ResultSet sums = statement.executeQuery(SUMS.formatted(rows))) {
      sums.next();
      String checksum = RowSum.hex(whole(sums.getBigDecimal(2)), whole(sums.getBigDecimal(3)));
      return new BackupTable(schema, name, sums.getLong(1), checksum);
    }
  }

  private static BigInteger whole(BigDecimal sum) {
    return sum.toBigIntegerExact();
  }
}
