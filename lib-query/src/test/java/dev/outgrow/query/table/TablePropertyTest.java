package dev.outgrow.query.table;

import static dev.outgrow.query.fixture.Events.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.query.fixture.BothBackends;
import dev.outgrow.query.fixture.Events;
import dev.outgrow.query.fixture.Events.Event;
import dev.outgrow.query.fixture.JvmZone;
import dev.outgrow.query.fixture.Moments;
import dev.outgrow.query.table.TableRequest.Column;
import dev.outgrow.query.table.TableRequest.Order;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Random requests on random rows, against the same worked out in Java. */
class TablePropertyTest {
  private static final int ROWS = Boolean.getBoolean("outgrow.exhaustive") ? 2000 : 40;
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

  private static final List<String> NAMES =
      List.of("id", "started", "kind", "title", "score", "amount", "seen");

  private record Ask(List<Probe> searches, List<Order> order, int start, int length) {}

  /** A search of one column, and the rows that it is to find. */
  private record Probe(String column, String term, Predicate<Event> finds) {}

  @Provide
  Arbitrary<List<Event>> events() {
    return Events.arbitrary(ROWS);
  }

  @Provide
  Arbitrary<Ask> asks() {
    Arbitrary<Order> order =
        Combinators.combine(
                Arbitraries.integers().between(0, NAMES.size() - 1), Arbitraries.of(true, false))
            .as(Order::new);
    return Combinators.combine(
            Arbitraries.oneOf(titles(), ranges(), kinds(), moments()).list().ofMaxSize(2),
            order.list().ofMaxSize(3),
            Arbitraries.integers().between(0, 20),
            Arbitraries.integers().between(1, 20))
        .as(Ask::new);
  }

  private static Arbitrary<Probe> titles() {
    return Arbitraries.of("t", "T1", "%", "_", "Ä", "ä", "\"", "!")
        .map(
            term ->
                new Probe(
                    "title",
                    term,
                    row ->
                        row.get(EVENTS.title) != null
                            && ascii(row.get(EVENTS.title)).contains(ascii(term))));
  }

  private static Arbitrary<Probe> ranges() {
    return Arbitraries.longs()
        .between(0, 19)
        .tuple2()
        .map(
            t ->
                new Probe(
                    "started",
                    t.get1() + ".." + t.get2(),
                    row ->
                        row.get(EVENTS.started) >= t.get1()
                            && row.get(EVENTS.started) <= t.get2()));
  }

  private static Arbitrary<Probe> kinds() {
    return Arbitraries.integers()
        .between(0, 2)
        .tuple2()
        .map(
            t ->
                new Probe(
                    "kind",
                    t.get1() + "|" + t.get2(),
                    row ->
                        row.get(EVENTS.kind) != null && t.items().contains(row.get(EVENTS.kind))));
  }

  private static Arbitrary<Probe> moments() {
    return Moments.arbitrary()
        .map(
            from ->
                new Probe(
                    "seen",
                    from + "..",
                    row -> row.get(EVENTS.seen) != null && !row.get(EVENTS.seen).isBefore(from)));
  }

  @Property(tries = 15, seed = "23")
  void answersWhatAnOracleAnswers(@ForAll("events") List<Event> events, @ForAll("asks") Ask ask) {
    Events.fill(both(), events);
    ServerTable table =
        ServerTable.from(EVENTS)
            .column("id", EVENTS.id)
            .column("started", EVENTS.started, Search.RANGE)
            .column("kind", EVENTS.kind, Search.IN)
            .column("title", EVENTS.title, Search.CONTAINS)
            .column("score", EVENTS.score)
            .column("amount", EVENTS.amount)
            .column("seen", EVENTS.seen, Search.RANGE)
            .scope(EVENTS.started.lt(15L))
            .build();
    List<Event> inScope = events.stream().filter(row -> row.get(EVENTS.started) < 15).toList();
    List<Event> found =
        inScope.stream()
            .filter(row -> ask.searches().stream().allMatch(search -> search.finds().test(row)))
            .sorted(oracle(ask.order()))
            .toList();
    JvmZone.inEach(
        () -> {
          for (Backend backend : Backend.values()) {
            TableResult result = both().read(backend, sql -> table.fetch(sql, request(ask)));

            assertThat(result.recordsTotal()).isEqualTo(inScope.size());
            assertThat(result.recordsFiltered()).as("%s", ask).isEqualTo(found.size());
            assertThat(result.data())
                .as("%s on %s", ask, backend)
                .isEqualTo(
                    found.stream()
                        .skip(ask.start())
                        .limit(ask.length())
                        .map(Event::intoMap)
                        .toList());
          }
        });
  }

  private static TableRequest request(Ask ask) {
    List<Column> columns =
        NAMES.stream()
            .map(
                name ->
                    new Column(
                        name,
                        true,
                        true,
                        ask.searches().stream()
                            .filter(search -> search.column().equals(name))
                            .map(Probe::term)
                            .toList()))
            .toList();
    return new TableRequest(1, ask.start(), ask.length(), List.of(), columns, ask.order());
  }

  /**
   * Nulls last in either direction, and by the number, which goes the way of the last field; a
   * field counts once.
   */
  private static Comparator<Event> oracle(List<Order> orders) {
    Comparator<Event> order = Comparator.comparingInt(row -> 0);
    Set<Integer> sorted = new HashSet<>();
    boolean down = false;
    for (Order each : orders) {
      if (sorted.add(each.column())) {
        down = each.descending();
        order = order.thenComparing(row -> row.get(NAMES.get(each.column())), direction(down));
      }
    }
    return order.thenComparing(row -> row.get("id"), direction(down));
  }

  @SuppressWarnings("unchecked")
  private static Comparator<@Nullable Object> direction(boolean down) {
    Comparator<Object> values = (a, b) -> ((Comparable<Object>) a).compareTo(b);
    return Comparator.nullsLast(down ? values.reversed() : values);
  }

  private static String ascii(String text) {
    StringBuilder folded = new StringBuilder();
    text.chars().forEach(c -> folded.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
    return folded.toString();
  }
}
