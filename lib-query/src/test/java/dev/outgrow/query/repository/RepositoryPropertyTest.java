package dev.outgrow.query.repository;

import static dev.outgrow.query.fixture.Events.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.noCondition;

import dev.outgrow.database.Backend;
import dev.outgrow.query.Jooq;
import dev.outgrow.query.fixture.BothBackends;
import dev.outgrow.query.fixture.Events;
import dev.outgrow.query.fixture.Events.Event;
import dev.outgrow.query.fixture.JvmZone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Random statements one after the other, against a map. */
class RepositoryPropertyTest {
  private static final int ACTS = Boolean.getBoolean("outgrow.exhaustive") ? 400 : 20;
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

  private static final Repository<Event, Long> REPOSITORY = Repository.of(EVENTS, EVENTS.id);

  private enum Kind {
    INSERT,
    UPDATE,
    DELETE
  }

  private record Act(Kind kind, Event row) {}

  @Provide
  Arbitrary<List<Act>> acts() {
    return Combinators.combine(
            Arbitraries.of(Kind.class), Events.row(), Arbitraries.longs().between(1, 3))
        .as((kind, row, id) -> new Act(kind, row.apply(id)))
        .list()
        .ofMaxSize(ACTS);
  }

  @Property(tries = 10, seed = "24")
  void storesWhatAMapHolds(@ForAll("acts") List<Act> acts) {
    JvmZone.inEach(
        () -> {
          for (Backend backend : Backend.values()) {
            DSLContext sql = Jooq.on(both().database(backend));
            sql.deleteFrom(EVENTS).execute();
            Map<Long, Event> oracle = new TreeMap<>();
            acts.forEach(act -> check(sql, act, oracle));
            checkAll(sql, oracle);
          }
        });
  }

  private static void check(DSLContext sql, Act act, Map<Long, Event> oracle) {
    Event row = act.row();
    boolean there = oracle.containsKey(row.id());
    assertThat(REPOSITORY.exists(sql, row.id())).isEqualTo(there);
    switch (act.kind()) {
      case INSERT -> {
        if (!there) {
          assertThat(REPOSITORY.insert(sql, row).intoMap()).isEqualTo(row.intoMap());
          oracle.put(row.id(), row);
        }
      }
      case UPDATE -> {
        if (there) {
          Event stored = REPOSITORY.find(sql, row.id()).orElseThrow();
          for (Field<?> field : EVENTS.fields()) {
            copy(field, row, stored);
          }
          assertThat(REPOSITORY.update(sql, stored).intoMap()).isEqualTo(row.intoMap());
          oracle.put(row.id(), row);
        }
      }
      case DELETE -> {
        assertThat(REPOSITORY.deleteById(sql, row.id())).isEqualTo(there);
        oracle.remove(row.id());
      }
    }
  }

  private static <T> void copy(Field<T> field, Event from, Event to) {
    to.set(field, from.get(field));
  }

  private static void checkAll(DSLContext sql, Map<Long, Event> oracle) {
    assertThat(REPOSITORY.count(sql, noCondition())).isEqualTo(oracle.size());
    assertThat(REPOSITORY.find(sql, noCondition()).stream().map(Record::intoMap).toList())
        .isEqualTo(oracle.values().stream().map(Record::intoMap).toList());
    List<Long> turned = new ArrayList<>();
    for (int number = 1; number <= oracle.size() / 3 + 1; number++) {
      Rows<Event> page = REPOSITORY.page(sql, noCondition(), number, 3);
      page.rows().forEach(row -> turned.add(row.id()));
      assertThat(page.hasNext()).isEqualTo(turned.size() < oracle.size());
    }
    assertThat(turned).isEqualTo(List.copyOf(oracle.keySet()));
  }
}
