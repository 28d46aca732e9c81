package dev.outgrow.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.scratch.ScratchDatabase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever form a test asks for, it is its own migrated database. */
@InjectionTest.AppTest
class InjectionTest {
  /** An annotation of an application. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @PostgresTest(chains = AppChains.class)
  @interface AppTest {}

  @SuppressWarnings("NullAway.Init")
  @Scratch
  private Database field;

  private final Database ofConstructor;

  InjectionTest(Database ofConstructor) {
    this.ofConstructor = ofConstructor;
  }

  @BeforeEach
  void addAUserBeforeEachTest(Database db) {
    Users.add(db, 1, "Ann");
  }

  @AfterEach
  void findsTheUserAfterEachTest(Connection connection) throws SQLException {
    assertThat(Users.names(connection)).startsWith("Ann");
  }

  @Test
  void givesEveryFormOfOneDatabase(
      Database db, DataSource source, Connection connection, DSLContext jooq, ScratchDatabase it)
      throws SQLException {
    assertThat(db).isSameAs(field).isSameAs(ofConstructor).isSameAs(it.database());
    assertThat(db.backend()).isEqualTo(Backend.POSTGRESQL);
    jooq.execute("insert into users values (2, 'Bob')");
    try (Connection borrowed = source.getConnection()) {
      assertThat(Users.names(borrowed)).containsExactly("Ann", "Bob");
    }
    assertThat(Users.names(connection)).containsExactly("Ann", "Bob");
  }

  @RepeatedTest(3)
  void isFreshEachTime(Database db) {
    Users.add(db, 2, "Bob");

    assertThat(Users.names(db)).containsExactly("Ann", "Bob");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bob", "Carl"})
  void goesWithArgumentsOfATest(String name, Database db) {
    Users.add(db, 2, name);

    assertThat(Users.names(db)).containsExactly("Ann", name);
  }

  @TestFactory
  Stream<DynamicTest> dynamicTestsShareTheOneOfTheirFactory(Database db) {
    return IntStream.range(2, 5)
        .mapToObj(
            id ->
                DynamicTest.dynamicTest(
                    "user " + id,
                    () -> {
                      Users.add(db, id, "user " + id);
                      assertThat(Users.names(db)).hasSize(id);
                    }));
  }

  @Test
  @SqliteTest
  void aMethodsAnnotationGoesBeforeItsClasses(Database db) {
    assertThat(db.backend()).isEqualTo(Backend.SQLITE);
    assertThat(Users.names(db)).containsExactly("Ann");
  }

  @Nested
  class Within {
    @SuppressWarnings("NullAway.Init")
    @Scratch
    private Connection inner;

    @Test
    void aNestedClassSharesTheDatabaseOfTheTest(Database db) throws SQLException {
      assertThat(db).isSameAs(field);
      Users.add(inner, 2, "Bob");

      assertThat(Users.names(field)).containsExactly("Ann", "Bob");
    }
  }

  @Nested
  @PostgresTest(lifetime = Lifetime.CLASS)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class ForAClass {
    private final List<Database> seen = new ArrayList<>();

    ForAClass(Database db) {
      seen.add(db);
    }

    @BeforeAll
    void addsForAll(Database db) {
      seen.add(db);
      Users.add(db, 7, "Greta");
      // What the class around adds before each test is there once.
      Users.add(db, 100, "Zoe");
    }

    @BeforeEach
    void takesAwayWhatIsAddedBeforeEach(Connection connection) throws SQLException {
      Users.run(connection, "DELETE FROM users WHERE id = 8");
    }

    @Test
    void sharesOneAmongItsTests(Database db) {
      seen.add(db);

      assertThat(seen).allMatch(seen.get(0)::equals);
      assertThat(Users.names(db)).contains("Greta", "Zoe");
    }
  }
}
