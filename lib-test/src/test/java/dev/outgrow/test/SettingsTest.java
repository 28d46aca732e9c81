package dev.outgrow.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.ChainSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a whole run can be told, and what is refused in a sentence. */
class SettingsTest {
  /** Names no chains. */
  @SqliteTest
  static class Unnamed {
    @Test
    void users(Database db) {
      assertThat(Users.names(db)).isEmpty();
    }
  }

  /** Asks too early. */
  @SqliteTest
  static class TooEarly {
    @BeforeAll
    static void ask(Database db) {
      assertThat(db).as("what is asked for too early").isNull();
    }

    @Test
    void nothing() {}
  }

  /** Asks for one of two. */
  @BothBackends
  static class OneOfTwo {
    @Test
    void one(Database db) {
      throw new AssertionError("Given " + db);
    }
  }

  /** Fills what is not its own. */
  @SqliteTest(chains = AppChains.class)
  @ReadOnly
  static class SeedsOthers {
    @Test
    @Seed("two-users.sql")
    void fills(Database db) {
      throw new AssertionError("Given " + db);
    }
  }

  /** Says two things. */
  @SqliteTest
  static class Contradiction {
    @Test
    @PostgresTest
    @SqliteTest
    void both(Database db) {
      throw new AssertionError("Given " + db);
    }
  }

  /** Chains that cannot be made. */
  static final class BrokenChains implements ChainSource {
    BrokenChains() {
      throw new IllegalStateException("nothing to read");
    }

    @Override
    public List<Chain> chains() {
      return List.of();
    }
  }

  /** Names them. */
  @SqliteTest(chains = BrokenChains.class)
  static class NoChains {
    @Test
    void users(Database db) {
      throw new AssertionError("Given " + db);
    }
  }

  /** Its script is not there. */
  @SqliteTest(chains = AppChains.class)
  @Seed("nowhere.sql")
  static class NoScript {
    @Test
    void fills(Database db) {
      throw new AssertionError("Given " + db);
    }
  }

  @Test
  void takesTheChainsOfTheRunWhereNoneAreNamed() {
    Map<String, String> named = Map.of("outgrow.test.chains", AppChains.class.getName());

    assertThat(Launched.run(named, Unnamed.class).of("users").passed()).isTrue();
    assertThat(Launched.run(Unnamed.class).message("users")).contains("no such table: users");
  }

  @Test
  void refusesChainsThatAreNone() {
    Map<String, String> named = Map.of("outgrow.test.chains", "com.example.Nowhere");

    assertThat(Launched.run(named, Unnamed.class).message("users"))
        .contains("outgrow.test.chains", "com.example.Nowhere");
  }

  @Test
  void refusesChainsThatCannotBeMadeWithTheirReason() {
    Throwable failure = Launched.run(NoChains.class).of("users").failure();

    assertThat(failure)
        .hasCauseInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(BrokenChains.class.getName(), "a constructor without parameters")
        .hasRootCauseMessage("nothing to read");
  }

  @Test
  void refusesInASentence() {
    assertThat(Launched.run(TooEarly.class).message("SettingsTest")).contains("Lifetime.CLASS");
    assertThat(Launched.run(OneOfTwo.class).message("one")).contains("a BackendPair");
    assertThat(Launched.run(SeedsOthers.class).message("fills")).contains("@Seed");
    assertThat(Launched.run(Contradiction.class).message("both")).contains("one of @PostgresTest");
    assertThat(Launched.run(NoScript.class).message("fills")).contains("nowhere.sql");
  }

  @Nested
  @SqliteTest(lifetime = Lifetime.CLASS)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class Statics {
    @SuppressWarnings("NullAway.Init")
    @Scratch
    private static Database shared;

    @Test
    void aStaticFieldIsTheClasses(Database db) {
      assertThat(db).isSameAs(shared);
    }
  }
}
