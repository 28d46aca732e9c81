package dev.outgrow.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.scratch.ScratchDatabase;
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
}
