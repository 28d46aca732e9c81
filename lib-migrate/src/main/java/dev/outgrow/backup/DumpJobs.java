package dev.outgrow.backup;

import dev.outgrow.backup.BackupProgress.Phase;
import dev.outgrow.database.ClientLogin;
import dev.outgrow.database.Database;
import dev.outgrow.sql.Dialect;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Has {@code pg_restore} fill an empty database over several sessions, and compares what is there.
 */
@SuppressWarnings("try") // what is held or watched is not asked anything
final class DumpJobs {
  private final Database database;
  private final BackupOptions options;

  DumpJobs(Database database, BackupOptions options) {
    this.database = database;
    this.options = options;
  }

  void restore(Backup backup, Supervision supervision) throws SQLException, IOException {
    dropEmpty(backup.manifest().schemas());
    List<String> arguments =
        DumpScript.arguments(
            backup,
            options,
            "--exit-on-error",
            "--no-password",
            "--jobs=" + options.jobs(),
            "--dbname=" + quoted(database.url().database()));
    try (ClientLogin login = ClientLogin.of(database.url(), TempFiles.create("pgpass"));
        ToolRun run =
            ToolRun.start(
                DumpScript.tool(backup, options), login, TempFiles.create("log"), arguments);
        Supervision.Watched watched = supervision.watching(run::end)) {
      run.await(() -> supervision.tell(BackupProgress.at(Phase.LOAD)));
    }
    compare(backup, supervision);
  }

  /** The name of a database alone could be taken for a connection string. */
  private static String quoted(String name) {
    return "dbname='" + name.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** A scratch database has the schema that the other is in; the dump makes it. */
  private void dropEmpty(List<String> wanted) throws SQLException {
    try (Connection connection = database.ownConnection()) {
      for (String schema : PostgresCatalogue.schemas(connection)) {
        if (wanted.contains(schema) && !schema.equals("public")) {
          PostgresCatalogue.execute(connection, "DROP SCHEMA " + Dialect.POSTGRESQL.quote(schema));
        }
      }
    }
  }

  private void compare(Backup backup, Supervision supervision) throws SQLException {
    try (Connection connection = database.ownConnection()) {
      connection.setAutoCommit(false);
      PostgresContents.prepare(connection);
      Compared.require(
          backup, new PostgresContents(connection, supervision).read(backup.manifest().schemas()));
    }
  }
}
