package dev.outgrow.migration;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.TransactionOptions;
import dev.outgrow.error.StatementException;
import dev.outgrow.migration.script.Version;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tables' names and all histories in one query. Where a history is not there yet that
 * query fails, as no SQL can name a table that may be missing; then the names are asked for first.
 */
final class HistoryReader {
  private static final int CATALOGUE = -1;
  private static final String HISTORY = "history";

  private static final String COLUMNS =
      "'installed_rank', 'version', 'description', 'type', 'script', 'checksum', 'installed_by',"
          + " 'installed_on', 'execution_time', 'success'";

  // Tables of extensions (spatial_ref_sys) are not the application's, partitions are their table's.
  private static final String POSTGRES_TABLES =
      """
      SELECT -1 AS source, 0 AS rank, NULL AS version, c.relname::text AS description, NULL AS type,
        CASE WHEN (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped
          AND a.attname IN (%s)) = 10 THEN 'history' END AS script,
        NULL::integer AS checksum, NULL AS installed_on, 0 AS millis, true AS success
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
          AND d.objid = c.oid AND d.deptype = 'e')
      """
          .formatted(COLUMNS);

  private static final String SQLITE_TABLES =
      """
      SELECT -1 AS source, 0 AS rank, NULL AS version, m.name AS description, NULL AS type,
        CASE WHEN (SELECT count(*) FROM pragma_table_info(m.name) WHERE name IN (%s)) = 10
          THEN 'history' END AS script,
        NULL AS checksum, NULL AS installed_on, 0 AS millis, 1 AS success
      FROM sqlite_master m WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%%' ESCAPE '\\'
      """
          .formatted(COLUMNS);

  private final Database database;
  private final boolean postgres;
  private final Dialect dialect;

  HistoryReader(Database database) {
    this.database = database;
    this.postgres = database.backend() == Backend.POSTGRESQL;
    this.dialect = postgres ? Dialect.POSTGRESQL : Dialect.SQLITE;
  }

  Snapshot read(List<String> historyTables) {
    try {
      return run(historyTables);
    } catch (StatementException oneIsMissing) {
      Set<String> there = run(List.of()).tables();
      return run(historyTables.stream().filter(there::contains).toList());
    }
  }

  private Snapshot run(List<String> historyTables) {
    String sql = sql(historyTables);
    return database.transaction(
        TransactionOptions.reading(), tx -> read(tx.connection(), sql, historyTables));
  }

  private String sql(List<String> historyTables) {
    StringBuilder sql = new StringBuilder(postgres ? POSTGRES_TABLES : SQLITE_TABLES);
    String installedOn = postgres ? "installed_on::text" : "installed_on";
    for (int i = 0; i < historyTables.size(); i++) {
      sql.append("UNION ALL SELECT ").append(i);
      sql.append(", installed_rank, version, description, type, script, checksum, ");
      sql.append(installedOn).append(", execution_time, success FROM ");
      sql.append(dialect.quote(historyTables.get(i))).append('\n');
    }
    return sql.toString();
  }

  private static Snapshot read(Connection connection, String sql, List<String> historyTables)
      throws SQLException {
    Set<String> tables = new TreeSet<>();
    Set<String> shaped = new TreeSet<>();
    Map<String, List<HistoryRow>> histories = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        int source = rows.getInt("source");
        if (source == CATALOGUE) {
          tables.add(rows.getString("description"));
          if (HISTORY.equals(rows.getString("script"))) {
            shaped.add(rows.getString("description"));
          }
        } else {
          histories
              .computeIfAbsent(historyTables.get(source), t -> new ArrayList<>())
              .add(row(rows));
        }
      }
    }
    return complete(tables, shaped, histories, historyTables);
  }

  /** A table of that name in another schema of the search path is none of the chain's. */
  private static Snapshot complete(
      Set<String> tables,
      Set<String> shaped,
      Map<String, List<HistoryRow>> histories,
      List<String> historyTables) {
    histories.keySet().retainAll(tables);
    historyTables.stream()
        .filter(tables::contains)
        .forEach(table -> histories.putIfAbsent(table, new ArrayList<>()));
    histories.values().forEach(rows -> rows.sort(Comparator.comparingInt(HistoryRow::rank)));
    return new Snapshot(tables, shaped, histories);
  }

  private static HistoryRow row(ResultSet rows) throws SQLException {
    int checksum = rows.getInt("checksum");
    Integer known = rows.wasNull() ? null : checksum;
    return new HistoryRow(
        rows.getInt("rank"),
        version(rows.getString("version")),
        rows.getString("description"),
        rows.getString("type"),
        rows.getString("script"),
        known,
        rows.getString("installed_on"),
        rows.getInt("millis"),
        rows.getBoolean("success"));
  }

  private static @Nullable Version version(@Nullable String text) {
    return text == null ? null : Version.parse(text).orElse(null);
  }
}
