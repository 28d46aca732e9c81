package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.error.ConstraintException;
import dev.outgrow.error.StatementException;
import java.sql.Connection;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What parts of transactions promise on both backends alike. */
abstract class NestedContract extends DatabaseContract {
  @Test
  void undoesOnlyTheNestedPartThatFails() {
    database()
        .inTransaction(
            tx -> {
              insert(tx, 1);
              assertThatThrownBy(
                      () ->
                          tx.inNested(
                              part -> {
                                insert(part, 2);
                                throw new IllegalStateException("mine");
                              }))
                  .hasMessage("mine");
              tx.inNested(part -> insert(part, 3));
            });

    assertThat(ids()).isEqualTo("1,3");
  }

  @Test
  void goesOnAfterAConstraintThatANestedPartTried() {
    String chosen =
        database()
            .transaction(
                tx -> {
                  insert(tx, 1);
                  ConstraintException taken =
                      catchThrowableOfType(
                          ConstraintException.class, () -> tx.inNested(part -> insert(part, 1)));
                  assertThat(taken.table()).isEqualTo("t");
                  assertThat(taken.columns()).containsExactly("id");
                  return tx.<String>nested(part -> text(part, "SELECT 'another'"));
                });

    assertThat(chosen).isEqualTo("another");
    assertThat(ids()).isEqualTo("1");
  }

  @Test
  void nestsAsDeepAsWanted() {
    database()
        .inTransaction(
            tx ->
                tx.inNested(
                    one -> {
                      insert(one, 1);
                      assertThatThrownBy(
                              () ->
                                  one.inNested(
                                      two -> {
                                        insert(two, 2);
                                        two.inNested(three -> insert(three, 3));
                                        execute(two, "nonsense");
                                      }))
                          .isInstanceOf(StatementException.class);
                    }));

    assertThat(ids()).isEqualTo("1");
  }

  @Test
  void losesTheNestedPartsWithTheWhole() {
    assertThatThrownBy(
            () ->
                database()
                    .inTransaction(
                        tx -> {
                          tx.inNested(part -> insert(part, 1));
                          throw new IllegalStateException("mine");
                        }))
        .hasMessage("mine");

    assertThat(rows()).isZero();
  }

  @Test
  void writesOnAfterSavepointsOfTheConnection() {
    for (int i = 0; i < 3; i++) {
      int id = 10 * i;
      database()
          .inTransaction(
              tx -> {
                Connection connection = tx.connection();
                Savepoint named = connection.setSavepoint("it's \"one\"");
                insert(tx, id);
                Savepoint plain = connection.setSavepoint();
                insert(tx, id + 1);
                connection.rollback(plain);
                connection.releaseSavepoint(named);
                assertThat(named.getSavepointName()).isEqualTo("it's \"one\"");
                assertThat(plain.getSavepointId()).isPositive();
              });
    }

    assertThat(ids()).isEqualTo("0,10,20");
  }

  String ids() {
    return database()
        .read(
            tx -> {
              List<String> ids = new ArrayList<>();
              try (var statement = tx.connection().createStatement();
                  var rows = statement.executeQuery("SELECT id FROM t ORDER BY id")) {
                while (rows.next()) {
                  ids.add(rows.getString(1));
                }
              }
              return String.join(",", ids);
            });
  }
}
