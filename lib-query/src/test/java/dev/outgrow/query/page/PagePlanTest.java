package dev.outgrow.query.page;

import static dev.outgrow.query.fixture.Events.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.selectFrom;

import dev.outgrow.database.Backend;
import dev.outgrow.query.fixture.BothBackends;
import dev.outgrow.query.fixture.Events;
import dev.outgrow.query.fixture.Events.Event;
import dev.outgrow.query.page.RowCount.Kind;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.SortField;
import org.jooq.SortOrder;
import org.jooq.impl.QOM;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the planners make of a page deep in a table, and what pages by number say of its size. */
class PagePlanTest {
  private static final int ROWS = 30_000;
  private static final BothBackends BOTH = BothBackends.open();
  private static final TokenKeys KEYS = TokenKeys.random();

  /** An ordering with the index that is meant to serve it. */
  record Case(String name, Ordering ordering, String postgresRange, String sqliteRange) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void fill() {
    Events.create(BOTH);
    BOTH.execute(
        "insert into event (id, started, kind, title, score)"
            + " with recursive n (i) as (select 1 union all select i + 1 from n where i < "
            + ROWS
            + ") select i, i / 3, i % 7, 't' || i, case when i % 2 = 0 then i end from n",
        "create index ix_event_started on event (started, id)",
        "create index ix_event_mixed on event (started, id desc)",
        "create index ix_event_score on event (score, id)",
        "analyze");
  }

  @AfterAll
  static void close() {
    BOTH.close();
  }

  static List<Case> cases() {
    return List.of(
        new Case("by key", Ordering.by(EVENTS.id.desc()), "Index Cond: (id <", "(id<?)"),
        new Case(
            "one direction",
            Ordering.by(EVENTS.started.desc()),
            "Index Cond: (ROW(started, id) <",
            "(started,id)<(?,?)"),
        new Case(
            "mixed directions",
            Ordering.by(EVENTS.started, EVENTS.id.desc()),
            "Index Cond: (started >=",
            "started>?"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void reachesADeepPageByAnIndexRangeWithoutSorting(Case each) {
    for (Backend backend : Backend.values()) {
      String plan = BOTH.read(backend, sql -> deepPlan(sql, each.ordering()));

      String range = backend == Backend.SQLITE ? each.sqliteRange() : each.postgresRange();
      if (backend == Backend.SQLITE) {
        assertThat(plan).contains("SEARCH event", range).doesNotContain("TEMP B-TREE", "SCAN");
      } else {
        assertThat(plan).contains(range).doesNotContain("Sort", "Seq Scan");
      }
    }
  }

  /** The plain index, whatever the order says of nulls; and no row is read but the page's. */
  @ParameterizedTest
  @MethodSource("nullableOrders")
  void reachesADeepPageOfANullableFieldByAnIndexRangeWithoutSorting(SortField<?> order) {
    boolean nullsFirst = order.$nullOrdering() == QOM.NullOrdering.NULLS_FIRST;
    boolean down = order.getOrder() == SortOrder.DESC;
    for (Backend backend : Backend.values()) {
      boolean sqlite = backend == Backend.SQLITE;
      String values =
          sqlite
              ? "(score,id)" + (down ? "<" : ">") + "(?,?)"
              : "Index Cond: (ROW(score, id) " + (down ? "<" : ">");
      String nulls =
          sqlite
              ? "(score=? AND id" + (down ? "<" : ">") + "?)"
              : "Index Cond: ((score IS NULL) AND (id " + (down ? "<" : ">");
      for (int behind : List.of(5_000, 20_000)) {
        boolean amongNulls = nullsFirst == behind < ROWS / 2;

        List<String> plans = BOTH.read(backend, sql -> deepPlans(sql, Ordering.by(order), behind));

        assertThat(plans).hasSize(amongNulls == nullsFirst ? 2 : 1);
        assertThat(plans.get(0)).contains(amongNulls ? nulls : values);
        assertThat(plans)
            .allSatisfy(
                plan ->
                    assertThat(plan)
                        .contains("ix_event_score")
                        .doesNotContain("TEMP B-TREE", "Sort", "Seq Scan", "Filter", "OR"));
      }
    }
  }

  static List<SortField<?>> nullableOrders() {
    return List.of(
        EVENTS.score.asc(),
        EVENTS.score.asc().nullsFirst(),
        EVENTS.score.desc(),
        EVENTS.score.desc().nullsFirst());
  }

  @ParameterizedTest
  @EnumSource
  void countsExactlyOrUpToALimitOrNotAtAll(Backend backend) {
    OffsetPages<Event> pages =
        OffsetPages.over(selectFrom(EVENTS).where(EVENTS.kind.eq(3)), Ordering.by(EVENTS.id))
            .size(10);
    long rows = (ROWS - 3) / 7 + 1;

    assertThat(total(backend, pages)).isEqualTo(new RowCount(Kind.EXACT, rows));
    assertThat(total(backend, pages.counting(Counting.capped(1000))))
        .isEqualTo(new RowCount(Kind.AT_LEAST, 1000));
    assertThat(total(backend, pages.counting(Counting.capped(rows))))
        .isEqualTo(new RowCount(Kind.EXACT, rows));
    assertThat(total(backend, pages.counting(Counting.none())))
        .isEqualTo(new RowCount(Kind.NOT_COUNTED, 0));
    RowCount estimate = total(backend, pages.counting(Counting.estimated()));
    if (backend == Backend.SQLITE) {
      assertThat(estimate).isEqualTo(new RowCount(Kind.EXACT, rows));
    } else {
      assertThat(estimate.kind()).isEqualTo(Kind.ESTIMATED);
      assertThat(estimate.rows()).isBetween(rows / 2, rows * 2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void turnsPagesByNumberUpToTheLastAndBeyond(Backend backend) {
    OffsetPages<Event> pages =
        OffsetPages.over(
                selectFrom(EVENTS).where(EVENTS.id.le(25L)), Ordering.by(EVENTS.started.desc()))
            .size(10);

    assertThat(ids(backend, pages, 1)).startsWith(25L, 24L, 23L).hasSize(10);
    assertThat(ids(backend, pages, 3)).containsExactly(5L, 4L, 3L, 2L, 1L);
    assertThat(ids(backend, pages, 4)).isEmpty();
    assertThat(BOTH.<Boolean>read(backend, sql -> pages.page(sql, 2).hasNext())).isTrue();
    assertThat(BOTH.<Boolean>read(backend, sql -> pages.page(sql, 3).hasNext())).isFalse();
  }

  private static RowCount total(Backend backend, OffsetPages<Event> pages) {
    return BOTH.read(backend, sql -> pages.page(sql, 1).total());
  }

  private static List<Long> ids(Backend backend, OffsetPages<Event> pages, int number) {
    return BOTH.read(
        backend, sql -> pages.page(sql, number).rows().stream().map(Event::id).toList());
  }

  private static String deepPlan(DSLContext sql, Ordering ordering) {
    List<String> plans = deepPlans(sql, ordering, 10_000);
    assertThat(plans).hasSize(1);
    return plans.get(0);
  }

  /** The plans of the page behind so many rows. */
  private static List<String> deepPlans(DSLContext sql, Ordering ordering, int behind) {
    Keyset<Event> pages = Keyset.over(selectFrom(EVENTS), ordering, KEYS).size(5000);
    KeysetPage<Event> page = pages.first(sql);
    for (int rows = 5000; rows < behind; rows += 5000) {
      page = pages.at(sql, page.nextToken());
    }
    return pages.size(20).queries(sql, page.nextToken()).stream()
        .map(query -> plan(sql, query))
        .toList();
  }

  private static String plan(DSLContext sql, Select<?> query) {
    boolean sqlite = sql.family() == SQLDialect.SQLITE;
    int column = sqlite ? 3 : 0;
    String explain = sqlite ? "explain query plan " : "explain ";
    return sql.fetch(explain + sql.renderInlined(query)).stream()
        .map(row -> String.valueOf(row.get(column)))
        .collect(Collectors.joining("\n"));
  }
}
