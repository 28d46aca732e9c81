package dev.outgrow.query.write;

import static dev.outgrow.query.fixture.Events.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.query.Jooq;
import dev.outgrow.query.fixture.BothBackends;
import dev.outgrow.query.fixture.Events;
import dev.outgrow.query.fixture.Events.Event;
import dev.outgrow.query.fixture.JvmZone;
import java.time.Instant;
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
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Random calls one after the other, by batch, chunks and COPY, against rows written one by one. */
class BulkWritePropertyTest {
  private static final int CALLS = Boolean.getBoolean("outgrow.exhaustive") ? 60 : 6;
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

  private enum Kind {
    IGNORE,
    UPDATE,
    NEWER
  }

  private record Call(Kind kind, boolean copies, List<Event> rows) {}

  @Provide
  Arbitrary<List<Call>> calls() {
    Arbitrary<List<Event>> rows =
        Combinators.combine(Events.row(), Arbitraries.longs().between(1, 25))
            .as((row, id) -> row.apply(id))
            .list()
            .ofMinSize(1)
            .ofMaxSize(30);
    return Combinators.combine(Arbitraries.of(Kind.class), Arbitraries.of(true, false), rows)
        .as(Call::new)
        .list()
        .ofMaxSize(CALLS);
  }

  @Property(tries = 8, seed = "22")
  void writeWhatAnOracleWritesRowByRow(@ForAll("calls") List<Call> calls) {
    JvmZone.inEach(
        () -> {
          for (Backend backend : Backend.values()) {
            DSLContext sql = Jooq.on(both().database(backend));
            sql.deleteFrom(EVENTS).execute();
            Map<Long, Event> oracle = new TreeMap<>();
            for (Call call : calls) {
              check(sql, call, oracle);
            }
          }
        });
  }

  private static void check(DSLContext sql, Call call, Map<Long, Event> oracle) {
    WriteResult result = write(sql, call);

    int distinct = (int) call.rows().stream().map(Event::id).distinct().count();
    call.rows().forEach(row -> apply(oracle, call.kind(), row));
    assertThat(sql.selectFrom(EVENTS).orderBy(EVENTS.id).fetch().intoMaps())
        .as("%s on %s", call.kind(), sql.family())
        .isEqualTo(oracle.values().stream().map(Record::intoMap).toList());
    assertThat(result.given()).isEqualTo(call.rows().size());
    assertThat(result.duplicates()).isEqualTo(call.rows().size() - distinct);
    assertThat(result.written()).isBetween(0, distinct);
    assertThat(BulkWrite.into(EVENTS).find(sql, call.rows(), EVENTS.started))
        .isEqualTo(
            call.rows().stream()
                .map(row -> Objects.requireNonNull(oracle.get(row.id())).get(EVENTS.started))
                .toList());
  }

  private static WriteResult write(DSLContext sql, Call call) {
    BulkWrite<Event> write = BulkWrite.into(EVENTS).copyFrom(call.copies() ? 1 : 1_000_000);
    return switch (call.kind()) {
      case IGNORE -> write.insertOrIgnore(sql, call.rows());
      case UPDATE -> write.insertOrUpdate(sql, call.rows());
      case NEWER -> write.updateIfNewer(sql, call.rows(), EVENTS.seen);
    };
  }

  private static void apply(Map<Long, Event> table, Kind kind, Event row) {
    @Nullable Event there = table.get(row.id());
    if (there == null || kind == Kind.UPDATE || (kind == Kind.NEWER && isNewer(row, there))) {
      table.put(row.id(), row);
    }
  }

  private static boolean isNewer(Event row, Event there) {
    Instant now = row.get(EVENTS.seen);
    Instant before = there.get(EVENTS.seen);
    return now != null && (before == null || now.isAfter(before));
  }
}
