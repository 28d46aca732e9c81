package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.database.scratch.SharedServer;
import dev.outgrow.error.ConstraintException;
import dev.outgrow.error.ConstraintException.Kind;
import dev.outgrow.error.DataException;
import dev.outgrow.error.DataException.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedServer.class)
class PostgresViolationTest extends ViolationContract {
  private final ScratchServer server;

  PostgresViolationTest(ScratchServer server) {
    this.server = server;
  }

  @Override
  DatabaseUrl freshUrl() {
    return server.createDatabase();
  }

  @AfterEach
  void dropTheDatabase() {
    server.dropDatabase(database().url());
  }

  @Override
  void assertImmediateForeignKey(ConstraintException broken) {
    assertThat(broken.table()).isEqualTo("child");
    assertThat(broken.columns()).containsExactly("a", "b");
    assertThat(broken.constraint()).isEqualTo("fk");
  }

  @Override
  void createStrictTable() {
    run("CREATE TABLE strict (n integer)");
  }

  @Override
  String malformed() {
    return "INSERT INTO strict SELECT s::integer FROM (VALUES ('four')) v (s)";
  }

  @ParameterizedTest
  @CsvSource({
    "TOO_LONG, INSERT INTO v (s) VALUES ('four')",
    "OUT_OF_RANGE, INSERT INTO v (n) VALUES (99999999)",
    "OUT_OF_RANGE, INSERT INTO v (m) VALUES (1000)",
    "OUT_OF_RANGE, INSERT INTO v (d) VALUES ('2024-02-30')",
    "MALFORMED, INSERT INTO v (d) VALUES ('tomorrow-ish')",
    "MALFORMED, INSERT INTO v (n) VALUES ('x')",
  })
  void tellsWhatIsWrongWithAValue(Problem problem, String sql) {
    run("CREATE TABLE v (s varchar(3), n smallint, m numeric(3, 1), d date)");

    assertThat(failure(sql))
        .isInstanceOfSatisfying(
            DataException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    assertStillWorks();
  }

  @Test
  void namesAnExclusion() {
    run("CREATE TABLE booking (at int4range, CONSTRAINT free EXCLUDE USING gist (at WITH &&))");
    run("INSERT INTO booking VALUES ('[1,5]')");

    ConstraintException broken = refusal("INSERT INTO booking VALUES ('[3,4]')");

    assertThat(broken.kind()).isEqualTo(Kind.EXCLUSION);
    assertThat(broken.columns()).containsExactly("at");
    assertThat(broken.constraint()).isEqualTo("free");
  }

  @Test
  void namesTheSchemaToo() {
    run("CREATE SCHEMA \"s.p\"");
    run("CREATE TABLE \"s.p\".t (a integer CONSTRAINT k PRIMARY KEY, b text) ");
    run("CREATE TABLE t (b integer, a text, CONSTRAINT k PRIMARY KEY (b, a))");
    run("INSERT INTO \"s.p\".t VALUES (1)");

    ConstraintException broken = refusal("INSERT INTO \"s.p\".t VALUES (1)");

    assertThat(broken.schema()).isEqualTo("s.p");
    assertThat(broken.columns()).containsExactly("a");
  }

  @Test
  void leavesOutTheColumnsThatAUniqueIndexOnlyCarries() {
    run("CREATE TABLE t (a integer, b integer)");
    run("CREATE UNIQUE INDEX i ON t (a) INCLUDE (b)");
    run("INSERT INTO t VALUES (1, 2)");

    assertThat(refusal("INSERT INTO t VALUES (1, 3)").columns()).containsExactly("a");
  }

  @Test
  void doesNotReadTheServersWords() {
    run("CREATE TABLE t (a integer CONSTRAINT k PRIMARY KEY)");
    run(
        "CREATE FUNCTION lie() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " RAISE EXCEPTION 'null value in column \"a\"' USING ERRCODE = '23505',"
            + " TABLE = 't', SCHEMA = 'public', CONSTRAINT = 'k'; END $$");
    run("CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION lie()");

    ConstraintException broken = refusal("INSERT INTO t VALUES (1)");

    assertThat(broken.kind()).isEqualTo(Kind.UNIQUE);
    assertThat(broken.columns()).containsExactly("a");
  }
}
