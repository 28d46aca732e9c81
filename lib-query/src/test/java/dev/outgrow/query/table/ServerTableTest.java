package dev.outgrow.query.table;

import static dev.outgrow.query.fixture.Events.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.fixture.BothBackends;
import dev.outgrow.query.fixture.Events;
import dev.outgrow.query.fixture.Events.Event;
import dev.outgrow.query.table.TableRequest.Column;
import dev.outgrow.query.table.TableRequest.Order;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTableTest {
  private static final BothBackends BOTH = BothBackends.open();
  private static final List<Event> ROWS = new ArrayList<>();
  private static final ServerTable TABLE =
      ServerTable.from(EVENTS)
          .column("id", EVENTS.id)
          .column("started", EVENTS.started, Search.RANGE)
          .column("kind", EVENTS.kind, Search.IN)
          .column("title", EVENTS.title, Search.CONTAINS)
          .column("score", EVENTS.score, Search.EQUALS)
          .column("amount", EVENTS.amount, Search.RANGE)
          .column("seen", EVENTS.seen, Search.RANGE)
          .scope(EVENTS.id.gt(5L))
          .build();

  @BeforeAll
  static void fill() {
    Events.create(BOTH);
    Random random = new Random(9);
    List<String> titles =
        List.of(
            "100%", "100_", "1000", "a!b", "AbC", "ABC ÄÖ", "abc äö", "back\\slash", "it's", "%");
    for (long id = 1; id <= 60; id++) {
      Event row = Events.random(random, id);
      if (row.get(EVENTS.title) != null) {
        row.set(EVENTS.title, titles.get(random.nextInt(titles.size())));
      }
      ROWS.add(row);
    }
    BOTH.write(sql -> ROWS.forEach(row -> sql.insertInto(EVENTS).set(row).execute()));
  }

  @AfterAll
  static void close() {
    BOTH.close();
  }

  /** A search with the rows that it is to find. */
  record Case(String column, String term, Predicate<Event> finds) {}

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String term : List.of("100%", "100_", "%", "_", "!", "\\", "'", "aBc", "ÄÖ", "0", "zz")) {
      cases.add(new Case("title", term, row -> holds(row.get(EVENTS.title), term)));
    }
    cases.add(
        new Case(
            "started",
            "3..7",
            row -> row.get(EVENTS.started) >= 3 && row.get(EVENTS.started) <= 7));
    cases.add(new Case("started", "..4", row -> row.get(EVENTS.started) <= 4));
    cases.add(new Case("started", "15..", row -> row.get(EVENTS.started) >= 15));
    cases.add(new Case("started", "7", row -> row.get(EVENTS.started) == 7));
    cases.add(new Case("started", "7..x", row -> false));
    cases.add(new Case("started", "x", row -> false));
    cases.add(
        new Case("kind", "0|2", row -> row.get(EVENTS.kind) != null && row.get(EVENTS.kind) != 1));
    cases.add(new Case("kind", "1|x", row -> Objects.equals(row.get(EVENTS.kind), 1)));
    cases.add(new Case("score", "1", row -> Objects.equals(row.get(EVENTS.score), 1.0)));
    cases.add(
        new Case(
            "amount",
            "0.01..0.030",
            row ->
                row.get(EVENTS.amount) != null
                    && row.get(EVENTS.amount).compareTo(new BigDecimal("0.01")) >= 0
                    && row.get(EVENTS.amount).compareTo(new BigDecimal("0.03")) <= 0));
    cases.add(
        new Case(
            "seen",
            "1970-01-01T01:00:01+01:00..",
            row ->
                row.get(EVENTS.seen) != null
                    && !row.get(EVENTS.seen).isBefore(Instant.ofEpochSecond(1))));
    return cases;
  }

  /** Where an outer join finds nothing, also a column is null that never is in its table. */
  @ParameterizedTest
  @EnumSource
  void putsRowsLastForWhichAnOuterJoinFindsNone(Backend backend) {
    Table<Event> later = EVENTS.as("later");
    ServerTable table =
        ServerTable.from(EVENTS.leftJoin(later).on(later.field(EVENTS.id).eq(EVENTS.id.plus(40L))))
            .column("id", EVENTS.id)
            .column("started", later.field(EVENTS.started))
            .tieBreaker(EVENTS.id)
            .build();
    List<Column> columns =
        List.of(
            new Column("id", true, true, List.of()), new Column("started", true, true, List.of()));
    TableRequest request =
        new TableRequest(1, 0, 25, List.of(), columns, List.of(new Order(1, true)));

    List<Map<String, Object>> rows = BOTH.read(backend, sql -> table.fetch(sql, request).data());

    assertThat(rows.subList(0, 20)).allSatisfy(row -> assertThat(row.get("started")).isNotNull());
    assertThat(rows.subList(20, 25)).allSatisfy(row -> assertThat(row.get("started")).isNull());
  }

  @ParameterizedTest
  @EnumSource
  void findsByEachKindOfSearchWhatAnOracleFinds(Backend backend) {
    for (Case each : cases()) {
      TableRequest request =
          request("", List.of(new Column(each.column(), true, true, List.of(each.term()))));
      List<Long> expected =
          ROWS.stream()
              .filter(row -> row.id() > 5)
              .filter(each.finds())
              .map(Event::id)
              .sorted()
              .toList();

      TableResult result = fetch(backend, request);

      assertThat(ids(result)).as("%s", each).isEqualTo(expected);
      assertThat(result.recordsFiltered()).isEqualTo(expected.size());
      assertThat(result.recordsTotal()).isEqualTo(55);
    }
  }

  @ParameterizedTest
  @EnumSource
  void searchesAllColumnsThatTheRequestLeavesIn(Backend backend) {
    TableResult both =
        fetch(backend, request("1", List.of(named("title", true), named("kind", true))));
    TableResult one =
        fetch(backend, request("1", List.of(named("title", false), named("kind", true))));

    assertThat(ids(both))
        .isEqualTo(
            expected(
                row ->
                    holds(row.get(EVENTS.title), "1") || Objects.equals(row.get(EVENTS.kind), 1)));
    assertThat(ids(one)).isEqualTo(expected(row -> Objects.equals(row.get(EVENTS.kind), 1)));
    assertThat(ids(fetch(backend, request("1", List.of(named("id", true)))))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void ordersByManyColumnsWithNullsLastAndTurnsPages(Backend backend) {
    TableRequest request =
        new TableRequest(
            3,
            10,
            20,
            List.of(),
            List.of(named("kind", true), named("started", true)),
            List.of(new Order(0, true), new Order(1, false)));
    Comparator<Integer> kinds = Comparator.nullsLast(Comparator.reverseOrder());
    List<Long> expected =
        ROWS.stream()
            .filter(row -> row.id() > 5)
            .sorted(
                Comparator.comparing((Event row) -> row.get(EVENTS.kind), kinds)
                    .thenComparing(row -> row.get(EVENTS.started))
                    .thenComparing(Event::id))
            .skip(10)
            .limit(20)
            .map(Event::id)
            .toList();

    TableResult result = fetch(backend, request);

    assertThat(ids(result)).isEqualTo(expected);
    assertThat(result.draw()).isEqualTo(3);
  }

  /** Of a join the rows are found first; from the middle on, from the other end. */
  @ParameterizedTest
  @EnumSource
  void turnsThePagesOfAJoinFromEitherEnd(Backend backend) {
    Table<?> names =
        DSL.select(EVENTS.id.as("of"), EVENTS.title.as("name")).from(EVENTS).asTable("n");
    Field<String> name = DSL.field(DSL.name("n", "name"), SQLDataType.CLOB);
    ServerTable joined =
        ServerTable.from(
                EVENTS
                    .leftJoin(names)
                    .on(EVENTS.id.plus(1L).eq(DSL.field(DSL.name("n", "of"), SQLDataType.BIGINT))))
            .column("id", EVENTS.id)
            .column("kind", EVENTS.kind)
            .column("name", name, Search.CONTAINS)
            .tieBreaker(EVENTS.id)
            .build();
    Comparator<Integer> kinds = Comparator.nullsLast(Comparator.naturalOrder());
    List<Long> expected =
        ROWS.stream()
            .sorted(
                Comparator.comparing((Event row) -> row.get(EVENTS.kind), kinds)
                    .thenComparing(Event::id))
            .map(Event::id)
            .toList();

    for (int length : new int[] {1, 7, 60, 100}) {
      List<Long> pages = new ArrayList<>();
      for (int start = 0; start < ROWS.size() + length; start += length) {
        TableRequest request =
            new TableRequest(
                1,
                start,
                length,
                List.of(),
                List.of(named("kind", false), named("name", true)),
                List.of(new Order(0, false)));
        TableResult page = BOTH.read(backend, sql -> joined.fetch(sql, request));
        assertThat(page.recordsTotal()).isEqualTo(ROWS.size());
        pages.addAll(ids(page));
      }
      assertThat(pages).as("%d rows a page", length).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersInTheProtocol(Backend backend) {
    ServerTable table =
        ServerTable.from(EVENTS)
            .column("id", EVENTS.id)
            .column("what \"it\" is", EVENTS.kind)
            .build();

    String json =
        BOTH.<TableResult>read(
                backend,
                sql -> table.fetch(sql, new TableRequest(7, 0, 1, List.of(), List.of(), List.of())))
            .toJson();

    assertThat(json)
        .isEqualTo(
            "{\"draw\":7,\"recordsTotal\":60,\"recordsFiltered\":60,\"data\":[{\"id\":1,\"what \\\"it\\\" is\":"
                + ROWS.get(0).get(EVENTS.kind)
                + "}]}");
  }

  @Test
  void readsParametersAndJsonAlike() {
    Map<String, String[]> parameters = parameters();
    String json =
        "{\"draw\":1,\"start\":0,\"length\":10,\"_\":{\"any\":[1]},"
            + "\"search\":{\"value\":\"x\",\"regex\":false,\"fixed\":[{\"name\":\"f\",\"term\":\"y\"}]},"
            + "\"columns\":[{\"data\":\"id\",\"name\":\"\",\"searchable\":true,\"orderable\":true,"
            + "\"search\":{\"value\":\"\",\"regex\":false,\"fixed\":[]}},{\"data\":null}],"
            + "\"order\":[{\"column\":0,\"dir\":\"desc\",\"name\":\"\"}]}";
    TableRequest expected =
        new TableRequest(
            1,
            0,
            10,
            List.of("x", "y"),
            List.of(new Column("id", true, true, List.of()), new Column("", true, true, List.of())),
            List.of(new Order(0, true)));

    assertThat(TableRequest.parse(parameters)).isEqualTo(expected);
    assertThat(TableRequest.parseJson(json)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "draw=",
        "draw=x",
        "draw=1.0",
        "draw=+1",
        "draw=١",
        "start=-1",
        "start=9999999999",
        "length=0x1",
        "length=-1",
        "search[regex]=true",
        "search[regex]=yes",
        "search[fixed][0][term]=function",
        "columns[0][search][regex]=true",
        "columns[0][searchable]=1",
        "columns[5][data]=id",
        "columns[0][columnControl][search][value]=x",
        "order[0][dir]=DESC",
        "order[0][column]=",
        "order[2][column]=0",
        "searchBuilder[logic]=AND",
        "searchPanes[title][0]=x",
        "order=0",
        "columns[00][data]=id"
      })
  void refusesWhatIsNotOfTheProtocol(String parameter) {
    Map<String, String[]> parameters = parameters();
    int equals = parameter.indexOf('=');
    String name = parameter.substring(0, equals);
    parameters.put(name, new String[] {parameter.substring(equals + 1)});

    assertThatExceptionOfType(TableRequestException.class)
        .isThrownBy(() -> TableRequest.parse(parameters))
        .satisfies(refusal -> assertThat(name).startsWith(refusal.parameter()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "1",
        "null",
        "{",
        "{}",
        "{\"draw\":1}",
        "{\"draw\":1,\"draw\":2,\"start\":0,\"length\":1}",
        "{\"draw\":1,\"start\":0,\"length\":1} x",
        "{\"draw\":[1],\"start\":0,\"length\":1}",
        "{\"draw\":1,\"start\":0,\"length\":1,\"columns\":{\"a\":{\"data\":\"id\"}}}",
        "{\"draw\":1e1,\"start\":0,\"length\":1}",
        "{\"draw\":1,\"start\":0,\"length\":1,\"order\":[[[[[[[[[[[[[[]]]]]]]]]]]]]]}"
      })
  void refusesJsonThatIsNotOfTheProtocol(String json) {
    assertThatExceptionOfType(TableRequestException.class)
        .isThrownBy(() -> TableRequest.parseJson(json));
  }

  @Test
  void refusesParametersWithoutAValueOrWithTwo() {
    for (String[] values : List.of(new String[0], new String[] {"1", "1"})) {
      Map<String, String[]> parameters = parameters();
      parameters.put("draw", values);
      assertThatExceptionOfType(TableRequestException.class)
          .isThrownBy(() -> TableRequest.parse(parameters));
    }
  }

  @Test
  void refusesWhatIsNotOnTheList() {
    for (TableRequest request :
        List.of(
            request("", List.of(named("secret", true))),
            request("", List.of(new Column("id", true, true, List.of("1")))),
            request("", List.of(new Column("", true, true, List.of("1")))),
            request("x".repeat(201), List.of()),
            new TableRequest(1, 0, 501, List.of(), List.of(), List.of()),
            new TableRequest(1, 0, 0, List.of(), List.of(), List.of()),
            new TableRequest(1, 0, 1, List.of(), List.of(), List.of(new Order(0, true))),
            new TableRequest(
                1, 0, 1, List.of(), List.of(named("", true)), List.of(new Order(0, true))))) {
      assertThatExceptionOfType(TableRequestException.class)
          .isThrownBy(() -> fetch(Backend.SQLITE, request));
    }
  }

  @Test
  void refusesSearchesThatAColumnsTypeDoesNotHave() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ServerTable.from(EVENTS).column("id", EVENTS.id, Search.CONTAINS));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ServerTable.from(EVENTS).column("id", EVENTS.id).column("id", EVENTS.id));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ServerTable.from(EVENTS).build());
  }

  private static Map<String, String[]> parameters() {
    Map<String, String[]> parameters = new LinkedHashMap<>();
    String[] all = {
      "draw=1",
      "start=0",
      "length=10",
      "search[value]=x",
      "search[regex]=false",
      "search[fixed][0][name]=f",
      "search[fixed][0][term]=y",
      "columns[0][data]=id",
      "columns[0][name]=",
      "columns[0][searchable]=true",
      "columns[0][orderable]=true",
      "columns[0][search][value]=",
      "columns[0][search][regex]=false",
      "columns[1][data]=",
      "order[0][column]=0",
      "order[0][dir]=desc",
      "order[0][name]=",
      "_=123"
    };
    for (String each : all) {
      int equals = each.indexOf('=');
      parameters.put(each.substring(0, equals), new String[] {each.substring(equals + 1)});
    }
    return parameters;
  }

  private static TableRequest request(String term, List<Column> columns) {
    List<String> terms = term.isEmpty() ? List.of() : List.of(term);
    return new TableRequest(1, 0, 500, terms, columns, List.of());
  }

  private static Column named(String name, boolean searchable) {
    return new Column(name, searchable, true, List.of());
  }

  private static TableResult fetch(Backend backend, TableRequest request) {
    return BOTH.read(backend, sql -> TABLE.fetch(sql, request));
  }

  private static List<Long> expected(Predicate<Event> finds) {
    return ROWS.stream().filter(row -> row.id() > 5).filter(finds).map(Event::id).toList();
  }

  private static List<Long> ids(TableResult result) {
    return result.data().stream().map(row -> (Long) Objects.requireNonNull(row.get("id"))).toList();
  }

  private static boolean holds(String text, String term) {
    return text != null && ascii(text).contains(ascii(term));
  }

  private static String ascii(String text) {
    StringBuilder folded = new StringBuilder();
    text.chars()
        .forEach(
            c ->
                folded.append(
                    c < 128 ? String.valueOf((char) c).toLowerCase(Locale.ROOT) : (char) c + ""));
    return folded.toString();
  }
}
