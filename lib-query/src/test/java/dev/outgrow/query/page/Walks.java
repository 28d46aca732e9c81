package dev.outgrow.query.page;

import static dev.outgrow.query.fixture.Events.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.query.fixture.Events.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.SortOrder;
import org.jooq.impl.QOM;
import org.jspecify.annotations.Nullable;

/** Walks through pages, and the order they are to have. */
final class Walks {
  private static final List<Field<?>> FIELDS =
      List.of(
          EVENTS.id,
          EVENTS.started,
          EVENTS.kind,
          EVENTS.title,
          EVENTS.score,
          EVENTS.amount,
          EVENTS.seen);

  private Walks() {}

  /** One to four fields, in any direction, with any word about nulls. */
  static Arbitrary<List<SortField<?>>> orders() {
    return Arbitraries.of(FIELDS)
        .flatMap(
            field ->
                Arbitraries.<SortField<?>>of(
                    field.asc(),
                    field.desc(),
                    field.asc().nullsFirst(),
                    field.asc().nullsLast(),
                    field.desc().nullsFirst(),
                    field.desc().nullsLast()))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  static KeysetPage<Event> lastOf(Keyset<Event> pages, DSLContext sql) {
    KeysetPage<Event> page = pages.first(sql);
    while (page.nextToken() != null) {
      page = pages.at(sql, page.nextToken());
    }
    return page;
  }

  static List<List<Long>> walk(
      KeysetPage<Event> from,
      Function<KeysetPage<Event>, Optional<String>> onwards,
      Keyset<Event> pages,
      DSLContext sql) {
    List<List<Long>> walked = new ArrayList<>();
    @Nullable KeysetPage<Event> page = from;
    while (page != null) {
      walked.add(ids(page));
      assertThat(walked.size()).isLessThan(100);
      page = onwards.apply(page).map(token -> pages.at(sql, token)).orElse(null);
    }
    return walked;
  }

  static List<Long> ids(KeysetPage<Event> page) {
    return page.rows().stream().map(Event::id).toList();
  }

  static List<Long> flat(List<List<Long>> pages) {
    return pages.stream().flatMap(List::stream).toList();
  }

  /** The order that rows of an ordering have, the number behind its fields. */
  static Comparator<Event> oracle(List<SortField<?>> fields) {
    Comparator<Event> order = Comparator.comparingInt(event -> 0);
    boolean ascending = true;
    List<Field<?>> sorted = new ArrayList<>();
    for (SortField<?> sort : fields) {
      if (sorted.contains(sort.$field())) {
        continue;
      }
      sorted.add(sort.$field());
      ascending = sort.getOrder() != SortOrder.DESC;
      boolean nullsFirst = sort.$nullOrdering() == QOM.NullOrdering.NULLS_FIRST;
      order =
          order.thenComparing(event -> event.get(sort.$field()), comparator(ascending, nullsFirst));
    }
    return order.thenComparing(event -> event.id(), comparator(ascending, false));
  }

  @SuppressWarnings("unchecked")
  private static Comparator<@Nullable Object> comparator(boolean ascending, boolean nullsFirst) {
    Comparator<Object> values = (a, b) -> ((Comparable<Object>) a).compareTo(b);
    Comparator<Object> directed = ascending ? values : values.reversed();
    return nullsFirst ? Comparator.nullsFirst(directed) : Comparator.nullsLast(directed);
  }
}
