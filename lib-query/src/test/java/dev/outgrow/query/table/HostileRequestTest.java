package dev.outgrow.query.table;

import static dev.outgrow.query.fixture.Events.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.outgrow.database.Backend;
import dev.outgrow.query.fixture.BothBackends;
import dev.outgrow.query.fixture.Events;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Requests that no browser would send: never an SQL error, an unlisted column or a row too many.
 */
class HostileRequestTest {
  private static final int REQUESTS = Boolean.getBoolean("outgrow.exhaustive") ? 100_000 : 5_000;
  private static final int ROWS = 200;
  private static final long SCOPE = 10;
  private static final BothBackends BOTH = BothBackends.open();
  private static final Set<String> LISTED =
      Set.of("id", "started", "kind", "title", "score", "amount", "seen");
  private static final ServerTable TABLE =
      ServerTable.from(EVENTS)
          .column("id", EVENTS.id, Search.EQUALS)
          .column("started", EVENTS.started, Search.RANGE)
          .column("kind", EVENTS.kind, Search.IN)
          .column("title", EVENTS.title, Search.CONTAINS)
          .column("score", EVENTS.score, Search.RANGE)
          .column("amount", EVENTS.amount, Search.RANGE)
          .column("seen", EVENTS.seen, Search.RANGE)
          .unordered("seen")
          .scope(EVENTS.started.lt(SCOPE))
          .maximumLength(50)
          .build();

  private static final List<String> EVIL =
      List.of(
          "'",
          "\"",
          "';drop table event;--",
          "1 or 1=1",
          "\" desc, (select 1)--",
          "%",
          "_",
          "!",
          "%%%",
          "\\",
          "\\%",
          "t1",
          "T",
          "1",
          "-1",
          "0",
          "99999999999999999999",
          "1e400",
          "1e999",
          "NaN",
          "Infinity",
          "0x10",
          "1.5",
          "..",
          "1..5",
          "..5",
          "1..",
          "5..1",
          "1...5",
          "|",
          "1|2",
          "||||",
          "\0",
          "a\0b",
          "\ud800",
          "\udc00x",
          "é",
          "ß",
          "İ",
          "😀",
          "true",
          "false",
          "TRUE",
          "null",
          "",
          " ",
          "2026-01-01T00:00:00Z",
          "+999999999-12-31T23:59:59Z",
          "-999999999-01-01T00:00:00Z",
          "1970-01-01T00:00:00Z..1970-01-01T00:00:03Z",
          "2026-02-30",
          "١٢",
          "00000000-0000-0000-0000-000000000001",
          "id",
          "title",
          "secret",
          "event.title",
          "event\".\"title",
          "pg_sleep(10)",
          "$1",
          "?",
          "{0}",
          ":a",
          "/*",
          "--",
          "asc",
          "desc",
          "ASC",
          "desc nulls first",
          "x".repeat(200),
          "y".repeat(201),
          "1|".repeat(150),
          "9".repeat(60) + "." + "9".repeat(60),
          "function",
          "\n\r\t",
          "\u202e");

  private static final List<String> NAMES =
      List.of(
          "draw",
          "start",
          "length",
          "search[value]",
          "search[regex]",
          "search[fixed][0][term]",
          "search[fixed][0][name]",
          "search",
          "order",
          "columns",
          "order[0][column]",
          "order[0][dir]",
          "order[1][column]",
          "order[1][dir]",
          "order[0][name]",
          "order[-1][column]",
          "order[00][column]",
          "order[9999999999][dir]",
          "order[0][column][x]",
          "columns[0]",
          "columns[0][data]",
          "columns[0][searchable]",
          "columns[0][orderable]",
          "columns[0][search][value]",
          "columns[0][search][regex]",
          "columns[1][data]",
          "columns[2][search][value]",
          "columns[3][data]",
          "columns[5][data]",
          "columns[0][search][fixed][0][term]",
          "columns[0][columnControl][search][value]",
          "columns[300][data]",
          "searchBuilder[criteria][0][data]",
          "searchPanes[title][0]",
          "_",
          "columns[title][data]",
          "columns[0][data",
          "columns[0]]",
          "draw[]",
          "__proto__",
          "",
          "length[0]");

  @BeforeAll
  static void fill() {
    Events.create(BOTH);
    BOTH.write(
        sql -> {
          for (long id = 1; id <= ROWS; id++) {
            sql.insertInto(EVENTS).set(Events.random(new Random(id), id)).execute();
          }
          sql.insertInto(EVENTS)
              .set(EVENTS.id, 900L)
              .set(EVENTS.started, 1L)
              .set(EVENTS.title, "100%_!\\ 'q' T1")
              .execute();
        });
  }

  @AfterAll
  static void close() {
    BOTH.close();
  }

  @ParameterizedTest
  @EnumSource
  void areRefusedOrHarmless(Backend backend) {
    Random random = new Random(4);
    int[] answered = new int[1];
    BOTH.<Boolean>read(
        backend,
        sql -> {
          long inScope = sql.fetchCount(EVENTS, EVENTS.started.lt(SCOPE));
          for (int i = 0; i < REQUESTS; i++) {
            Map<String, String> request = request(random);
            if (answers(sql, request, random.nextBoolean(), inScope)) {
              answered[0]++;
            }
          }
          return true;
        });
    // Harmless is only shown by those that were answered.
    assertThat(answered[0]).isBetween(REQUESTS / 10, REQUESTS - REQUESTS / 10);
  }

  private static boolean answers(
      DSLContext sql, Map<String, String> request, boolean asJson, long inScope) {
    TableResult result;
    try {
      result = TABLE.fetch(sql, asJson ? TableRequest.parseJson(json(request)) : parse(request));
    } catch (TableRequestException refused) {
      assertThat(refused.getMessage()).doesNotContain("drop table", "\n").hasSizeLessThan(400);
      return false;
    }
    assertThat(result.recordsTotal()).as("%s", request).isEqualTo(inScope);
    assertThat(result.recordsFiltered()).isBetween(0L, inScope);
    assertThat(result.data()).hasSizeLessThanOrEqualTo(50);
    for (Map<String, @Nullable Object> row : result.data()) {
      assertThat(row.keySet()).isEqualTo(LISTED);
      assertThat((Long) row.get("started")).isLessThan(SCOPE);
    }
    assertThat(result.toJson()).startsWith("{\"draw\":");
    return true;
  }

  private static TableRequest parse(Map<String, String> request) {
    Map<String, String[]> parameters = new LinkedHashMap<>();
    request.forEach((name, value) -> parameters.put(name, new String[] {value}));
    return TableRequest.parse(parameters);
  }

  /** A request as a browser sends it, with a few things in it that it would not send. */
  private static Map<String, String> request(Random random) {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("draw", String.valueOf(random.nextInt(100)));
    request.put("start", String.valueOf(random.nextInt(300)));
    request.put("length", String.valueOf(1 + random.nextInt(50)));
    request.put("search[value]", random.nextInt(3) == 0 ? any(random, EVIL) : "");
    request.put("search[regex]", "false");
    List<String> columns = List.copyOf(new TreeSet<>(LISTED));
    for (int i = 0; i < columns.size(); i++) {
      String path = "columns[" + i + "]";
      request.put(path + "[data]", columns.get(i));
      request.put(path + "[name]", "");
      request.put(path + "[searchable]", String.valueOf(random.nextBoolean()));
      request.put(path + "[orderable]", "true");
      request.put(path + "[search][value]", random.nextInt(8) == 0 ? any(random, EVIL) : "");
      request.put(path + "[search][regex]", "false");
    }
    request.put("order[0][column]", String.valueOf(random.nextInt(8)));
    request.put("order[0][dir]", random.nextBoolean() ? "asc" : "desc");
    for (int i = random.nextInt(3); i > 0; i--) {
      request.put(any(random, NAMES), any(random, EVIL));
    }
    if (random.nextInt(10) == 0) {
      request.remove(any(random, NAMES));
    }
    return request;
  }

  private static String any(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** The parts of a request that JSON has a place for. */
  private static String json(Map<String, String> request) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      for (String number : List.of("draw", "start", "length")) {
        if (request.containsKey(number)) {
          json.writeStringField(number, request.get(number));
        }
      }
      json.writeObjectFieldStart("search");
      json.writeStringField("value", request.getOrDefault("search[value]", ""));
      json.writeStringField("regex", request.getOrDefault("search[regex]", "false"));
      json.writeArrayFieldStart("fixed");
      json.writeEndArray();
      json.writeEndObject();
      json.writeArrayFieldStart("columns");
      for (int i = 0; request.containsKey("columns[" + i + "][data]"); i++) {
        String path = "columns[" + i + "]";
        json.writeStartObject();
        json.writeStringField("data", request.get(path + "[data]"));
        json.writeObjectFieldStart("search");
        json.writeStringField("value", request.getOrDefault(path + "[search][value]", ""));
        json.writeBooleanField("regex", false);
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("order");
      json.writeStartObject();
      json.writeStringField("column", request.getOrDefault("order[0][column]", ""));
      json.writeStringField("dir", request.getOrDefault("order[0][dir]", ""));
      json.writeEndObject();
      json.writeEndArray();
      json.writeStringField("_", "1");
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return text.toString();
  }
}
