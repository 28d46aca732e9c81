package dev.outgrow.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outgrow.database.Database;
import dev.outgrow.test.EachBackend;
import dev.outgrow.test.PostgresTest;
import dev.outgrow.test.Scratch;
import dev.outgrow.test.Seed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@PostgresTest(chains = ProbeChains.class)
class ProbeTest {
  @Scratch private DataSource field;

  @Test
  void aParameterIsTheTestsOwnDatabase(Database db) {
    assertTrue(ProbeTest.class.getModule().isNamed());
    assertTrue(Database.class.getModule().isNamed());
    assertEquals(0, db.<Integer>read(tx -> notes(tx.connection())));
  }

  @Test
  @Seed("one-note.sql")
  void aSeedLiesBesideTheTest(Connection connection) throws SQLException {
    assertEquals(1, notes(connection));
  }

  @Test
  void aFieldIsInjected() throws SQLException {
    try (Connection connection = field.getConnection()) {
      assertEquals(0, notes(connection));
    }
  }

  @EachBackend(chains = ProbeChains.class)
  void bothBackendsAreThere(Database db) {
    assertEquals(0, db.<Integer>read(tx -> notes(tx.connection())));
  }

  private static int notes(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM notes")) {
      row.next();
      return row.getInt(1);
    }
  }
}
