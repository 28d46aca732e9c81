package dev.outgrow.query.table;

import static dev.outgrow.query.fixture.Events.EVENTS;
import static dev.outgrow.query.table.Labels.LABELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.fixture.BothBackends;
import dev.outgrow.query.fixture.Events;
import dev.outgrow.query.fixture.Events.Event;
import dev.outgrow.query.table.TableRequest.Column;
import dev.outgrow.query.table.TableRequest.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables with lookups, against the same with plain joins. */
class LookupTest {
  private static final int REQUESTS = Boolean.getBoolean("outgrow.exhaustive") ? 5_000 : 60;
  private static final int EVENTS_MADE = 60;
  private static final BothBackends BOTH = BothBackends.open();

  private static final Labels PARENT = LABELS.as("parent");
  private static final Labels BY_NUMBER = LABELS.as("by_number");
  private static final Labels BY_CODE = LABELS.as("by_code");

  private static final Field<String> FULL =
      coalesce(concat(PARENT.name, inline("/"), LABELS.name), LABELS.name, inline("nameless"));

  private static final Field<String> FULL_OR_NULL =
      when(LABELS.id.isNotNull(), FULL).coerce(SQLDataType.CLOB.nullable(true));

  /** By a whole number and over two steps, by a smaller one, by a text. */
  private static final ServerTable LOOKUPS = lookups();

  private static final ServerTable JOINS =
      ServerTable.from(
              EVENTS
                  .leftJoin(LABELS)
                  .on(LABELS.id.eq(EVENTS.started))
                  .leftJoin(PARENT)
                  .on(PARENT.id.eq(LABELS.parent))
                  .leftJoin(BY_NUMBER)
                  .on(BY_NUMBER.number.eq(EVENTS.kind))
                  .leftJoin(BY_CODE)
                  .on(BY_CODE.code.eq(EVENTS.title)))
          .column("id", EVENTS.id, Search.RANGE)
          .column("title", EVENTS.title, Search.CONTAINS)
          .column("full", FULL_OR_NULL, Search.CONTAINS)
          .column("weight", LABELS.weight, Search.RANGE)
          .column("number", BY_NUMBER.name, Search.IN)
          .column("code", BY_CODE.name, Search.PREFIX)
          .scope(EVENTS.id.gt(3L))
          .tieBreaker(EVENTS.id)
          .build();

  private static final List<String> NAMES = LOOKUPS.columns();
  private static final Map<String, List<String>> TERMS =
      Map.of(
          "id", List.of("..40", "20..", "x"),
          "title", List.of("a", "zz"),
          "full", List.of("a", "A/", "nameless", "%", "zz"),
          "weight", List.of("..", "3..5", "4..", "7", "x"),
          "number", List.of("Alpha", "beta|Alpha", "none"),
          "code", List.of("a", "b", ""));

  private static ServerTable lookups() {
    Lookup label = Lookup.of(EVENTS.started, LABELS.id).then(LABELS.parent, PARENT.id);
    Lookup number = Lookup.of(EVENTS.kind, BY_NUMBER.number);
    return ServerTable.from(EVENTS)
        .column("id", EVENTS.id, Search.RANGE)
        .column("title", EVENTS.title, Search.CONTAINS)
        .column("full", label, FULL, Search.CONTAINS)
        .column("weight", label, LABELS.weight, Search.RANGE)
        .column("number", number, BY_NUMBER.name, Search.IN)
        .column("code", Lookup.of(EVENTS.title, BY_CODE.code), BY_CODE.name, Search.PREFIX)
        .scope(EVENTS.id.gt(3L))
        .build();
  }

  @BeforeAll
  static void fill() {
    Events.create(BOTH);
    Labels.create(BOTH);
    Random random = new Random(5);
    List<Event> events = new ArrayList<>();
    for (long id = 1; id <= EVENTS_MADE; id++) {
      events.add(Events.random(random, id));
    }
    Events.fill(BOTH, events);
    List<String> codes = events.stream().map(row -> row.get(EVENTS.title)).distinct().toList();
    // Some refer to nothing, some to what has no name, some to what nobody refers to.
    for (int i = 1; i <= 15; i++) {
      Labels.add(
          BOTH,
          i,
          i == 15 ? null : i - 1,
          i < codes.size() ? codes.get(i) : "code " + i,
          i % 3 == 0 ? null : (long) (i * 2 % 17),
          i % 5 == 0 ? null : List.of("Alpha", "beta", "ALPHA ä", "a%b", "").get(i % 5),
          i % 4 == 0 ? null : (long) (i / 2));
    }
  }

  @AfterAll
  static void close() {
    BOTH.close();
  }

  @ParameterizedTest
  @EnumSource
  void answersWhatPlainJoinsAnswer(Backend backend) {
    Random random = new Random(7);
    int rows = 0;
    for (int i = 0; i < REQUESTS; i++) {
      TableRequest request = request(random);
      TableResult expected = BOTH.read(backend, sql -> JOINS.fetch(sql, request));
      assertThat(BOTH.<TableResult>read(backend, sql -> LOOKUPS.fetch(sql, request)))
          .as("%s", request)
          .isEqualTo(expected);
      rows += expected.data().size();
    }
    assertThat(rows).isGreaterThan(REQUESTS);
  }

  private static TableRequest request(Random random) {
    List<Column> columns = new ArrayList<>();
    for (String name : NAMES) {
      List<String> terms = TERMS.getOrDefault(name, List.of());
      boolean searched = random.nextInt(6) == 0;
      columns.add(
          new Column(
              name,
              random.nextBoolean(),
              true,
              searched ? List.of(terms.get(random.nextInt(terms.size()))) : List.of()));
    }
    List<Order> orders = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      orders.add(new Order(random.nextInt(NAMES.size()), random.nextBoolean()));
    }
    List<String> common =
        random.nextInt(4) == 0
            ? List.of(List.of("a", "4", "zz").get(random.nextInt(3)))
            : List.of();
    return new TableRequest(
        1, random.nextInt(EVENTS_MADE), 1 + random.nextInt(20), common, columns, orders);
  }

  @ParameterizedTest
  @EnumSource
  void findsWhatMoreIsReferredToThanIsSentBack(Backend backend) {
    try (BothBackends many = BothBackends.open()) {
      Events.create(many);
      Labels.create(many);
      many.execute(
          "insert into label (id, name) with recursive numbers (n) as (select 1 union all"
              + " select n + 1 from numbers where n < 20050) select n, 'name ' || n from numbers");
      many.execute(
          "insert into event (id, started) select id, id - 1 from label where id % 100 = 0");
      ServerTable table =
          ServerTable.from(EVENTS)
              .column("name", Lookup.of(EVENTS.started, LABELS.id), LABELS.name, Search.CONTAINS)
              .build();

      for (String term : List.of("name", "name 9", "name 19999")) {
        Column column = new Column("name", true, true, List.of(term));
        TableRequest request =
            new TableRequest(1, 0, 3, List.of(), List.of(column), List.of(new Order(0, true)));
        TableResult result = many.read(backend, sql -> table.fetch(sql, request));

        List<String> found =
            IntStream.rangeClosed(1, 200)
                .mapToObj(i -> "name " + (i * 100 - 1))
                .filter(name -> name.contains(term))
                .sorted(Comparator.reverseOrder())
                .toList();
        assertThat(result.recordsFiltered()).isEqualTo(found.size()).isPositive();
        assertThat(result.data())
            .extracting(row -> row.get("name"))
            .isEqualTo(found.subList(0, Math.min(3, found.size())));
      }
    }
  }

  @Test
  void refusesAKeyOfWhichThereCanBeTwo() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Lookup.of(EVENTS.started, LABELS.weight))
        .withMessageContaining("not unique");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Lookup.of(EVENTS.started, LABELS.id).then(LABELS.name, BY_CODE.name));
  }
}
