package dev.outgrow.backup;

import dev.outgrow.backup.BackupProgress.Phase;
import dev.outgrow.migration.statement.Statement;
import dev.outgrow.migration.statement.Statements;
import dev.outgrow.sql.Dialect;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A dump as the SQL that {@code pg_restore} makes of it, in its three sections. {@code psql}, for
 * which that is meant, would also run commands of its own in it, {@code \!} among them; here
 * nothing but SQL and COPY's rows reach the server.
 */
@SuppressWarnings("try") // what is held or watched is not asked anything
final class DumpScript implements RestoreScript {
  private static final Dialect SQL = Dialect.POSTGRESQL;

  private final Backup backup;
  private final BackupOptions options;

  DumpScript(Backup backup, BackupOptions options) {
    this.backup = backup;
    this.options = options;
  }

  @Override
  public void run(Connection connection, Set<String> made, Supervision supervision)
      throws SQLException, IOException {
    PostgresTool tool = tool(backup, options);
    section(tool, "pre-data", supervision, out -> statements(connection, out, made, supervision));
    section(tool, "data", supervision, out -> new DumpRows(connection, out, supervision).run());
    section(tool, "post-data", supervision, out -> statements(connection, out, made, supervision));
  }

  /** Returns a {@code pg_restore} that reads what this {@code pg_dump} has written. */
  static PostgresTool tool(Backup backup, BackupOptions options) {
    int major = PostgresTool.majorOf(backup.manifest().tool());
    return PostgresTool.find("pg_restore", major, options.tools());
  }

  /** Reads what a section says. */
  private interface Reading {
    void read(InputStream output) throws SQLException, IOException;
  }

  /** Returns what {@code pg_restore} is told, whatever it does with it. */
  static List<String> arguments(Backup backup, BackupOptions options, String... others) {
    List<String> arguments = new ArrayList<>(List.of("--no-owner", "--no-tablespaces"));
    if (!options.privileges()) {
      arguments.add("--no-privileges");
    }
    arguments.addAll(List.of(others));
    arguments.add(backup.file().toString());
    return arguments;
  }

  private void section(PostgresTool tool, String section, Supervision supervision, Reading reading)
      throws SQLException, IOException {
    List<String> arguments = arguments(backup, options, "--section=" + section, "--file=-");
    Path errors = TempFiles.create("log");
    try (ToolRun run = ToolRun.start(tool, errors, arguments);
        Supervision.Watched watched = supervision.watching(run::end)) {
      reading.read(new BufferedInputStream(run.output(), 1 << 16));
      run.await(supervision::check);
    }
  }

  private static void statements(
      Connection connection, InputStream output, Set<String> made, Supervision supervision)
      throws SQLException, IOException {
    String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
    // The newer programs frame what they write by commands for psql.
    String sql = text.replaceAll("(?m)^\\\\(?:un)?restrict [A-Za-z0-9]*$", "");
    for (Statement statement : Statements.of(sql, SQL)) {
      supervision.tell(BackupProgress.at(Phase.LOAD));
      if (!isOurs(statement) && !makes(statement.text(), made)) {
        PostgresCatalogue.execute(connection, statement.text());
      }
    }
  }

  /** Time limits are this library's, and one that the server is too old for would end it all. */
  static boolean isOurs(Statement statement) {
    return statement.text().matches("SET [a-z_]+_timeout = 0");
  }

  static boolean makes(String statement, Set<String> made) {
    return made.stream()
        .anyMatch(
            schema ->
                statement.equals("CREATE SCHEMA " + schema)
                    || statement.equals("CREATE SCHEMA " + SQL.quote(schema)));
  }
}
