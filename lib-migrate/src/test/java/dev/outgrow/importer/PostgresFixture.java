package dev.outgrow.importer;

import dev.outgrow.database.Database;
import dev.outgrow.importer.fixture.SharedServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Gives each test an empty PostgreSQL database of its own, on the server of this run. */
abstract class PostgresFixture {
  protected Database database;

  @BeforeEach
  void createDatabase() {
    database = SharedServer.create();
  }

  @AfterEach
  void dropDatabase() {
    SharedServer.drop(database);
  }

  /** Returns the file that lets another process in. */
  protected static Path passwordFile() {
    return SharedServer.passwordFile();
  }

  /** Returns the rows of a query as text, columns separated by a bar. */
  protected List<String> query(String sql) throws SQLException {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          cells.add(String.valueOf(rows.getString(i)));
        }
        found.add(String.join("|", cells));
      }
      return found;
    }
  }

  protected void execute(String... statements) throws SQLException {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Returns the names of all schemas that are neither PostgreSQL's own nor the journal's. */
  protected List<String> schemas() throws SQLException {
    return query(
        "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_'"
            + " AND nspname NOT IN ('information_schema', 'outgrow') ORDER BY 1");
  }
}
