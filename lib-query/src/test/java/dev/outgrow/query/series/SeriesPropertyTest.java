package dev.outgrow.query.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.query.CalendarUnit;
import dev.outgrow.query.Moment;
import dev.outgrow.query.Step;
import dev.outgrow.query.Steps;
import dev.outgrow.query.fixture.BothBackends;
import dev.outgrow.query.fixture.JvmZone;
import dev.outgrow.query.fixture.Moments;
import dev.outgrow.query.series.Plays.Measured;
import dev.outgrow.query.series.Plays.Play;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Series, rankings and profiles of random plays, against the same worked out in Java. */
class SeriesPropertyTest {
  private static final int ROWS = Boolean.getBoolean("outgrow.exhaustive") ? 600 : 80;
  private static final Moment STARTED = Moment.ofEpochSeconds(Plays.STARTED);
  private static final Field<BigDecimal> SO_FAR = Running.total("so_far", Plays.COUNT);
  private static final Field<Double> MEAN = Running.average("mean", Plays.SUM, 3);

  private static final Field<?>[] ALL = {
    Plays.COUNT, Plays.SUM, Plays.LONGEST, Plays.VIEWERS, SO_FAR, MEAN
  };

  private static @Nullable BothBackends both;

  /** A range, cut into steps. */
  record Range(Instant from, Instant to, Step step, ZoneId zone) {
    Steps steps() {
      return Steps.between(from, to, step);
    }

    boolean has(Play play) {
      return !play.started().isBefore(from) && play.started().isBefore(to);
    }
  }

  private record Point(Instant begin, @Nullable String value, boolean other, Measured measured) {}

  @BeforeContainer
  static void createTheTable() {
    both = BothBackends.open();
    Plays.create(both);
  }

  @AfterContainer
  static void close() {
    both().close();
  }

  private static BothBackends both() {
    return Objects.requireNonNull(both);
  }

  @Provide
  Arbitrary<List<Play>> plays() {
    return Plays.arbitrary(ROWS);
  }

  @Provide
  Arbitrary<Range> ranges() {
    return Arbitraries.of(Moments.ZONES)
        .flatMap(
            zone ->
                steps(zone)
                    .flatMap(
                        step ->
                            Moments.aroundChanges()
                                .tuple2()
                                .filter(t -> !t.get1().equals(t.get2()))
                                .map(
                                    t ->
                                        t.get1().isBefore(t.get2())
                                            ? new Range(t.get1(), t.get2(), step, zone)
                                            : new Range(t.get2(), t.get1(), step, zone))));
  }

  private static Arbitrary<Step> steps(ZoneId zone) {
    return Arbitraries.oneOf(
        Arbitraries.of(CalendarUnit.values()).map(unit -> Step.of(unit, zone)),
        Arbitraries.of(Step.of(Duration.ofHours(7)), Step.of(Duration.ofMinutes(90))));
  }

  @Property(tries = 40, seed = "6")
  void fillsEveryStep(@ForAll("plays") List<Play> plays, @ForAll("ranges") Range range) {
    Plays.fill(both(), plays);
    Steps steps = range.steps();
    List<Point> expected = new ArrayList<>();
    List<BigDecimal> soFar = new ArrayList<>();
    List<Double> means = new ArrayList<>();
    for (int i = 0; i < steps.begins().size(); i++) {
      Measured measured = Measured.of(plays, inStep(range, steps, i));
      expected.add(new Point(steps.begins().get(i), null, false, measured));
      soFar.add(BigDecimal.valueOf(expected.stream().mapToLong(p -> p.measured().count()).sum()));
      means.add(
          expected.subList(Math.max(0, i - 2), i + 1).stream()
              .mapToLong(p -> p.measured().sum())
              .average()
              .orElseThrow());
    }
    JvmZone.inEach(
        () -> {
          for (Backend backend : Backend.values()) {
            List<Record> rows = fetch(backend, Series.of(Plays.TABLE).at(STARTED, steps), ALL);

            assertThat(rows.stream().map(row -> point(row, false)))
                .as(backend.title())
                .isEqualTo(expected);
            assertThat(rows.stream().map(row -> row.get(SO_FAR))).isEqualTo(soFar);
            assertThat(rows.stream().map(row -> row.get(MEAN))).isEqualTo(means);
          }
        });
  }

  @Property(tries = 10, seed = "7")
  void givesEachValueOrEachTopValueItsOwn(
      @ForAll("plays") List<Play> plays, @ForAll("ranges") Range range) {
    JvmZone.inEach(() -> checkSplits(plays, range));
  }

  private static void checkSplits(List<Play> plays, Range range) {
    Plays.fill(both(), plays);
    List<Play> counted = plays.stream().filter(range::has).toList();
    checkSplit(range, plays, null, new ArrayList<>(values(counted)));
    for (int count : List.of(1, 3)) {
      checkSplit(range, plays, TopN.of(count, Plays.SUM), topValues(counted, count));
      checkRanking(plays, count);
    }
  }

  private static void checkSplit(
      Range range, List<Play> plays, @Nullable TopN top, List<@Nullable String> apart) {
    Steps steps = range.steps();
    apart.sort(Comparator.nullsLast(Comparator.naturalOrder()));
    boolean others =
        plays.stream().filter(range::has).anyMatch(play -> !apart.contains(play.platform()));
    List<Point> expected = new ArrayList<>();
    for (int i = 0; i < steps.begins().size(); i++) {
      Predicate<Play> step = inStep(range, steps, i);
      Instant begin = steps.begins().get(i);
      for (String each : apart) {
        Predicate<Play> same = step.and(play -> Objects.equals(play.platform(), each));
        expected.add(new Point(begin, each, false, Measured.of(plays, same)));
      }
      if (others) {
        Predicate<Play> rest = step.and(play -> !apart.contains(play.platform()));
        expected.add(new Point(begin, null, true, Measured.of(plays, rest)));
      }
    }
    Series series = Series.of(Plays.TABLE).at(STARTED, steps);
    for (Backend backend : Backend.values()) {
      List<Record> rows =
          fetch(
              backend,
              top == null ? series.splitBy(Plays.PLATFORM) : series.splitBy(Plays.PLATFORM, top),
              Plays.COUNT,
              Plays.SUM,
              Plays.LONGEST,
              Plays.VIEWERS,
              SO_FAR);

      assertThat(rows.stream().map(row -> point(row, true)))
          .as("%s, top %s", backend.title(), top)
          .isEqualTo(expected);
      assertThat(rows.stream().map(row -> row.get(SO_FAR))).isEqualTo(soFar(expected));
    }
  }

  private static List<BigDecimal> soFar(List<Point> points) {
    Map<List<@Nullable Object>, Long> sums = new LinkedHashMap<>();
    List<BigDecimal> totals = new ArrayList<>();
    for (Point each : points) {
      List<@Nullable Object> key = new ArrayList<>();
      key.add(each.value());
      key.add(each.other());
      totals.add(BigDecimal.valueOf(sums.merge(key, (long) each.measured().count(), Long::sum)));
    }
    return totals;
  }

  private static void checkRanking(List<Play> plays, int count) {
    List<Point> expected = new ArrayList<>();
    List<@Nullable String> top = topValues(plays, count);
    for (String each : top) {
      Predicate<Play> same = play -> Objects.equals(play.platform(), each);
      expected.add(new Point(Instant.EPOCH, each, false, Measured.of(plays, same)));
    }
    Predicate<Play> others = play -> !top.contains(play.platform());
    if (plays.stream().anyMatch(others)) {
      expected.add(new Point(Instant.EPOCH, null, true, Measured.of(plays, others)));
    }
    for (Backend backend : Backend.values()) {
      List<Point> ranking =
          both()
              .read(
                  backend,
                  sql ->
                      sql.fetch(
                              Ranking.of(Plays.TABLE)
                                  .by(Plays.PLATFORM, TopN.of(count, Plays.SUM))
                                  .select(Plays.COUNT, Plays.SUM, Plays.LONGEST, Plays.VIEWERS))
                          .map(
                              row ->
                                  new Point(
                                      Instant.EPOCH,
                                      row.get(Plays.PLATFORM),
                                      row.get(Series.OTHER),
                                      Measured.of(row))));

      assertThat(ranking).as(backend.title()).isEqualTo(expected);
    }
  }

  @Property(tries = 5, seed = "8")
  void findsWeekdaysAndHoursInAZone(@ForAll("plays") List<Play> plays) {
    JvmZone.inEach(() -> checkProfiles(plays));
  }

  private static void checkProfiles(List<Play> plays) {
    Plays.fill(both(), plays);
    for (ZoneId zone : Moments.ZONES) {
      List<Measured> expected = new ArrayList<>();
      for (int weekday = 1; weekday <= 7; weekday++) {
        for (int hour = 0; hour < 24; hour++) {
          expected.add(Measured.of(plays, at(zone, weekday, hour)));
        }
      }
      Profile profile = Profile.of(Plays.TABLE).at(STARTED, zone);
      for (Backend backend : Backend.values()) {
        assertThat(measured(backend, profile.weekHours())).isEqualTo(expected);
        assertThat(measured(backend, profile.hours()).stream().map(Measured::count))
            .isEqualTo(byHour(expected));
        assertThat(measured(backend, profile.weekdays()))
            .hasSize(7)
            .extracting(Measured::count)
            .satisfies(
                counts ->
                    assertThat(counts.stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(plays.size()));
      }
    }
  }

  private static List<Integer> byHour(List<Measured> week) {
    List<Integer> hours = new ArrayList<>();
    for (int hour = 0; hour < 24; hour++) {
      int sum = 0;
      for (int cell = hour; cell < week.size(); cell += 24) {
        sum += week.get(cell).count();
      }
      hours.add(sum);
    }
    return hours;
  }

  private static Predicate<Play> at(ZoneId zone, int weekday, int hour) {
    return play ->
        play.started().atZone(zone).getDayOfWeek().getValue() == weekday
            && play.started().atZone(zone).getHour() == hour;
  }

  private static List<Measured> measured(Backend backend, Profile profile) {
    return both()
        .read(
            backend,
            sql ->
                sql.fetch(profile.select(Plays.COUNT, Plays.SUM, Plays.LONGEST, Plays.VIEWERS))
                    .map(Measured::of));
  }

  private static List<Record> fetch(Backend backend, Series series, Field<?>... measures) {
    return both().<List<Record>>read(backend, sql -> sql.fetch(series.select(measures)));
  }

  private static Point point(Record row, boolean split) {
    return new Point(
        row.get(Series.BEGIN),
        split ? row.get(Plays.PLATFORM) : null,
        split && row.get(Series.OTHER),
        Measured.of(row));
  }

  private static Predicate<Play> inStep(Range range, Steps steps, int step) {
    Instant begin = steps.begins().get(step);
    Instant end = step + 1 < steps.begins().size() ? steps.begins().get(step + 1) : Instant.MAX;
    return play ->
        range.has(play) && !play.started().isBefore(begin) && play.started().isBefore(end);
  }

  private static Set<@Nullable String> values(List<Play> plays) {
    Set<@Nullable String> values = new LinkedHashSet<>();
    plays.forEach(play -> values.add(play.platform()));
    return values;
  }

  private static List<@Nullable String> topValues(List<Play> plays, int count) {
    List<@Nullable String> values = new ArrayList<>(values(plays));
    Comparator<@Nullable String> greatest =
        Comparator.comparing(
            value -> -Measured.of(plays, play -> Objects.equals(play.platform(), value)).sum());
    values.sort(greatest.thenComparing(Comparator.nullsLast(Comparator.naturalOrder())));
    return new ArrayList<>(values.subList(0, Math.min(count, values.size())));
  }
}
