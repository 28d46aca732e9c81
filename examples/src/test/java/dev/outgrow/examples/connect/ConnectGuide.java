package dev.outgrow.examples.connect;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseChoice;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The code that the guide shows, block by block. */
final class ConnectGuide {
  private ConnectGuide() {}

  // begin open
  static String open(String url) {
    try (Database db = Database.open(url)) {
      return db.describe();
    }
  }

  // end open

  // begin choose
  static Database choose(@Nullable String fromTheCommandLine) {
    DatabaseChoice choice =
        DatabaseChoice.forApplication("media-history").url(fromTheCommandLine).choose();
    Database db = Database.open(DatabaseConfig.builder(choice).build());
    System.out.println(db.describe());
    return db;
  }

  // end choose

  // begin wait
  static Database whenReady(DatabaseChoice choice) {
    DatabaseConfig config = DatabaseConfig.builder(choice).applicationName("media-history").build();
    return Database.awaitReady(config, Duration.ofMinutes(2));
  }

  // end wait

  // begin options
  static DatabaseConfig options(DatabaseUrl url) {
    return DatabaseConfig.builder(url)
        .maximumPoolSize(20)
        .leakDetection(Duration.ofMinutes(1))
        .statementTimeout(Duration.ofSeconds(30))
        .lockTimeout(Duration.ofSeconds(5))
        .idleInTransactionTimeout(Duration.ofMinutes(5))
        .build();
  }

  // end options

  // begin handed-in
  static void record(DataSource springs, String title) {
    try (Database db = Database.on(springs)) {
      db.inTransaction(tx -> insert(tx.connection(), title));
    } // the DataSource stays open: it is not ours
  }

  // end handed-in

  private static void insert(Connection connection, String title) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO titles VALUES (?)")) {
      insert.setString(1, title);
      insert.executeUpdate();
    }
  }
}
