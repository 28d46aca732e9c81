package dev.outgrow.query.page;

import static dev.outgrow.query.fixture.Events.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.selectFrom;

import dev.outgrow.database.Backend;
import dev.outgrow.query.fixture.BothBackends;
import dev.outgrow.query.fixture.Events;
import dev.outgrow.query.fixture.Events.Event;
import dev.outgrow.query.fixture.JvmZone;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jooq.DSLContext;
import org.jooq.SortField;
import org.jspecify.annotations.Nullable;

/** Pages of random rows in random orders, by key and by number, against a sorted list. */
class PagePropertyTest {
  private static final boolean EXHAUSTIVE = Boolean.getBoolean("outgrow.exhaustive");
  private static final int ROWS = EXHAUSTIVE ? 120 : 40;
  private static final TokenKeys KEYS = TokenKeys.random();
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
  Arbitrary<List<SortField<?>>> orders() {
    return Walks.orders();
  }

  @Property(tries = 25, seed = "21")
  void visitEveryRowOnceInOrderForwardsAndBackwards(
      @ForAll("events") List<Event> events,
      @ForAll("orders") List<SortField<?>> order,
      @ForAll @IntRange(min = 1, max = 25) int size) {
    Events.fill(both(), events);
    List<Long> expected = events.stream().sorted(Walks.oracle(order)).map(Event::id).toList();
    JvmZone.inEach(
        () -> {
          for (Backend backend : Backend.values()) {
            both()
                .<Boolean>read(
                    backend,
                    sql -> {
                      checkKeyset(sql, order, size, expected);
                      checkNumbered(sql, order, size, expected);
                      return true;
                    });
          }
        });
  }

  private static void checkKeyset(
      DSLContext sql, List<SortField<?>> order, int size, List<Long> expected) {
    Keyset<Event> pages = Keyset.over(selectFrom(EVENTS), ordering(order), KEYS).size(size);
    List<List<Long>> forth = Walks.walk(pages.first(sql), KeysetPage::next, pages, sql);
    assertThat(Walks.flat(forth)).as(sql.family().getName()).isEqualTo(expected);

    KeysetPage<Event> last = Walks.lastOf(pages, sql);
    List<List<Long>> back = Walks.walk(last, KeysetPage::previous, pages, sql);
    Collections.reverse(back);
    assertThat(back).as("back on %s", sql.family().getName()).isEqualTo(forth);

    back = Walks.walk(pages.last(sql), KeysetPage::previous, pages, sql);
    Collections.reverse(back);
    assertThat(Walks.flat(back)).as("from the end on %s", sql.family()).isEqualTo(expected);
  }

  private static void checkNumbered(
      DSLContext sql, List<SortField<?>> order, int size, List<Long> expected) {
    OffsetPages<Event> pages = OffsetPages.over(selectFrom(EVENTS), ordering(order)).size(size);
    List<Long> numbered = new ArrayList<>();
    for (long number = 1; number <= expected.size() / size + 1; number++) {
      OffsetPage<Event> page = pages.page(sql, number);
      numbered.addAll(page.rows().stream().map(Event::id).toList());
      assertThat(page.total().rows()).isEqualTo(expected.size());
      assertThat(page.hasNext()).isEqualTo(numbered.size() < expected.size());
    }
    assertThat(numbered).as(sql.family().getName()).isEqualTo(expected);
  }

  private static Ordering ordering(List<SortField<?>> order) {
    return Ordering.by(order.toArray(SortField[]::new));
  }
}
