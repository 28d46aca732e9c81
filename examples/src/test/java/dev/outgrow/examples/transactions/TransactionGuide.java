package dev.outgrow.examples.transactions;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.Isolation;
import dev.outgrow.database.Retry;
import dev.outgrow.database.Transaction;
import dev.outgrow.database.TransactionOptions;
import dev.outgrow.error.ConstraintException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** The code that the guide shows, block by block. */
final class TransactionGuide {
  private TransactionGuide() {}

  // begin begin
  static long addAndCount(Database db, String title) {
    db.inTransaction(tx -> insert(tx, title));
    return db.read(tx -> count(tx));
  }

  // end begin

  // begin nested
  static boolean addOnce(Database db, String title) {
    return db.transaction(
        tx -> {
          try {
            tx.inNested(part -> insert(part, title));
            return true;
          } catch (ConstraintException taken) {
            return false; // undone is only the nested part; the transaction goes on
          }
        });
  }

  // end nested

  // begin options
  private static final TransactionOptions EXACT =
      TransactionOptions.builder()
          .isolation(Isolation.SERIALIZABLE)
          .retry(Retry.of(20, Duration.ofSeconds(10)))
          .statementTimeout(Duration.ofSeconds(5))
          .lockTimeout(Duration.ofSeconds(2))
          .build();

  static void addIfFew(Database db, String title, int most) {
    db.inTransaction(
        EXACT,
        tx -> {
          if (count(tx) < most) {
            insert(tx, title);
          }
        });
  }

  // end options

  // begin errors
  static String explain(ConstraintException broken) {
    return switch (broken.kind()) {
      case UNIQUE -> "There is one already: " + String.join(", ", broken.columns());
      case NOT_NULL -> "Missing: " + String.join(", ", broken.columns());
      case FOREIGN_KEY, CHECK, EXCLUSION, OTHER -> "Not allowed: " + broken.constraint();
    };
  }

  // end errors

  // begin replica
  static Database open(DatabaseUrl primary, DatabaseUrl replica) {
    return Database.open(DatabaseConfig.builder(primary).replica(replica).build());
  }

  // end replica

  private static void insert(Transaction tx, String title) throws SQLException {
    try (PreparedStatement insert =
        tx.connection().prepareStatement("INSERT INTO movie (title) VALUES (?)")) {
      insert.setString(1, title);
      insert.executeUpdate();
    }
  }

  private static long count(Transaction tx) throws SQLException {
    try (PreparedStatement count = tx.connection().prepareStatement("SELECT count(*) FROM movie");
        ResultSet answer = count.executeQuery()) {
      answer.next();
      return answer.getLong(1);
    }
  }
}
