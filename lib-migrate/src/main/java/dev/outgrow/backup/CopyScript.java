package dev.outgrow.backup;

import dev.outgrow.backup.BackupProgress.Phase;
import dev.outgrow.migration.statement.Statement;
import dev.outgrow.migration.statement.Statements;
import dev.outgrow.sql.Dialect;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A built-in copy as something that can be run. Its statements are in an order in which most of
 * them can be; one that names what is not there yet is tried again when the others have run.
 */
final class CopyScript implements RestoreScript {
  // Undefined table, function, object, column, schema.
  private static final Set<String> NOT_YET = Set.of("42P01", "42883", "42704", "42703", "3F000");

  private final Backup backup;
  private final BackupOptions options;

  CopyScript(Backup backup, BackupOptions options) {
    this.backup = backup;
    this.options = options;
  }

  @Override
  public void run(Connection connection, Set<String> made, Supervision supervision)
      throws SQLException, IOException {
    PostgresCatalogue.execute(connection, "SET LOCAL check_function_bodies = off");
    try (ZipFile zip = new ZipFile(backup.file().toFile(), StandardCharsets.UTF_8)) {
      statements(connection, statements(zip, "before.sql", made), supervision);
      for (int number = 1; zip.getEntry("rows/" + number + ".sql") != null; number++) {
        rows(connection, zip, "rows/" + number, supervision);
      }
      statements(connection, statements(zip, "after.sql", made), supervision);
      if (options.privileges()) {
        statements(connection, statements(zip, "rights.sql", made), supervision);
      }
    }
  }

  private static List<String> statements(ZipFile zip, String name, Set<String> made)
      throws IOException {
    String text = new String(entry(zip, name).readAllBytes(), StandardCharsets.UTF_8);
    return Statements.of(text, Dialect.POSTGRESQL).stream()
        .map(Statement::text)
        .filter(statement -> !DumpScript.makes(statement, made))
        .toList();
  }

  private static InputStream entry(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new EOFException("it has no " + name);
    }
    return zip.getInputStream(entry);
  }

  private static void statements(
      Connection connection, List<String> statements, Supervision supervision) throws SQLException {
    List<String> left = statements;
    while (!left.isEmpty()) {
      List<String> again = new ArrayList<>();
      SQLException why = null;
      for (String statement : left) {
        supervision.check();
        SQLException notYet = tried(connection, statement);
        if (notYet != null) {
          why = notYet;
          again.add(statement);
        }
      }
      if (why != null && again.size() == left.size()) {
        throw why;
      }
      left = again;
    }
  }

  private static @Nullable SQLException tried(Connection connection, String statement)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      PostgresCatalogue.execute(connection, statement);
      connection.releaseSavepoint(before);
      return null;
    } catch (SQLException failure) {
      if (connection.isClosed() || !NOT_YET.contains(String.valueOf(failure.getSQLState()))) {
        throw failure;
      }
      connection.rollback(before);
      return failure;
    }
  }

  private static void rows(
      Connection connection, ZipFile zip, String entry, Supervision supervision)
      throws SQLException, IOException {
    String copy =
        new String(entry(zip, entry + ".sql").readAllBytes(), StandardCharsets.UTF_8).strip();
    String sql = copy.substring(0, copy.length() - 1); // its semicolon
    String table = sql.replaceFirst("^COPY ", "").replaceFirst(" \\(.*", "");
    supervision.tell(new BackupProgress(Phase.LOAD, table, 0, 0));
    try (InputStream rows = entry(zip, entry + ".copy")) {
      long loaded = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, rows, 1 << 16);
      supervision.tell(new BackupProgress(Phase.LOAD, table, loaded, 0));
    }
  }
}
