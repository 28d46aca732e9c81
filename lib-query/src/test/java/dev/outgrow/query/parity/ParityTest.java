package dev.outgrow.query.parity;

import static dev.outgrow.query.fixture.Events.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.avg;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;

import dev.outgrow.database.Backend;
import dev.outgrow.query.Jooq;
import dev.outgrow.query.fixture.BothBackends;
import dev.outgrow.query.fixture.Events;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParityTest {
  private static final BothBackends BOTH = BothBackends.open();

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
    Random random = new Random(8);
    BOTH.execute("delete from event");
    for (long id = 1; id <= 40; id++) {
      Events.Event row = Events.random(random, id);
      BOTH.write(sql -> sql.insertInto(EVENTS).set(row).execute());
    }
  }

  @Test
  void findsNoDifferenceWhereThereIsNone() {
    ParityReport report = parity().compare(sql -> sql.selectFrom(EVENTS));

    assertThat(report.equal()).as("%s", report).isTrue();
    assertThat(report.leftRows()).isEqualTo(40);
    assertThat(report.rightRows()).isEqualTo(40);
  }

  @Test
  void showsEachRowThatDiffers() {
    BOTH.write(
        Backend.SQLITE,
        sql -> {
          sql.update(EVENTS).set(EVENTS.title, "other").where(EVENTS.id.eq(7L)).execute();
          sql.deleteFrom(EVENTS).where(EVENTS.id.eq(9L)).execute();
          sql.insertInto(EVENTS).set(Events.random(new Random(1), 99)).execute();
        });

    ParityReport ordered =
        parity()
            .inOrder()
            .compare(
                sql ->
                    sql.select(EVENTS.id, EVENTS.title)
                        .from(EVENTS)
                        .where(EVENTS.id.lt(9L))
                        .orderBy(EVENTS.id));
    ParityReport report = parity().compare(sql -> sql.select(EVENTS.id, EVENTS.title).from(EVENTS));

    assertThat(ordered.differing()).isEqualTo(1);
    assertThat(ordered.differences().get(0).position()).isEqualTo(6);
    assertThat(ordered.differences().get(0).columns()).containsExactly("title");
    assertThat(ordered.toString()).contains("other", "8 rows left, 8 right, 1 differ");
    assertThat(report.differing()).isEqualTo(4);
    assertThat(report.differences())
        .filteredOn(each -> each.left() == null || each.right() == null)
        .hasSize(4);
  }

  @Test
  void countsTheOrderOnlyWhereItIsAskedFor() {
    boolean[] first = {true};

    Parity parity = parity();
    assertThat(parity.compare(sql -> swapped(sql, first)).equal()).isTrue();
    assertThat(parity.inOrder().compare(sql -> swapped(sql, first)).equal()).isFalse();
  }

  private static ResultQuery<?> swapped(DSLContext sql, boolean[] first) {
    first[0] = !first[0];
    return sql.select(EVENTS.id)
        .from(EVENTS)
        .orderBy(first[0] ? EVENTS.id.asc() : EVENTS.id.desc());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1.00 | 1 | true",
        "cast(1.50 as numeric) | 1.5 | true",
        "cast(0.3 as numeric) | 0.1e0 + 0.2e0 | true",
        "cast(0.30001 as numeric) | 0.3e0 | false",
        "true | 1 | true",
        "false | 1 | false",
        "timestamp with time zone '2026-03-01 10:00:00.5+02' | '2026-03-01T08:00:00.5Z' | true",
        "timestamp with time zone '2026-03-01 10:00:00+02' | '2026-03-01 08:00:00' | true",
        "timestamp with time zone '2026-03-01 10:00:00+02' | '2026-03-01 10:00:00' | false",
        "cast('00000000-0000-0000-0000-00000000000a' as uuid) | '00000000-0000-0000-0000-00000000000a' | true",
        "cast('\\x0aff' as bytea) | x'0aff' | true",
        "cast('\\x0aff' as bytea) | x'0afe' | false",
        "cast(null as text) | null | true",
        "cast(null as text) | '' | false",
        "cast(null as int) | 0 | false",
        "'a' | 'A' | false",
        "'a' | 'a ' | false",
        "'1' | 1 | false",
        "9007199254740993 | 9007199254740992 | false"
      })
  void takesForEqualWhatIsListedAndNothingElse(String postgres, String sqlite, boolean equal) {
    Field<Object> value = field(postgres);
    Field<Object> other = field(sqlite);

    ParityReport report =
        parity()
            .compare(
                sql -> sql.select((sql.family() == SQLDialect.SQLITE ? other : value).as("v")));

    assertThat(report.equal()).as("%s", report).isEqualTo(equal);
  }

  @Test
  void comparesAggregates() {
    assertThat(
            parity()
                .compare(
                    sql ->
                        sql.select(EVENTS.kind, count(), avg(EVENTS.started), inline(1))
                            .from(EVENTS)
                            .groupBy(EVENTS.kind))
                .equal())
        .isTrue();
  }

  @Test
  void documentsWhatItTakesForEqual() throws Exception {
    String table =
        Arrays.stream(Equivalence.values())
            .map(each -> "| " + each + " | " + each.description() + " |")
            .collect(Collectors.joining("\n"));

    assertThat(
            Files.readString(
                Path.of(System.getProperty("outgrow.root"), "docs/pages-and-tables.md")))
        .contains(table);
  }

  private static Parity parity() {
    return Parity.of(
        Jooq.on(BOTH.database(Backend.POSTGRESQL)), Jooq.on(BOTH.database(Backend.SQLITE)));
  }
}
