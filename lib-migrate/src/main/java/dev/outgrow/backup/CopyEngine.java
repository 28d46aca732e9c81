package dev.outgrow.backup;

import dev.outgrow.backup.BackupProgress.Phase;
import dev.outgrow.database.Database;
import dev.outgrow.error.StatementException;
import dev.outgrow.sql.Dialect;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/**
 * The built-in copy of a PostgreSQL database, without any of its programs: a zip of {@code
 * before.sql}, for each table {@code rows/N.sql} with a COPY and {@code rows/N.copy} with what that
 * takes, {@code rights.sql} and {@code after.sql}. All of it is of one snapshot.
 */
@SuppressWarnings("try") // what is held or watched is not asked anything
final class CopyEngine extends PostgresEngine {
  private static final int SHOWN = 5;

  CopyEngine(Database database, BackupOptions options) {
    super(database, options);
  }

  @Override
  public BackupFormat format() {
    return BackupFormat.COPY;
  }

  @Override
  public Written write(Path file, BackupFolder folder, Supervision supervision)
      throws SQLException, IOException {
    try (PostgresSnapshot snapshot = PostgresSnapshot.open(database, options);
        OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      zip.setLevel(Deflater.BEST_SPEED);
      requireCarried(snapshot.connection());
      text(zip, "before.sql", statements(snapshot.connection(), CatalogueSql.BEFORE));
      rows(zip, snapshot.connection(), supervision);
      List<String> after = statements(snapshot.connection(), CatalogueSql.AFTER);
      after.addAll(sequences(snapshot.connection()));
      text(zip, "after.sql", after);
      text(zip, "rights.sql", statements(snapshot.connection(), List.of(CatalogueSql.GRANTS)));
      return snapshot.read("built-in copy", supervision);
    }
  }

  /** What cannot be made again must not be left out in silence. */
  private void requireCarried(Connection connection) throws SQLException {
    List<String> left = PostgresCatalogue.texts(connection, CatalogueSql.NOT_CARRIED);
    if (!left.isEmpty()) {
      throw new StatementException(
          "The built-in copy of "
              + database.url()
              + " would leave out "
              + String.join(", ", left.subList(0, Math.min(SHOWN, left.size())))
              + (left.size() > SHOWN ? " and " + (left.size() - SHOWN) + " more" : "")
              + ".",
          "Back it up with pg_dump (package postgresql-client-"
              + PostgresCatalogue.major(connection)
              + ").",
          null,
          null);
    }
  }

  private static List<String> statements(Connection connection, List<String> questions)
      throws SQLException {
    List<String> statements = new ArrayList<>();
    for (String question : questions) {
      statements.addAll(PostgresCatalogue.texts(connection, question));
    }
    return statements;
  }

  private static List<String> sequences(Connection connection) throws SQLException {
    List<String> statements = new ArrayList<>();
    for (String name : PostgresCatalogue.texts(connection, CatalogueSql.SEQUENCES)) {
      statements.addAll(
          PostgresCatalogue.texts(
              connection,
              "SELECT format('SELECT pg_catalog.setval(%L, %s, %L)', "
                  + Dialect.POSTGRESQL.literal(name)
                  + ", last_value, is_called) FROM "
                  + name));
    }
    return statements;
  }

  private static void rows(ZipOutputStream zip, Connection connection, Supervision supervision)
      throws SQLException, IOException {
    int number = 0;
    for (String schema : PostgresCatalogue.schemas(connection)) {
      for (String table : PostgresCatalogue.tables(connection, schema)) {
        String name = Dialect.POSTGRESQL.quote(schema) + "." + Dialect.POSTGRESQL.quote(table);
        List<String> columns =
            PostgresCatalogue.texts(
                connection, CatalogueSql.COLUMNS.formatted(Dialect.POSTGRESQL.literal(name)));
        if (columns.isEmpty()) {
          continue; // every column is computed
        }
        String copy = "COPY " + name + " (" + String.join(", ", columns) + ")";
        String entry = "rows/" + ++number;
        text(zip, entry + ".sql", List.of(copy + " FROM STDIN"));
        zip.putNextEntry(new ZipEntry(entry + ".copy"));
        copy(zip, connection, copy + " TO STDOUT", schema + "." + table, supervision);
        zip.closeEntry();
      }
    }
  }

  private static void copy(
      OutputStream to, Connection connection, String sql, String table, Supervision supervision)
      throws SQLException, IOException {
    CopyManager manager = connection.unwrap(PGConnection.class).getCopyAPI();
    CopyOut copy = manager.copyOut(sql);
    try (Supervision.Watched watched =
        supervision.watching(() -> connection.abort(Runnable::run))) {
      long rows = 0;
      long bytes = 0;
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        to.write(row);
        rows++;
        bytes += row.length;
        if (rows % 10_000 == 0) {
          supervision.tell(new BackupProgress(Phase.WRITE, table, rows, bytes));
        }
      }
      supervision.tell(new BackupProgress(Phase.WRITE, table, rows, bytes));
    }
  }

  private static void text(ZipOutputStream zip, String name, List<String> statements)
      throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    for (String statement : statements) {
      zip.write((statement.stripTrailing() + ";\n").getBytes(StandardCharsets.UTF_8));
    }
    zip.closeEntry();
  }

  @Override
  public Optional<String> rehearse(Backup backup, Supervision supervision)
      throws SQLException, IOException {
    return rehearseInOneTransaction(backup, supervision);
  }

  @Override
  RestoreScript script(Backup backup) {
    return new CopyScript(backup, options);
  }
}
