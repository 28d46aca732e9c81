package dev.outgrow.query.page;

import static dev.outgrow.query.fixture.Events.EVENTS;
import static dev.outgrow.query.page.Walks.flat;
import static dev.outgrow.query.page.Walks.ids;
import static dev.outgrow.query.page.Walks.oracle;
import static dev.outgrow.query.page.Walks.walk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectDistinct;
import static org.jooq.impl.DSL.selectFrom;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.Jooq;
import dev.outgrow.query.fixture.BothBackends;
import dev.outgrow.query.fixture.Events;
import dev.outgrow.query.fixture.Events.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Select;
import org.jooq.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeysetTest {
  private static final BothBackends BOTH = BothBackends.open();
  private static final TokenKeys KEYS = TokenKeys.random();
  private List<Event> events = List.of();

  @BeforeAll
  static void createTable() {
    Events.create(BOTH);
  }

  @AfterAll
  static void close() {
    BOTH.close();
  }

  @BeforeEach
  void fill() {
    Random random = new Random(1);
    events = new ArrayList<>();
    for (long id = 1; id <= 60; id++) {
      events.add(Events.random(random, id));
    }
    BOTH.write(
        sql -> {
          sql.deleteFrom(EVENTS).execute();
          sql.batch(events.stream().map(event -> sql.insertInto(EVENTS).set(event)).toList())
              .execute();
        });
  }

  @ParameterizedTest
  @EnumSource
  void walksBackFromTheEndToTheFirstRow(Backend backend) {
    Keyset<Event> pages = byStarted().size(7);

    BOTH.<Boolean>read(
        backend,
        sql -> {
          KeysetPage<Event> last = pages.last(sql);
          assertThat(last.next()).isEmpty();
          List<List<Long>> back = walk(last, KeysetPage::previous, pages, sql);
          Collections.reverse(back);
          assertThat(flat(back))
              .isEqualTo(
                  events.stream()
                      .sorted(oracle(List.of(EVENTS.started.desc())))
                      .map(Event::id)
                      .toList());
          return true;
        });
  }

  /** Where an outer join finds nothing, also a column is null that never is in its table. */
  @ParameterizedTest
  @EnumSource
  void walksPastRowsForWhichAnOuterJoinFindsNone(Backend backend) {
    Table<Event> later = EVENTS.as("later");
    Field<Long> started = later.field(EVENTS.started);
    Keyset<Record2<Long, Long>> pages =
        Keyset.over(
                select(EVENTS.id, started)
                    .from(EVENTS)
                    .leftJoin(later)
                    .on(later.field(EVENTS.id).eq(EVENTS.id.plus(40L))),
                Ordering.by(started.desc()).tieBreaker(EVENTS.id),
                KEYS)
            .size(7);
    DSLContext sql = Jooq.on(BOTH.database(backend));

    List<Long> walked = new ArrayList<>();
    KeysetPage<Record2<Long, Long>> page = pages.first(sql);
    page.rows().forEach(row -> walked.add(row.value1()));
    while (page.nextToken() != null) {
      page = pages.at(sql, page.nextToken());
      page.rows().forEach(row -> walked.add(row.value1()));
    }

    List<Long> expected =
        new ArrayList<>(
            events.subList(40, 60).stream()
                .sorted(
                    Comparator.comparing((Event event) -> event.get(EVENTS.started))
                        .thenComparing(Event::id)
                        .reversed())
                .map(event -> event.id() - 40)
                .toList());
    for (long id = 60; id > 20; id--) {
      expected.add(id);
    }
    assertThat(walked).isEqualTo(expected);
  }

  /** What was seen is not seen again and what was there is not missed, whatever comes and goes. */
  @ParameterizedTest
  @EnumSource
  void neitherRepeatsNorMissesARowWhileOthersComeAndGo(Backend backend) {
    Random random = new Random(3);
    DSLContext sql = Jooq.on(BOTH.database(backend));
    Keyset<Event> pages = byStarted().size(4);
    List<Long> untouched = new ArrayList<>(events.stream().map(Event::id).toList());
    List<Long> seen = new ArrayList<>();
    long id = 1000;
    KeysetPage<Event> page = pages.first(sql);
    while (true) {
      seen.addAll(page.rows().stream().map(Event::id).toList());
      long victim = 1L + random.nextInt(60);
      sql.deleteFrom(EVENTS).where(EVENTS.id.eq(victim)).execute();
      untouched.remove(victim);
      sql.insertInto(EVENTS).set(Events.random(random, id++)).execute();
      String next = page.nextToken();
      if (next == null) {
        break;
      }
      page = pages.at(sql, next);
    }
    assertThat(seen).doesNotHaveDuplicates().containsAll(untouched);
  }

  @ParameterizedTest
  @EnumSource
  void leadsBackFromAPageThatTurnedOutEmpty(Backend backend) {
    Keyset<Event> pages = Keyset.over(selectFrom(EVENTS), Ordering.by(EVENTS.id), KEYS).size(10);
    DSLContext sql = Jooq.on(BOTH.database(backend));
    KeysetPage<Event> first = pages.first(sql);
    sql.deleteFrom(EVENTS).where(EVENTS.id.gt(10L)).execute();

    KeysetPage<Event> empty = pages.at(sql, first.nextToken());

    assertThat(empty.rows()).isEmpty();
    assertThat(empty.next()).isEmpty();
    assertThat(ids(pages.at(sql, empty.previousToken()))).isEqualTo(ids(first));
  }

  @ParameterizedTest
  @EnumSource
  void givesTheUsersOwnRecordsAndNothingOfItsOwn(Backend backend) {
    Keyset<Record2<String, Integer>> pages =
        Keyset.over(
            select(EVENTS.title, EVENTS.kind).from(EVENTS).where(EVENTS.title.isNotNull()),
            Ordering.by(lower(EVENTS.title).desc()),
            KEYS);

    Record2<String, Integer> row = BOTH.read(backend, sql -> pages.first(sql).rows().get(0));

    assertThat(row.fields()).containsExactly(EVENTS.title, EVENTS.kind);
    assertThat(row.value1()).isEqualTo("t4");
  }

  @ParameterizedTest
  @EnumSource
  void keepsRecordsOfATableUnchangedAndUpdatable(Backend backend) {
    BOTH.write(
        backend,
        sql -> {
          Event row = byStarted().first(sql).rows().get(0);
          assertThat(row.changed()).isFalse();
          row.set(EVENTS.title, "changed");
          row.attach(sql.configuration());
          assertThat(row.update()).isEqualTo(1);
        });
  }

  /** The driver reads a REAL in a decimal's column with 15 digits, which would skip the row. */
  @ParameterizedTest
  @EnumSource
  void losesNoDigitOfAKey(Backend backend) {
    BOTH.write(
        backend,
        sql -> {
          sql.deleteFrom(EVENTS).execute();
          for (int i = 1; i <= 6; i++) {
            sql.execute(
                "insert into event (id, started, amount, score)"
                    + " values ({0}, 0, 0.1 + 0.2 + 1e-17 * {0}, 0.1e0 + 0.2e0 * {0})",
                inline(i));
          }
          for (Field<?> field : List.of(EVENTS.amount, EVENTS.score)) {
            Keyset<Event> pages = Keyset.over(selectFrom(EVENTS), Ordering.by(field), KEYS).size(1);
            assertThat(flat(walk(pages.first(sql), KeysetPage::next, pages, sql)))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
          }
        });
  }

  static List<Select<?>> unsuitable() {
    return List.of(
        selectFrom(EVENTS).orderBy(EVENTS.id),
        selectFrom(EVENTS).limit(3),
        selectFrom(EVENTS).offset(3),
        select(EVENTS.kind, count()).from(EVENTS).groupBy(EVENTS.kind),
        selectDistinct(EVENTS.kind).from(EVENTS),
        select(EVENTS.id).from(EVENTS).union(select(EVENTS.started).from(EVENTS)));
  }

  @ParameterizedTest
  @MethodSource("unsuitable")
  void refusesSelectsThatAPositionCannotBeAddedTo(Select<?> select) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Keyset.over(select, Ordering.by(EVENTS.id), KEYS));
  }

  @ParameterizedTest
  @EnumSource
  void asksForATieBreakerWhereThereIsNoPrimaryKey(Backend backend) {
    Select<?> join =
        select(EVENTS.id)
            .from(EVENTS.join(EVENTS.as("b")).on(EVENTS.id.eq(EVENTS.as("b").field(EVENTS.id))));

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () -> BOTH.read(backend, Keyset.over(join, Ordering.by(EVENTS.kind), KEYS)::first))
        .withMessageContaining("tieBreaker");
    assertThat(
            BOTH.<Integer>read(
                backend,
                sql ->
                    Keyset.over(join, Ordering.by(EVENTS.kind).tieBreaker(EVENTS.id), KEYS)
                        .first(sql)
                        .rows()
                        .size()))
        .isEqualTo(50);
  }

  private static Keyset<Event> byStarted() {
    return Keyset.over(selectFrom(EVENTS), Ordering.by(EVENTS.started.desc()), KEYS);
  }
}
