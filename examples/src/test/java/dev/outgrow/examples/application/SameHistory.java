package dev.outgrow.examples.application;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.examples.media.FirstLogin;
import dev.outgrow.examples.media.MediaChains;
import dev.outgrow.examples.media.MediaHistory;
import dev.outgrow.migration.MigrateTo;
import dev.outgrow.sql.Dialect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One history on both backends, migrated to the end; carried over by plain JDBC. */
public final class SameHistory implements AutoCloseable {
  private static final List<String> TABLES =
      List.of("users", "libraries", "items", "sessions", "stream_details", "Settings");

  private final ScratchServer server = ScratchServer.start();
  private final Map<Backend, Place> places;

  /** A database, and who may log in there. */
  public record Place(DatabaseConfig config, FirstLogin first) {
    /** Opens it. */
    public Database open() {
      return Database.open(config);
    }
  }

  private SameHistory(Path folder, int sessions) {
    Path file = folder.resolve("history.db");
    MediaHistory.write(file, sessions);
    DatabaseConfig sqlite = config(DatabaseUrl.sqlite(file));
    DatabaseConfig postgres = config(server.createDatabase());
    places =
        Map.of(
            Backend.SQLITE, new Place(sqlite, adopted(sqlite)),
            Backend.POSTGRESQL, new Place(postgres, carried(sqlite, postgres)));
  }

  /** Makes it in a folder. */
  public static SameHistory in(Path folder, int sessions) {
    return new SameHistory(folder, sessions);
  }

  /** Returns the one on a backend. */
  public Place on(Backend backend) {
    return Objects.requireNonNull(places.get(backend));
  }

  private static DatabaseConfig config(DatabaseUrl url) {
    return DatabaseConfig.builder(url).minimumPoolSize(1).build();
  }

  private static FirstLogin adopted(DatabaseConfig config) {
    AtomicReference<@Nullable FirstLogin> first = new AtomicReference<>();
    try (Database database = Database.open(config)) {
      var migrations = MediaChains.of(database, first::set);
      migrations.adopt("core", "4");
      migrations.adopt("notifications", "2");
      migrations.migrate();
    }
    return login(first);
  }

  private static FirstLogin carried(DatabaseConfig from, DatabaseConfig to) {
    AtomicReference<@Nullable FirstLogin> first = new AtomicReference<>();
    try (Database sqlite = Database.open(from);
        Database postgres = Database.open(to)) {
      var migrations = MediaChains.of(postgres, first::set);
      migrations.migrate("core", MigrateTo.version("5"));
      postgres.inTransaction(
          there -> {
            execute(there.connection(), "SET LOCAL session_replication_role = replica");
            sqlite.read(
                here -> {
                  for (String table : TABLES) {
                    copy(here.connection(), there.connection(), table);
                  }
                  return true;
                });
          });
      migrations.migrate();
    }
    return login(first);
  }

  private static FirstLogin login(AtomicReference<@Nullable FirstLogin> first) {
    FirstLogin login = first.get();
    if (login == null) {
      throw new IllegalStateException("No administrator was made");
    }
    return login;
  }

  private static void copy(Connection from, Connection to, String table) throws SQLException {
    String name = Dialect.POSTGRESQL.quote(table);
    try (Statement statement = from.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + name)) {
      int columns = rows.getMetaData().getColumnCount();
      String marks = String.join(", ", Collections.nCopies(columns, "?"));
      try (PreparedStatement insert =
          to.prepareStatement("INSERT INTO " + name + " VALUES (" + marks + ")")) {
        while (rows.next()) {
          for (int i = 1; i <= columns; i++) {
            insert.setObject(i, value(rows, i, rows.getMetaData().getColumnName(i)));
          }
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  }

  private static @Nullable Object value(ResultSet row, int i, String column) throws SQLException {
    return switch (column) {
      case "is_admin" -> row.getInt(i) == 1;
      case "bitrate" -> row.getString(i);
      default -> row.getObject(i);
    };
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
