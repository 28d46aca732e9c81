package dev.outgrow.query.parity;

import static dev.outgrow.query.fixture.Events.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.query.Jooq;
import dev.outgrow.query.fixture.BothBackends;
import dev.outgrow.query.fixture.Events;
import dev.outgrow.query.fixture.Events.Event;
import dev.outgrow.query.fixture.JvmZone;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Random rows on both sides, some of them changed on one: the report is of those and no others. */
class ParityPropertyTest {
  private static final int ROWS = Boolean.getBoolean("outgrow.exhaustive") ? 1000 : 25;
  private static @Nullable BothBackends both;

  @BeforeContainer
  static void createTheTable() {
    both = BothBackends.open();
    Events.create(both);
  }

  @AfterContainer
  static void close() {
    both().close();
  }

  private static BothBackends both() {
    return Objects.requireNonNull(both);
  }

  @Provide
  Arbitrary<List<Event>> events() {
    return Events.arbitrary(ROWS);
  }

  @Provide
  Arbitrary<Set<Long>> changed() {
    return Arbitraries.longs().between(1, 25).set().ofMaxSize(4);
  }

  @Property(tries = 12, seed = "26")
  void showsTheRowsThatDifferAndNoOthers(
      @ForAll("events") List<Event> events, @ForAll("changed") Set<Long> changed) {
    Events.fill(both(), events);
    Set<Long> there =
        changed.stream().filter(id -> id <= events.size()).collect(Collectors.toSet());
    both()
        .write(
            Backend.SQLITE,
            sql ->
                sql.update(EVENTS)
                    .set(EVENTS.started, EVENTS.started.plus(100))
                    .where(EVENTS.id.in(there))
                    .execute());
    DSLContext postgres = Jooq.on(both().database(Backend.POSTGRESQL));
    DSLContext sqlite = Jooq.on(both().database(Backend.SQLITE));
    JvmZone.inEach(
        () -> {
          ParityReport report =
              Parity.of(postgres, sqlite)
                  .inOrder()
                  .compare(sql -> sql.selectFrom(EVENTS).orderBy(EVENTS.id));

          assertThat(report.leftRows()).isEqualTo(events.size());
          assertThat(report.rightRows()).isEqualTo(events.size());
          assertThat(report.differences().stream().map(each -> each.position() + 1))
              .as("%s", report)
              .containsExactlyInAnyOrderElementsOf(there);
          assertThat(report.differences())
              .allSatisfy(each -> assertThat(each.columns()).containsExactly("started"));
          assertThat(
                  Parity.of(postgres, sqlite)
                      .compare(
                          sql ->
                              sql.select(
                                      EVENTS.id,
                                      EVENTS.seen,
                                      EVENTS.score,
                                      EVENTS.amount,
                                      EVENTS.title)
                                  .from(EVENTS))
                      .equal())
              .isTrue();
        });
  }
}
