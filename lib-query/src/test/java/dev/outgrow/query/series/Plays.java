package dev.outgrow.query.series;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;

import dev.outgrow.query.fixture.BothBackends;
import dev.outgrow.query.fixture.Moments;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jooq.Field;
import org.jooq.InsertValuesStep4;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** Random plays, as rows and as objects, and measures of them, as aggregates and in Java. */
final class Plays {
  static final Table<Record> TABLE = table(name("plays"));
  static final Field<Long> STARTED = field(name("started"), Long.class);
  static final Field<String> PLATFORM = field(name("platform"), String.class);
  static final Field<Integer> VIEWER = field(name("viewer"), Integer.class);
  static final Field<Integer> MINUTES = field(name("minutes"), Integer.class);

  static final Field<Integer> COUNT = count().as("n");
  static final Field<BigDecimal> SUM = coalesce(sum(MINUTES), inline(BigDecimal.ZERO)).as("total");
  static final Field<Integer> LONGEST = max(MINUTES).as("longest");
  static final Field<Integer> VIEWERS = countDistinct(VIEWER).as("viewers");

  /** A row. */
  record Play(Instant started, @Nullable String platform, int viewer, @Nullable Integer minutes) {}

  /** What the four measures are of some rows. */
  record Measured(int count, long sum, @Nullable Integer longest, int viewers) {
    static Measured of(List<Play> plays) {
      List<Integer> minutes =
          plays.stream()
              .map(Play::minutes)
              .filter(Objects::nonNull)
              .map(Integer.class::cast)
              .toList();
      return new Measured(
          plays.size(),
          minutes.stream().mapToLong(Integer::longValue).sum(),
          minutes.stream().max(Integer::compare).orElse(null),
          (int) plays.stream().map(Play::viewer).distinct().count());
    }

    static Measured of(List<Play> plays, Predicate<Play> which) {
      return of(plays.stream().filter(which).toList());
    }

    static Measured of(Record row) {
      return new Measured(
          row.get(COUNT), row.get(SUM).longValueExact(), row.get(LONGEST), row.get(VIEWERS));
    }
  }

  private Plays() {}

  static Arbitrary<List<Play>> arbitrary(Arbitrary<Instant> moments, int most) {
    return Combinators.combine(
            moments.map(Instant::getEpochSecond),
            Arbitraries.of("iOS", "Android", "Кинотеатр", "other", "webOS", "b", "B")
                .injectNull(0.2),
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(-5, 500).injectNull(0.3))
        .as(
            (s, platform, viewer, minutes) ->
                new Play(Instant.ofEpochSecond(s), platform, viewer, minutes))
        .list()
        .ofMinSize(0)
        .ofMaxSize(most);
  }

  static Arbitrary<List<Play>> arbitrary(int most) {
    return arbitrary(Moments.aroundChanges(), most);
  }

  static void create(BothBackends both) {
    both.execute(
        "create table plays (started bigint, platform text, viewer integer, minutes integer)");
  }

  static void fill(BothBackends both, List<Play> plays) {
    both.write(
        sql -> {
          sql.deleteFrom(TABLE).execute();
          InsertValuesStep4<Record, Long, String, Integer, Integer> insert =
              sql.insertInto(TABLE, STARTED, PLATFORM, VIEWER, MINUTES);
          for (Play each : plays) {
            insert =
                insert.values(
                    each.started().getEpochSecond(),
                    each.platform(),
                    each.viewer(),
                    each.minutes());
          }
          if (!plays.isEmpty()) {
            insert.execute();
          }
        });
  }
}
