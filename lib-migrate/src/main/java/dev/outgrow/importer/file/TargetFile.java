package dev.outgrow.importer.file;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.database.setup.ChangeLock;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.SourceFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A SQLite file that is written to in one transaction: what is not committed when it is closed, or
 * when the process ends, has never been there. Others can read it meanwhile; who wants to write
 * waits. It holds the lock of those who change the schema. <em>Not thread-safe.</em> Any thread may
 * {@link #interrupt()} it.
 *
 * @since 0.1
 */
public final class TargetFile implements AutoCloseable {
  private final Path file;
  private final Database database;
  private final @Nullable ChangeLock lock;
  private final SQLiteConnection connection;
  private boolean begun;

  private TargetFile(
      Path file, Database database, @Nullable ChangeLock lock, SQLiteConnection connection) {
    this.file = file;
    this.database = database;
    this.lock = lock;
    this.connection = connection;
  }

  /**
   * Takes hold of the file of a database, beside its pool.
   *
   * @throws ConfigurationException if the database is in no file
   * @throws dev.outgrow.error.UnavailableException if another import or a migration changes it
   */
  public static TargetFile open(Database database) {
    Path file = fileOf(database);
    ChangeLock lock = ChangeLock.take(database, Duration.ZERO);
    try {
      return new TargetFile(file, database, lock, connect(database));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Looks at the file of a database as it is at one moment; nothing can be written.
   *
   * @throws ConfigurationException if the database is in no file
   */
  public static TargetFile look(Database database) {
    TargetFile target = new TargetFile(fileOf(database), database, null, connect(database));
    try (Statement statement = target.connection.createStatement()) {
      statement.execute("PRAGMA query_only = ON");
      statement.execute("BEGIN");
      return target;
    } catch (SQLException e) {
      OutgrowException failure = SqlFailures.translate(e, "Opening " + database.url());
      closeAfter(failure, target.connection);
      throw failure;
    }
  }

  private static Path fileOf(Database database) {
    return database
        .url()
        .file()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "target", database.url().toString(), "a database that is kept in a file"));
  }

  private static SQLiteConnection connect(Database database) {
    Connection opened = database.ownConnection();
    try (Statement statement = opened.createStatement()) {
      statement.execute("PRAGMA foreign_keys = OFF");
      // Functions in a hostile schema must not do anything.
      statement.execute("PRAGMA trusted_schema = OFF");
      return opened.unwrap(SQLiteConnection.class);
    } catch (SQLException e) {
      OutgrowException failure = SqlFailures.translate(e, "Opening " + database.url());
      closeAfter(failure, opened);
      throw failure;
    }
  }

  private static void closeAfter(OutgrowException failure, Connection connection) {
    try {
      connection.close();
    } catch (SQLException second) {
      failure.addSuppressed(second);
    }
  }

  /** Returns the file. */
  public Path file() {
    return file;
  }

  /**
   * Refuses a source that is this very file, by whatever name.
   *
   * @throws ConfigurationException if it is
   */
  public void refuseSource(Path source) {
    try {
      if (Files.exists(source) && Files.isSameFile(source, file)) {
        throw new ConfigurationException(
            "target", database.url().toString(), "another file than the source " + source);
      }
    } catch (IOException e) {
      throw new SourceFileException(
          source, source + " cannot be looked at: " + e.getMessage() + ".", "Check its disk.", e);
    }
  }

  /** Returns the connection that writes, to read what is there by now. */
  public Connection reading() {
    return connection;
  }

  /**
   * Begins the transaction, for which another program that writes is waited for.
   *
   * @param patience how long an attempt waits
   * @param retries how many more attempts there are
   * @param stopped whether to stop waiting
   */
  public void begin(Duration patience, int retries, BooleanSupplier stopped) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = " + patience.toMillis());
      for (int attempt = 0; !begun; attempt++) {
        begun = begins(statement, attempt >= retries || stopped.getAsBoolean());
      }
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Taking the write lock of " + database.url());
    }
  }

  private static boolean begins(Statement statement, boolean last) throws SQLException {
    try {
      statement.execute("BEGIN IMMEDIATE");
      return true;
    } catch (SQLiteException e) {
      if (last || !e.getResultCode().name().startsWith(SQLiteErrorCode.SQLITE_BUSY.name())) {
        throw e;
      }
      return false;
    }
  }

  /** Returns what is in it by now. */
  public FileSchema schema() {
    return FileSchema.read(connection);
  }

  /** Copies what was committed, while nobody else can write, to where the copy says. */
  public void keepFormer(FormerFile copy) {
    try (Connection beside = database.ownConnection()) {
      copy.write(beside);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Copying " + database.url());
    }
  }

  /** Returns what makes and fills tables in it. */
  public FileBuilder builder() {
    return new FileBuilder(connection);
  }

  /** Returns what SQLite finds wrong with it, or "ok". */
  public String integrity() {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA main.integrity_check(5)")) {
      StringBuilder found = new StringBuilder();
      while (row.next()) {
        found.append(found.isEmpty() ? "" : "; ").append(row.getString(1));
      }
      return found.toString();
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Checking " + database.url());
    }
  }

  /** Commits: from now on it is what it was made to be. */
  public void commit() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("COMMIT");
      begun = false;
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Committing to " + database.url());
    }
  }

  /** Ends a statement that runs, on another thread. */
  public void interrupt() {
    try {
      connection.getDatabase().interrupt();
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Interrupting " + database.url());
    }
  }

  /** Takes back what was not committed. */
  @Override
  public void close() {
    try (lock) {
      connection.close(); // which rolls back
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Closing " + database.url());
    }
  }
}
