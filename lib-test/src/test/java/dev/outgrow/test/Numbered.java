package dev.outgrow.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.scratch.ScratchDatabase;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.ChainSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that would notice each other, for forks. */
@PostgresTest(chains = AppChains.class)
final class Numbered {
  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
  private static final long FORK = ProcessHandle.current().pid();

  static IntStream numbers() {
    return IntStream.range(0, Integer.getInteger("numbered.count", 1));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void seesOnlyItself(int number, Database db, ScratchDatabase scratch) {
    Users.add(db, 1, FORK + "/" + number);

    assertThat(SEEN.add(scratch.name())).as("a database of its own").isTrue();
    assertThat(Users.names(db)).containsExactly(FORK + "/" + number);
  }

  /** One that waits to be killed. */
  @PostgresTest(chains = AppChains.class)
  static final class Waiting {
    @Test
    void forEver(Database db) throws InterruptedException {
      Users.add(db, 1, "Ann");
      System.out.println("waiting");
      Thread.currentThread().join();
    }
  }

  /** One of a module that is still busy with its own. */
  @PostgresTest(chains = AppChains.class)
  static final class OfOneModule {
    @Test
    void isUndisturbedUntilItsInputEnds(Database db, ScratchDatabase scratch) throws IOException {
      Users.add(db, 1, "Ann");
      System.out.println("at port " + scratch.url().hosts().get(0).port());
      while (System.in.read() >= 0) {
        // Only the end counts.
      }
      assertThat(Users.names(db)).containsExactly("Ann");
    }
  }

  /** One of a module beside it, with chains of its own. */
  @PostgresTest(chains = OtherChains.class)
  static final class OfAnotherModule {
    @Test
    void hasItsOwnTables(Connection connection, ScratchDatabase scratch) throws SQLException {
      System.out.println("at port " + scratch.url().hosts().get(0).port());
      try (ResultSet tables = connection.getMetaData().getTables(null, "public", "%", null)) {
        List<String> names = new ArrayList<>();
        while (tables.next()) {
          if (tables.getString("TABLE_TYPE").equals("TABLE")) {
            names.add(tables.getString("TABLE_NAME"));
          }
        }
        assertThat(names).contains(OtherChains.HISTORY, "users").hasSize(3);
      }
    }
  }

  /** The same scripts under another name. */
  static final class OtherChains implements ChainSource {
    static final String HISTORY = "history_of_another";

    @Override
    public List<Chain> chains() {
      return List.of(
          Chain.named("another")
              .location("db/app")
              .historyTable(HISTORY)
              .owns("users", "plays")
              .build());
    }
  }
}
