package dev.outgrow.backup;

import dev.outgrow.database.Database;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.Migrations;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The chains that a database has the history of, and their versions. */
final class ChainVersions {
  private ChainVersions() {}

  /** Returns the history tables: those of the chains that are named, and those of others. */
  static Set<String> histories(Database database, BackupOptions options) {
    Migrations named =
        options.chainsOf().map(chains -> chains.apply(database)).orElse(Migrations.of(database));
    Set<String> histories = new TreeSet<>(named.check().orphanChains());
    named.chains().stream().map(Chain::historyTable).forEach(histories::add);
    return histories;
  }

  /**
   * Reads their versions over a connection whose current schema, or whose file, they are in.
   *
   * @param there which tables are there
   */
  static List<BackupChain> read(
      Connection connection, Dialect dialect, Set<String> histories, Set<String> there)
      throws SQLException {
    List<BackupChain> chains = new ArrayList<>();
    for (String history : histories) {
      if (there.contains(history)) {
        chains.add(new BackupChain(history, version(connection, dialect.quote(history))));
      }
    }
    return chains;
  }

  private static String version(Connection connection, String history) throws SQLException {
    // What was taken back has a row of type DELETE behind it.
    String sql =
        "SELECT version FROM "
            + history
            + " h WHERE success AND version IS NOT NULL AND type <> 'DELETE' AND NOT EXISTS"
            + " (SELECT 1 FROM "
            + history
            + " d WHERE d.type = 'DELETE' AND d.version = h.version"
            + " AND d.installed_rank > h.installed_rank) ORDER BY installed_rank DESC";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }
}
