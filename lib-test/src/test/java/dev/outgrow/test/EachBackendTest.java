package dev.outgrow.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A method or a whole class runs once on each backend. */
class EachBackendTest {
  /** Methods that take turns. */
  static class Methods {
    @EachBackend(chains = AppChains.class)
    void runsOnBoth(Database db) {
      Users.add(db, 1, "on " + db.backend());

      assertThat(Users.names(db)).containsExactly("on " + db.backend());
    }
  }

  /** A class that takes turns. */
  @EachBackend(chains = AppChains.class)
  @Seed("two-users.sql")
  static class Whole {
    @SuppressWarnings("NullAway.Init")
    @Scratch
    private Database field;

    @BeforeEach
    void add(Database db) {
      Users.add(db, 10, db.backend().name());
    }

    private void check(Database db) {
      assertThat(db).isSameAs(field);
      assertThat(Users.names(db)).containsExactly("Ann; really", "Bob", db.backend().name());
    }

    @Test
    void plain(Database db) {
      check(db);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void parameterized(int number, Database db) {
      check(db);
      Users.add(db, 20 + number, "more");
    }

    @RepeatedTest(2)
    void repeated(Database db) {
      check(db);
    }

    @TestFactory
    Stream<DynamicTest> dynamic(Database db) {
      return Stream.of(DynamicTest.dynamicTest("dynamic", () -> check(db)));
    }

    @Nested
    class Within {
      @Test
      void nested(Database db) {
        check(db);
      }
    }
  }

  /** Two kinds of templates on one method. */
  static class Twofold {
    @EachBackend
    @ParameterizedTest
    @ValueSource(ints = 1)
    void both(int number, Database db) {
      throw new AssertionError(number + " on " + db);
    }
  }

  @Test
  void runsAMethodOnBoth() {
    Launched run = Launched.run(Methods.class);

    assertThat(run.outcomes()).allMatch(Launched.Outcome::passed);
    assertThat(run.outcomes().stream().map(Launched.Outcome::name))
        .containsExactlyInAnyOrder(Backend.POSTGRESQL.title(), Backend.SQLITE.title());
  }

  @Test
  void runsAllKindsOfTestsOfAClassOnBoth() {
    Launched run = Launched.run(Whole.class);

    assertThat(run.outcomes()).allMatch(Launched.Outcome::passed);
    // Twice 1 plain, 2 parameterized, 2 repeated, 1 dynamic, 1 nested.
    assertThat(run.outcomes().stream().filter(Launched.Outcome::test)).hasSize(14);
  }

  @Test
  void refusesAMethodThatIsAnotherTemplate() {
    List<Launched.Outcome> outcomes = Launched.run(Twofold.class).outcomes();

    assertThat(outcomes).isNotEmpty().noneMatch(Launched.Outcome::passed);
    assertThat(outcomes.toString()).contains("its class: a method can be one template only");
  }
}
