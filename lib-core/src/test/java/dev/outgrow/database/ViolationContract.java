package dev.outgrow.database;

import static dev.outgrow.database.DatabaseContract.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.error.ConstraintException;
import dev.outgrow.error.ConstraintException.Kind;
import dev.outgrow.error.DataException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.sql.Dialect;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real violations of every kind, the same on both backends, under names that try to mislead. */
abstract class ViolationContract {
  private Database database;

  abstract DatabaseUrl freshUrl() throws Exception;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(freshUrl());
  }

  @AfterEach
  void close() {
    database.close();
  }

  Database database() {
    return database;
  }

  /** A table, two columns and a constraint, unquoted. */
  record Names(String table, String one, String other, String constraint) {
    String q(String name) {
      return Dialect.SQLITE.quote(name);
    }

    String t() {
      return q(table);
    }
  }

  static List<Names> names() {
    return List.of(
        new Names("t", "a", "b", "c"),
        new Names("a.b", "c.d", "e", "f.g"),
        new Names("a", "b, a.c", "c", "d, e"),
        new Names("it's", "o'clock", "two o'clock", "isn't"),
        new Names("say \"x\"", "\"y\"", "z\"", "\"named\""),
        new Names("constraint failed: t", "UNIQUE constraint failed: t", "x", "CHECK"),
        new Names(" blank ", " ", "  ", "   "),
        new Names("Tablo İ", "Größe", "ı", "ключ"),
        new Names("index 'i'", "index", "select", "table"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void namesAUniqueKeyOfTwoColumns(Names n) {
    run(
        "CREATE TABLE %s (%s INTEGER, %s INTEGER, CONSTRAINT %s UNIQUE (%s, %s))"
            .formatted(
                n.t(), n.q(n.one), n.q(n.other), n.q(n.constraint), n.q(n.one), n.q(n.other)));
    run("INSERT INTO " + n.t() + " VALUES (1, 2)");

    assertBroken(
        Kind.UNIQUE,
        n,
        List.of(n.one, n.other),
        n.constraint,
        "INSERT INTO " + n.t() + " VALUES (1, 2)");
  }

  @ParameterizedTest
  @MethodSource("names")
  void namesAPrimaryKey(Names n) {
    run(
        "CREATE TABLE %s (%s INTEGER, %s INTEGER, CONSTRAINT %s PRIMARY KEY (%s))"
            .formatted(n.t(), n.q(n.one), n.q(n.other), n.q(n.constraint), n.q(n.one)));
    run("INSERT INTO " + n.t() + " VALUES (1, 2)");

    assertBroken(
        Kind.UNIQUE, n, List.of(n.one), n.constraint, "INSERT INTO " + n.t() + " VALUES (1, 2)");
  }

  @ParameterizedTest
  @MethodSource("names")
  void namesAUniqueIndexAsItsConstraint(Names n) {
    run("CREATE TABLE %s (%s TEXT, %s TEXT)".formatted(n.t(), n.q(n.one), n.q(n.other)));
    run(
        "CREATE UNIQUE INDEX %s ON %s (%s, %s) WHERE %s = 'x'"
            .formatted(n.q(n.constraint), n.t(), n.q(n.other), n.q(n.one), n.q(n.one)));
    run("INSERT INTO " + n.t() + " VALUES ('x', 'y')");

    assertBroken(
        Kind.UNIQUE,
        n,
        List.of(n.other, n.one),
        n.constraint,
        "INSERT INTO " + n.t() + " VALUES ('x', 'y')");
  }

  @ParameterizedTest
  @MethodSource("names")
  void namesNoColumnOfAnIndexOnAnExpression(Names n) {
    run("CREATE TABLE %s (%s TEXT, %s TEXT)".formatted(n.t(), n.q(n.one), n.q(n.other)));
    run(
        "CREATE UNIQUE INDEX %s ON %s (%s, lower(%s))"
            .formatted(n.q(n.constraint), n.t(), n.q(n.one), n.q(n.other)));
    run("INSERT INTO " + n.t() + " VALUES ('x', 'y')");

    assertBroken(
        Kind.UNIQUE, n, List.of(), n.constraint, "INSERT INTO " + n.t() + " VALUES ('x', 'Y')");
  }

  @ParameterizedTest
  @MethodSource("names")
  void namesAColumnThatMustNotBeNull(Names n) {
    run("CREATE TABLE %s (%s TEXT NOT NULL, %s TEXT)".formatted(n.t(), n.q(n.one), n.q(n.other)));

    assertBroken(
        Kind.NOT_NULL, n, List.of(n.one), null, "INSERT INTO " + n.t() + " VALUES (NULL, 'y')");
  }

  @ParameterizedTest
  @MethodSource("names")
  void namesACheck(Names n) {
    run(
        "CREATE TABLE %s (%s INTEGER, CONSTRAINT %s CHECK (%s > 0))"
            .formatted(n.t(), n.q(n.one), n.q(n.constraint), n.q(n.one)));

    ConstraintException broken = refusal("INSERT INTO " + n.t() + " VALUES (0)");

    assertThat(broken.kind()).isEqualTo(Kind.CHECK);
    assertThat(broken.table()).isEqualTo(n.table);
    assertThat(broken.constraint()).isEqualTo(n.constraint);
    assertStillWorks();
  }

  @ParameterizedTest
  @MethodSource("names")
  void namesAForeignKeyThatACommitBreaks(Names n) {
    createReference(n, "DEFERRABLE INITIALLY DEFERRED");

    assertBroken(
        Kind.FOREIGN_KEY,
        n,
        List.of(n.one, n.other),
        n.constraint,
        "INSERT INTO " + n.t() + " VALUES (1, 2)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"INSERT INTO child VALUES (8, 9)", "DELETE FROM parent", "UPDATE child SET a = 9"})
  void knowsAForeignKeyWhateverBreaksIt(String sql) {
    createReference(new Names("child", "a", "b", "fk"), "");
    run("INSERT INTO parent VALUES (1, 2)");
    run("INSERT INTO child VALUES (1, 2)");

    ConstraintException broken = refusal(sql);

    assertThat(broken.kind()).isEqualTo(Kind.FOREIGN_KEY);
    assertImmediateForeignKey(broken);
    assertStillWorks();
  }

  /** What is said of a foreign key that a statement broke at once. */
  abstract void assertImmediateForeignKey(ConstraintException broken);

  private void createReference(Names n, String when) {
    run("CREATE TABLE parent (x INTEGER, y INTEGER, PRIMARY KEY (x, y))");
    run(
        "CREATE TABLE %s (%s INTEGER, %s INTEGER, CONSTRAINT %s FOREIGN KEY (%s, %s) REFERENCES parent (x, y) %s)"
            .formatted(
                n.t(),
                n.q(n.one),
                n.q(n.other),
                n.q(n.constraint),
                n.q(n.one),
                n.q(n.other),
                when));
  }

  @Test
  void saysWhatAViolationInTheMiddleOfABatchBroke() {
    run("CREATE TABLE t (a INTEGER, CONSTRAINT k UNIQUE (a))");

    ConstraintException broken =
        catchThrowableOfType(
            ConstraintException.class,
            () ->
                database.inTransaction(
                    tx -> {
                      try (var insert =
                          tx.connection().prepareStatement("INSERT INTO t VALUES (?)")) {
                        for (int a : new int[] {1, 2, 2}) {
                          insert.setInt(1, a);
                          insert.addBatch();
                        }
                        insert.executeBatch();
                      }
                    }));

    assertThat(broken.table()).isEqualTo("t");
    assertThat(broken.columns()).containsExactly("a");
    assertThat(broken.constraint()).isEqualTo("k");
    assertStillWorks();
  }

  @Test
  void tellsTwoTablesWithLikeKeysApart() {
    run("CREATE TABLE a (x INTEGER, CONSTRAINT ka UNIQUE (x))");
    run("CREATE TABLE b (x INTEGER, CONSTRAINT kb UNIQUE (x))");
    run("INSERT INTO a VALUES (1)");
    run("INSERT INTO b VALUES (1)");

    ConstraintException broken = refusal("INSERT INTO b SELECT x FROM a");

    assertThat(broken.table()).isEqualTo("b");
    assertThat(broken.constraint()).isEqualTo("kb");
  }

  @Test
  void hasNoValueInItsMessage() {
    run("CREATE TABLE t (a INTEGER UNIQUE, b TEXT CHECK (b <> 'x4712'), c INTEGER NOT NULL)");
    run("INSERT INTO t VALUES (4711, 'ok', 1)");

    for (String sql :
        List.of(
            "INSERT INTO t VALUES (4711, 'ok', 1)", "INSERT INTO t VALUES (4711, 'ok', NULL)")) {
      assertThat(refusal(sql)).hasMessageNotContaining("4711");
    }
  }

  @Test
  void tellsAValueThatDoesNotFit() {
    createStrictTable();

    assertThat(failure(malformed()))
        .isInstanceOfSatisfying(
            DataException.class,
            e -> assertThat(e.problem()).isEqualTo(DataException.Problem.MALFORMED));
    assertStillWorks();
  }

  abstract void createStrictTable();

  abstract String malformed();

  private void assertBroken(
      Kind kind, Names n, List<String> columns, @Nullable String constraint, String sql) {
    ConstraintException broken = refusal(sql);

    assertThat(broken.kind()).isEqualTo(kind);
    assertThat(broken.table()).isEqualTo(n.table);
    assertThat(broken.columns()).isEqualTo(columns);
    assertThat(broken.constraint()).isEqualTo(constraint);
    assertStillWorks();
  }

  ConstraintException refusal(String sql) {
    ConstraintException broken = catchThrowableOfType(ConstraintException.class, () -> run(sql));
    assertThat(broken).isNotNull();
    return broken;
  }

  OutgrowException failure(String sql) {
    return catchThrowableOfType(OutgrowException.class, () -> run(sql));
  }

  void assertStillWorks() {
    assertThat(database.<String>transaction(tx -> DatabaseContract.text(tx, "SELECT 1")))
        .isEqualTo("1");
    assertThat(database.<String>read(tx -> DatabaseContract.text(tx, "SELECT 1"))).isEqualTo("1");
  }

  void run(String sql) {
    database.inTransaction(tx -> execute(tx, sql));
  }
}
