package dev.outgrow.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Database;
import dev.outgrow.error.OutgrowException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Seeds, files, databases that are only read, and two backends at once. */
class FixturesTest {
  @Nested
  @PostgresTest(chains = AppChains.class)
  @Seed("two-users.sql")
  class Seeded {
    @Test
    void aClassesSeedIsInEachDatabase(Database db) {
      assertThat(Users.names(db)).containsExactly("Ann; really", "Bob");
      Users.add(db, 9, "gone with the test");
    }

    @Test
    @Seed(by = Users.Carl.class)
    void aMethodsSeedIsInItsOwn(Database db) {
      assertThat(Users.names(db)).containsExactly("Ann; really", "Bob", "Carl");
    }

    @Nested
    @Seed(by = Users.Carl.class)
    class Within {
      @Test
      void seedsAddUp(Database db) {
        assertThat(Users.names(db)).containsExactly("Ann; really", "Bob", "Carl");
      }
    }
  }

  @Nested
  @EachBackend(chains = AppChains.class)
  @ReadOnly
  @Seed("/dev/outgrow/test/two-users.sql")
  class Reading {
    @Test
    void readsWhatIsShared(Database db) {
      assertThat(Users.names(db)).containsExactly("Ann; really", "Bob");
    }

    @Test
    void cannotWrite(Database db, Connection connection) {
      assertThatThrownBy(() -> Users.add(db, 3, "Carl")).isInstanceOf(OutgrowException.class);
      assertThatThrownBy(() -> Users.add(connection, 3, "Carl")).isInstanceOf(SQLException.class);
    }
  }

  @Nested
  @BothBackends(chains = AppChains.class)
  @Seed("two-users.sql")
  class Comparing {
    @Test
    void findsNoDifferenceWhereThereIsNone(BackendPair pair) {
      pair.assertSame("SELECT id, name, id * 2.50 AS more FROM users WHERE id < ? ORDER BY id", 3);
      pair.assertSameInAnyOrder("SELECT name FROM users");
    }

    @Test
    void showsTheRowsThatDiffer(BackendPair pair) {
      Users.add(pair.sqlite(), 3, "Carl");

      assertThatThrownBy(() -> pair.assertSame("SELECT id, name FROM users ORDER BY id"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("row 3: PostgreSQL no row, SQLite [3, 'Carl']");
    }

    @Test
    void showsWhatTheBackendsDoDifferently(BackendPair pair) {
      assertThatThrownBy(() -> pair.assertSame("SELECT 7 / 2.0 AS half, 'a' LIKE 'A' AS alike"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("row 1: PostgreSQL [3.5, 0], SQLite [3.5, 1]");
    }
  }

  @Nested
  class Files {
    @Test
    void aCopyIsAsItWasAndTheTestsOwn(@SqliteFile("two-users.sql") Path copy) throws Exception {
      try (InputStream original = getClass().getResourceAsStream("two-users.sql")) {
        assertThat(copy).hasFileName("two-users.sql").hasBinaryContent(original.readAllBytes());
      }
    }

    @Test
    void opensACopyAsADatabase(
        @SqliteFile("empty.db") Database db, @SqliteFile("empty.db") Path file) {
      db.inTransaction(
          tx -> Users.run(tx.connection(), "CREATE TABLE users (id INTEGER, name TEXT)"));
      Users.add(db, 1, "Ann");

      assertThat(db.url().file()).contains(file);
      assertThat(Users.names(db)).containsExactly("Ann");
    }

    @Test
    @PostgresTest(chains = AppChains.class)
    void standsBesideADatabase(Database postgres, @SqliteFile("empty.db") Path file) {
      assertThat(Users.names(postgres)).isEmpty();
      assertThat(file).exists();
    }
  }
}
