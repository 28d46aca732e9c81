package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.error.ConstraintException;
import dev.outgrow.error.ConstraintException.Kind;
import dev.outgrow.error.DataException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteViolationTest extends ViolationContract {
  private final Path folder;

  SqliteViolationTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Override
  DatabaseUrl freshUrl() {
    return DatabaseUrl.sqlite(folder.resolve("violations.db"));
  }

  @Override
  void assertImmediateForeignKey(ConstraintException broken) {
    assertThat(broken.table()).isNull();
    assertThat(broken.columns()).isEmpty();
    assertThat(broken.constraint()).isNull();
  }

  @Override
  void createStrictTable() {
    run("CREATE TABLE strict (n INTEGER) STRICT");
  }

  @Override
  String malformed() {
    return "INSERT INTO strict VALUES ('four')";
  }

  @Test
  void namesTheRowidWhereNoColumnStandsForIt() {
    run("CREATE TABLE t (a TEXT)");
    run("INSERT INTO t (rowid, a) VALUES (1, 'x')");

    ConstraintException broken = refusal("INSERT INTO t (rowid, a) VALUES (1, 'y')");

    assertThat(broken.table()).isEqualTo("t");
    assertThat(broken.columns()).containsExactly("rowid");
  }

  @Test
  void namesTheKeyOfATableWithoutRowid() {
    run("CREATE TABLE t (a TEXT, b TEXT, CONSTRAINT pk PRIMARY KEY (b, a)) WITHOUT ROWID");
    run("INSERT INTO t VALUES ('x', 'y')");

    ConstraintException broken = refusal("INSERT INTO t VALUES ('x', 'y')");

    assertThat(broken.columns()).containsExactly("b", "a");
    assertThat(broken.constraint()).isEqualTo("pk");
    assertThat(refusal("INSERT INTO t VALUES (NULL, 'y')").kind()).isEqualTo(Kind.NOT_NULL);
  }

  @Test
  void guessesNothingWhereTwoRulesSoundTheSame() {
    run("CREATE TABLE \"t.u\" (\"v\" TEXT NOT NULL)");
    run("CREATE TABLE \"t\" (\"u.v\" TEXT NOT NULL)");

    ConstraintException broken = refusal("INSERT INTO \"t.u\" VALUES (NULL)");

    assertThat(broken.kind()).isEqualTo(Kind.NOT_NULL);
    assertThat(broken.table()).isNull();
    assertThat(broken.columns()).isEmpty();
  }

  @Test
  void namesTheTableOfACheckWithoutAName() {
    run("CREATE TABLE t (a INTEGER CHECK (a > 0))");

    ConstraintException broken = refusal("INSERT INTO t VALUES (0)");

    assertThat(broken.table()).isEqualTo("t");
    assertThat(broken.constraint()).isNull();
  }

  @Test
  void namesNoForeignKeyWhereOrphansOfAnotherWereThereBefore() throws Exception {
    run("CREATE TABLE p (id INTEGER PRIMARY KEY)");
    run("CREATE TABLE old (p INTEGER REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
    run("CREATE TABLE young (p INTEGER REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
    try (Connection connection = database().connection();
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA foreign_keys = OFF");
      statement.execute("INSERT INTO old VALUES (9)");
      statement.execute("PRAGMA foreign_keys = ON");
    }

    ConstraintException broken = refusal("INSERT INTO young VALUES (8)");

    assertThat(broken.kind()).isEqualTo(Kind.FOREIGN_KEY);
    assertThat(broken.table()).isNull();
    assertStillWorks();
  }

  @Test
  void knowsWhatATriggerRefuses() {
    run("CREATE TABLE t (a INTEGER)");
    run(
        "CREATE TRIGGER g BEFORE INSERT ON t BEGIN"
            + " SELECT raise(ABORT, 'UNIQUE constraint failed: t.a'); END");

    ConstraintException broken = refusal("INSERT INTO t VALUES (1)");

    assertThat(broken.kind()).isEqualTo(Kind.OTHER);
    assertThat(broken.table()).isNull();
  }

  @Test
  void tellsATextBeyondSqlitesOwnLimit() {
    DataException thrown =
        catchThrowableOfType(DataException.class, () -> run("SELECT zeroblob(2000000000)"));

    assertThat(thrown.problem()).isEqualTo(DataException.Problem.TOO_LONG);
  }

  @Test
  void namesTheKeyOfAConnectionLentWithoutATransaction() throws Exception {
    run("CREATE TABLE t (a INTEGER, CONSTRAINT k UNIQUE (a))");
    try (Connection connection = database().connection();
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO t VALUES (1)");
      SQLException failure =
          catchThrowableOfType(
              SQLException.class, () -> statement.execute("INSERT INTO t VALUES (1)"));

      assertThat(SqlFailures.translate(failure, "Writing"))
          .isInstanceOfSatisfying(
              ConstraintException.class, e -> assertThat(e.columns()).containsExactly("a"));
      assertThat(SqlFailures.translate(failure, "Writing", connection))
          .isInstanceOfSatisfying(
              ConstraintException.class, e -> assertThat(e.constraint()).isEqualTo("k"));
    }
  }
}
