package dev.outgrow.migration.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows that a new constraint would not accept are counted, and some are shown. */
class PreflightTest {
  @TempDir private Path folder;

  private static List<Offenders> offenders(SampleDatabase db, String... scripts) {
    Preflight found = db.review(scripts);
    assertThat(found.unanswered()).isEmpty();
    return found.offenders();
  }

  @Test
  void orphansAreCountedBeforeAForeignKeyIsAdded() throws SQLException {
    try (SampleDatabase db = new SampleDatabase(Backend.POSTGRESQL, folder)) {
      String add = "ALTER TABLE plays ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users";
      Offenders orphans = offenders(db, "SELECT 1", "\n\n" + add).get(0);
      assertThat(orphans.count()).isEqualTo(3);
      assertThat(orphans.examples())
          .containsExactly(List.of("920"), List.of("940"), List.of("960"));
      assertThat(orphans.fails()).isFalse(); // SELECT 1 might have been a function that mends them
      assertThat(orphans.text())
          .isEqualTo(
              "V2__s.sql, line 3, of chain core: 3 rows of \"public\".\"plays\" refer to no row of"
                  + " \"public\".\"users\", for example those with user_id 920, 940, 960.");
      assertThat(offenders(db, add).get(0).fails()).isTrue();
      assertThat(offenders(db, add + " NOT VALID").get(0).fails()).isFalse();
      assertThat(offenders(db, add + " NOT VALID", "ALTER TABLE plays VALIDATE CONSTRAINT f"))
          .extracting(Offenders::fails)
          .containsExactly(false, true);
      assertThat(offenders(db, "DELETE FROM plays WHERE user_id > 900", add).get(0).fails())
          .isFalse();
      assertThat(offenders(db, "ALTER TABLE plays ADD FOREIGN KEY (id) REFERENCES other (id)"))
          .isEmpty();
      db.database().execute(add + " NOT VALID");
      assertThat(offenders(db, "ALTER TABLE plays VALIDATE CONSTRAINT f").get(0).count())
          .isEqualTo(3);
    }
  }

  @Test
  void keysNullsChecksAndDefaultsAreCountedToo() throws SQLException {
    try (SampleDatabase db = new SampleDatabase(Backend.POSTGRESQL, folder)) {
      assertThat(offenders(db, "ALTER TABLE plays ADD UNIQUE (title)").get(0).text())
          .contains(
              "10 rows of",
              "have the same title, for example those with title t1, t2, t3, t4, t5.");
      assertThat(offenders(db, "ALTER TABLE users ADD UNIQUE (id, name)")).isEmpty();
      assertThat(offenders(db, "CREATE UNIQUE INDEX i ON users (lower(name) DESC) WHERE id < 3"))
          .isEmpty();
      assertThat(
              offenders(db, "CREATE UNIQUE INDEX CONCURRENTLY i ON users (lower(name) DESC)")
                  .get(0)
                  .count())
          .isEqualTo(2);
      assertThat(offenders(db, "ALTER TABLE plays ALTER body SET NOT NULL").get(0).text())
          .contains(
              "2 rows of \"public\".\"plays\" have no value for body, for example those with id 1, 2.");
      assertThat(offenders(db, "ALTER TABLE plays ADD CHECK (id < 59 -- hm\n)").get(0).examples())
          .containsExactly(List.of("59"), List.of("60"));
      assertThat(offenders(db, "ALTER TABLE plays ADD CHECK (body = 'b')"))
          .isEmpty(); // NULL passes
      assertThat(
              offenders(
                      db,
                      "ALTER TABLE plays ADD owner int NOT NULL DEFAULT 77 REFERENCES users (id)")
                  .get(0)
                  .text())
          .contains("60 rows", "would refer to no row of \"public\".\"users\"", "the default 77");
      assertThat(offenders(db, "ALTER TABLE plays ADD owner int DEFAULT 1 REFERENCES users (id)"))
          .isEmpty();
      for (String sql :
          List.of(
              "ALTER TABLE plays ADD UNIQUE (title)",
              "ALTER TABLE plays ALTER body SET NOT NULL",
              "ALTER TABLE plays ADD owner int NOT NULL DEFAULT 77 REFERENCES users (id)")) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> db.database().execute(sql))
            .isInstanceOf(SQLException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void duplicatesAreCountedOnBothBackends(Backend backend) throws SQLException {
    try (SampleDatabase db = new SampleDatabase(backend, folder)) {
      Offenders twice = offenders(db, "CREATE UNIQUE INDEX ix ON users (name)").get(0);
      assertThat(twice.count()).isEqualTo(2);
      assertThat(twice.examples()).containsExactly(List.of("anna"));
      assertThat(twice.fails()).isTrue();
      assertThat(
              offenders(
                  db,
                  "CREATE TABLE fresh (name TEXT); INSERT INTO fresh VALUES ('a'), ('a');"
                      + " CREATE UNIQUE INDEX ix ON fresh (name)"))
          .isEmpty();
    }
  }

  @Test
  void orphansAreCountedWhereATableOfSqliteIsMadeAnewWithReferences() throws SQLException {
    try (SampleDatabase db = new SampleDatabase(Backend.SQLITE, folder)) {
      String end =
          " INSERT INTO plays_new SELECT id, user_id FROM plays; DROP TABLE plays;"
              + " ALTER TABLE plays_new RENAME TO plays;";
      String column =
          "CREATE TABLE plays_new (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id));";
      String table =
          "CREATE TABLE plays_new (id INTEGER, user_id INTEGER, CONSTRAINT f FOREIGN KEY (user_id)"
              + " REFERENCES Users);";
      for (String made : List.of(column, table)) {
        Offenders orphans = offenders(db, made + end).get(0);
        assertThat(orphans.count()).isEqualTo(3);
        assertThat(orphans.examples())
            .containsExactly(List.of("920"), List.of("940"), List.of("960"));
        assertThat(orphans.fails()).isFalse();
      }
      assertThat(
              offenders(db, column.replace("users", "bare").replace("user_id I", "new_id I") + end))
          .isEmpty();
    }
  }

  @Test
  void anIndexThatIsThereAlreadyIsNotMade() throws SQLException {
    try (SampleDatabase db = new SampleDatabase(Backend.POSTGRESQL, folder)) {
      Preflight found =
          db.review("CREATE UNIQUE INDEX IF NOT EXISTS ix_plays_title ON plays (title)");
      assertThat(found.isClean()).isTrue();
      assertThat(db.review("ALTER TABLE plays ADD CHECK (id < 0) NOT ENFORCED").isSureToFail())
          .isFalse();
    }
  }

  @Test
  void whatCannotBeAskedIsNamedAndNoOffender() throws SQLException {
    try (SampleDatabase db = new SampleDatabase(Backend.POSTGRESQL, folder)) {
      Preflight found =
          db.review("ALTER TABLE users ADD mail text; ALTER TABLE users ADD CHECK (mail <> '')");
      assertThat(found.offenders()).isEmpty();
      assertThat(found.unanswered()).hasSize(1);
      assertThat(found.text()).contains("Not looked at", "mail");
      assertThat(found.isSureToFail()).isFalse();
    }
  }

  @Test
  void lookingWritesNothingWhateverAConditionCalls() throws SQLException {
    try (SampleDatabase db = new SampleDatabase(Backend.POSTGRESQL, folder)) {
      db.database()
          .execute(
              "CREATE FUNCTION wipe() RETURNS boolean LANGUAGE sql AS"
                  + " 'DELETE FROM users RETURNING true'");
      Preflight found = db.review("ALTER TABLE plays ADD CHECK (wipe())");
      assertThat(found.unanswered()).isNotEmpty();
      assertThat(db.database().query("SELECT count(*) FROM users")).containsExactly("3");
    }
  }

  @Property(tries = 60, seed = "20261121")
  void anyTextIsLookedAt(@ForAll("scripts") List<String> scripts) throws SQLException {
    assertThat(Shared.DATABASE.review(scripts.toArray(new String[0]))).isNotNull();
  }

  @net.jqwik.api.lifecycle.AfterContainer
  static void close() {
    Shared.DATABASE.close();
  }

  /** Made once, for the property. */
  private static final class Shared {
    private static final SampleDatabase DATABASE = make();

    private static SampleDatabase make() {
      try {
        return new SampleDatabase(Backend.POSTGRESQL, Path.of("."));
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Provide
  Arbitrary<List<String>> scripts() {
    return Arbitraries.of(
            "ALTER TABLE plays",
            " ADD ",
            " COLUMN ",
            " CONSTRAINT ",
            " title ",
            " x ",
            "(",
            ")",
            " CHECK ",
            " UNIQUE ",
            " FOREIGN KEY ",
            " REFERENCES users ",
            " NOT NULL ",
            " DEFAULT ",
            " TYPE ",
            " ALTER ",
            " SET ",
            ",",
            ";",
            " CREATE INDEX ",
            " ON plays ",
            " USING ",
            " DROP ",
            " RENAME ",
            " TO ",
            " VALIDATE CONSTRAINT ",
            "'",
            "\"",
            "DROP TABLE ",
            " UPDATE plays SET ",
            " VACUUM FULL ",
            "\u0000",
            "-- outgrow: allow ",
            "\n",
            " GENERATED ",
            " AS ",
            " PARTITION ",
            " ATTACH ",
            " DETACH ")
        .list()
        .ofMaxSize(14)
        .map(parts -> String.join("", parts))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }
}
