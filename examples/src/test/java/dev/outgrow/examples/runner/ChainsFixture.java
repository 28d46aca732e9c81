package dev.outgrow.examples.runner;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands about migrations, with the database named in the environment. */
abstract class ChainsFixture extends RunnerFixture {
  @TempDir private Path folder;

  Path folder() {
    return folder;
  }

  /** Returns the URL of this test's database on a backend. */
  String databaseUrl(Backend backend) {
    return backend == Backend.POSTGRESQL ? target() : "sqlite:///" + folder.resolve("media.db");
  }

  Outcome on(Backend backend, String... arguments) {
    return runWith(Map.of("DATABASE_URL", databaseUrl(backend)), arguments);
  }

  void sql(Backend backend, String... statements) {
    try (Database database = Database.open(databaseUrl(backend))) {
      database.transaction(
          tx -> {
            try (Statement statement = tx.connection().createStatement()) {
              for (String sql : statements) {
                statement.execute(sql);
              }
            }
            return true;
          });
    }
  }

  /** Returns every value of a query as text, row for row. */
  List<String> query(Backend backend, String sql) {
    try (Database database = Database.open(databaseUrl(backend))) {
      return database.read(
          tx -> {
            List<String> values = new ArrayList<>();
            try (Statement statement = tx.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
              while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                  values.add(String.valueOf(rows.getString(i)));
                }
              }
            }
            return values;
          });
    }
  }
}
