package dev.outgrow.query.lateral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.fixture.BothBackends;
import dev.outgrow.query.fixture.JvmZone;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jooq.Field;
import org.jooq.InsertValuesStep5;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Children beside their parents and the latest of groups, against the same worked out in Java. */
class LateralPropertyTest {
  private static final int ROWS = Boolean.getBoolean("outgrow.exhaustive") ? 500 : 40;
  private static final Table<Record> USERS = table(name("users")).as("u");
  private static final Field<Integer> USER = field(name("u", "id"), Integer.class);
  private static final Field<String> KIND = field(name("u", "kind"), String.class);
  private static final Table<Record> SESSIONS = table(name("sessions"));
  private static final Field<Integer> ID = field(name("sessions", "id"), Integer.class);
  private static final Field<Integer> USER_ID = field(name("sessions", "user_id"), Integer.class);
  private static final Field<String> OF_KIND = field(name("sessions", "kind"), String.class);
  private static final Field<Long> STARTED = field(name("sessions", "started"), Long.class);
  private static final Field<Integer> MINUTES = field(name("sessions", "minutes"), Integer.class);

  private static final Field<Integer> COUNT = count().as("n");
  private static final Field<BigDecimal> SUM = sum(MINUTES).as("total");
  private static final Field<Long> LAST = max(STARTED).as("last");
  private static final int MOST_USERS = 5;

  private static @Nullable BothBackends both;

  private record Session(
      int id, @Nullable Integer user, String kind, @Nullable Long started, int minutes) {}

  private record Line(
      int user,
      int count,
      @Nullable Long sum,
      @Nullable Long last,
      @Nullable Integer latest,
      @Nullable Long started) {}

  @BeforeContainer
  static void createTheTables() {
    both = BothBackends.open();
    both.execute(
        "create table users (id integer, kind text)",
        "create table sessions"
            + " (id integer, user_id integer, kind text, started bigint, minutes integer)");
    both.write(
        sql -> {
          for (int user = 1; user <= MOST_USERS; user++) {
            sql.execute("insert into users values (?, ?)", user, user % 2 == 0 ? "tv" : "web");
          }
        });
  }

  @AfterContainer
  static void close() {
    both().close();
  }

  private static BothBackends both() {
    return Objects.requireNonNull(both);
  }

  @Provide
  Arbitrary<List<Session>> sessions() {
    return Combinators.combine(
            Arbitraries.integers().between(1, MOST_USERS + 2).injectNull(0.1),
            Arbitraries.of("tv", "web"),
            Arbitraries.longs().between(1, 9).injectNull(0.2),
            Arbitraries.integers().between(-3, 90))
        .as((user, kind, started, minutes) -> new Session(0, user, kind, started, minutes))
        .list()
        .ofMaxSize(ROWS)
        .map(LateralPropertyTest::numbered);
  }

  private static List<Session> numbered(List<Session> sessions) {
    List<Session> numbered = new ArrayList<>();
    for (Session each : sessions) {
      numbered.add(
          new Session(numbered.size(), each.user(), each.kind(), each.started(), each.minutes()));
    }
    return numbered;
  }

  @Property(tries = 25, seed = "3")
  void putsTotalsAndTheLatestBesideEachParent(@ForAll("sessions") List<Session> sessions) {
    JvmZone.inEach(() -> checkChildren(sessions));
  }

  private static void checkChildren(List<Session> sessions) {
    fill(sessions);
    Children children = Children.of(SESSIONS).by(USER_ID, USER);
    Children long20 = children.where(MINUTES.ge(20));
    Children sameKind = children.by(OF_KIND, KIND);
    check(children, sessions);
    check(long20, sessions.stream().filter(each -> each.minutes() >= 20).toList());
    check(
        sameKind,
        sessions.stream()
            .filter(each -> each.user() != null && kind(each.user()).equals(each.kind()))
            .toList());
  }

  private static String kind(int user) {
    return user % 2 == 0 ? "tv" : "web";
  }

  private static void check(Children children, List<Session> counted) {
    List<Line> expected = new ArrayList<>();
    for (int user = 1; user <= MOST_USERS; user++) {
      expected.add(line(user, counted));
    }
    expected.sort(Comparator.comparingInt(Line::count).reversed().thenComparing(Line::user));
    Beside totals = children.totals("t", COUNT, SUM, LAST);
    Beside latest = children.latest("l", STARTED.desc(), ID.asc());
    for (Backend backend : Backend.values()) {
      List<Line> lines =
          both()
              .read(
                  backend,
                  sql ->
                      sql.select(
                              USER,
                              totals.get(COUNT),
                              totals.get(SUM),
                              totals.get(LAST),
                              latest.get(ID).as("latest"),
                              latest.get(STARTED))
                          .from(latest.besideEach(totals.besideEach(USERS)))
                          .where(USER.gt(0))
                          .orderBy(totals.get(COUNT).desc(), USER)
                          .fetch(LateralPropertyTest::read));

      assertThat(lines).as(backend.title()).isEqualTo(expected);
    }
  }

  private static Line read(Record row) {
    BigDecimal sum = row.get(SUM);
    return new Line(
        row.get(USER),
        row.get(COUNT),
        sum == null ? null : sum.longValueExact(),
        row.get(LAST),
        row.get("latest", Integer.class),
        row.get("started", Long.class));
  }

  private static Line line(int user, List<Session> all) {
    List<Session> own =
        all.stream()
            .filter(each -> Objects.equals(each.user(), user))
            .sorted(latestFirst())
            .toList();
    Long last =
        own.stream()
            .map(Session::started)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(null);
    return own.isEmpty()
        ? new Line(user, 0, null, null, null, null)
        : new Line(
            user,
            own.size(),
            own.stream().mapToLong(Session::minutes).sum(),
            last,
            own.get(0).id(),
            own.get(0).started());
  }

  private static Comparator<Session> latestFirst() {
    Comparator<@Nullable Long> newest = Comparator.nullsLast(Comparator.reverseOrder());
    return Comparator.comparing(Session::started, newest).thenComparing(Session::id);
  }

  /** jOOQ's distinctOn on SQLite says "no such column" where the order is not selected. */
  @Property(tries = 25, seed = "4")
  void findsTheFirstOfEachGroupWhateverIsSelected(@ForAll("sessions") List<Session> sessions) {
    JvmZone.inEach(() -> checkFirst(sessions));
  }

  private static void checkFirst(List<Session> sessions) {
    fill(sessions);
    for (int count : List.of(1, 3)) {
      List<Integer> expected = new ArrayList<>();
      for (Session each : sessions) {
        long before =
            sessions.stream()
                .filter(other -> Objects.equals(other.user(), each.user()))
                .filter(other -> latestFirst().compare(other, each) < 0)
                .count();
        if (before < count) {
          expected.add(each.id());
        }
      }
      Latest latest = Latest.of(SESSIONS).per(USER_ID).by(STARTED.desc(), ID.asc()).first(count);
      for (Backend backend : Backend.values()) {
        assertThat(
                both()
                    .<List<Integer>>read(
                        backend,
                        sql ->
                            sql.fetch(latest.select(ID).orderBy(field(name("id"))))
                                .map(row -> row.get("id", Integer.class))))
            .as(backend.title())
            .isEqualTo(expected);
      }
    }
  }

  @Example
  void asksPostgresOnlyForChildrenOfWantedParents() {
    Beside totals = Children.of(SESSIONS).by(USER_ID, USER).totals("t", COUNT);

    assertThat(
            DSL.using(org.jooq.SQLDialect.POSTGRES)
                .render(DSL.select(totals.get(COUNT)).from(totals.besideEach(USERS))))
        .contains("left join lateral (select count(*) as \"n\" from \"sessions\" where")
        .contains("\"users\" as \"u\" left join");
  }

  @Example
  void refusesChildrenWithoutAParentAndGroupsWithoutAnOrder() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Children.of(SESSIONS).totals("t", COUNT))
        .withMessageContaining("by(");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Children.of(SESSIONS).by(USER_ID, USER).latest("l"));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Latest.of(SESSIONS).per(USER_ID).select(ID))
        .withMessageContaining("order");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Latest.of(SESSIONS).first(0));
  }

  private static void fill(List<Session> sessions) {
    both()
        .write(
            sql -> {
              sql.deleteFrom(SESSIONS).execute();
              InsertValuesStep5<Record, Integer, Integer, String, Long, Integer> insert =
                  sql.insertInto(SESSIONS, ID, USER_ID, OF_KIND, STARTED, MINUTES);
              for (Session each : sessions) {
                insert =
                    insert.values(
                        each.id(), each.user(), each.kind(), each.started(), each.minutes());
              }
              if (!sessions.isEmpty()) {
                insert.execute();
              }
            });
  }
}
