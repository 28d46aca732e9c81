package dev.outgrow.database;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A database that remembers its borrowers is the same otherwise. */
class RememberedSqliteTest extends TransactionContract {
  @TempDir private Path folder;

  @Override
  DatabaseUrl freshUrl() {
    return DatabaseUrl.sqlite(folder.resolve("app.db"));
  }

  @Override
  Database openContract(DatabaseUrl place) {
    return Database.open(DatabaseConfig.builder(place).rememberBorrowers(true).build());
  }

  @Override
  String sqlThatEndsTheTransaction() {
    return "ROLLBACK";
  }
}
