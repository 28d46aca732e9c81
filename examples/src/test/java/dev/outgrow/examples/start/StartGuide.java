package dev.outgrow.examples.start;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseChoice;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.Migrations;
import dev.outgrow.migration.StartPolicy;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;

/** The code that the guide shows, block by block. */
final class StartGuide {
  private StartGuide() {}

  // begin open
  static Database open(DatabaseChoice choice) {
    DatabaseConfig config = DatabaseConfig.builder(choice).applicationName("notes").build();
    Database db = Database.awaitReady(config, Duration.ofMinutes(1));
    Chain core = Chain.named("core").location("db/notes").owns("notes").build();
    Migrations.of(db).chain(core).start(StartPolicy.MIGRATE);
    return db;
  }

  // end open

  // begin write
  static void add(Database db, String title, String body) {
    db.inTransaction(
        tx -> {
          String sql = "INSERT INTO notes (title, body) VALUES (?, ?)";
          try (PreparedStatement insert = tx.connection().prepareStatement(sql)) {
            insert.setString(1, title);
            insert.setString(2, body);
            insert.executeUpdate();
          }
        });
  }

  static long count(Database db) {
    return db.read(
        tx -> {
          try (PreparedStatement query =
                  tx.connection().prepareStatement("SELECT count(*) FROM notes");
              ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  // end write

  // begin move
  static ImportReport move(Path sqliteFile, Database postgres) {
    return SqliteImport.from(sqliteFile).into(postgres).intoExisting(true).run();
  }
  // end move
}
