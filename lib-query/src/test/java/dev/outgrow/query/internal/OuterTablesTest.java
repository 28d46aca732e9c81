package dev.outgrow.query.internal;

import static dev.outgrow.query.fixture.Events.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.query.fixture.Events.Event;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** Which columns that are never null in their table may be null in a result. */
class OuterTablesTest {
  private static final Table<Event> OTHER = EVENTS.as("other");
  private static final Table<Event> THIRD = EVENTS.as("third");
  private static final Condition ON = DSL.trueCondition();

  private static boolean mayLack(Table<Event> column, Table<?>... from) {
    return OuterTables.of(List.of(from)).mayLack(column.field(EVENTS.started));
  }

  @Test
  void noneWithoutAnOuterJoin() {
    assertThat(mayLack(EVENTS, EVENTS)).isFalse();
    assertThat(mayLack(OTHER, EVENTS, OTHER)).isFalse();
    assertThat(mayLack(OTHER, EVENTS.join(OTHER).on(ON))).isFalse();
    assertThat(mayLack(EVENTS, EVENTS.crossJoin(OTHER))).isFalse();
  }

  @Test
  void thoseOfTheSideThatAnOuterJoinMayLeaveOut() {
    assertThat(mayLack(EVENTS, EVENTS.leftJoin(OTHER).on(ON))).isFalse();
    assertThat(mayLack(OTHER, EVENTS.leftJoin(OTHER).on(ON))).isTrue();
    assertThat(mayLack(EVENTS, EVENTS.rightJoin(OTHER).on(ON))).isTrue();
    assertThat(mayLack(OTHER, EVENTS.rightJoin(OTHER).on(ON))).isFalse();
    assertThat(mayLack(EVENTS, EVENTS.fullJoin(OTHER).on(ON))).isTrue();
    assertThat(mayLack(OTHER, EVENTS.fullJoin(OTHER).on(ON))).isTrue();
  }

  @Test
  void alsoWhereTheSideIsAJoinItself() {
    Table<?> inner = OTHER.join(THIRD).on(ON);
    assertThat(mayLack(THIRD, EVENTS.leftJoin(inner).on(ON))).isTrue();
    assertThat(mayLack(OTHER, EVENTS.leftJoin(OTHER).on(ON).join(THIRD).on(ON))).isTrue();
    assertThat(mayLack(THIRD, EVENTS.leftJoin(OTHER).on(ON).join(THIRD).on(ON))).isFalse();
    assertThat(mayLack(THIRD, EVENTS, OTHER.leftJoin(THIRD).on(ON))).isTrue();
  }

  @Test
  void thoseOfATableThatIsNotNamed() {
    assertThat(mayLack(OTHER, EVENTS)).isTrue();
  }

  @Test
  void expressionsWhereThereIsAnOuterJoinAtAll() {
    OuterTables outer = OuterTables.of(List.of(EVENTS.leftJoin(OTHER).on(ON)));
    assertThat(outer.mayLack(EVENTS.started.plus(1))).isTrue();
    assertThat(OuterTables.of(List.of(EVENTS)).mayLack(EVENTS.started.plus(1))).isFalse();
  }
}
