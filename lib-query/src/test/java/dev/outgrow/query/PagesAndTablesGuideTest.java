package dev.outgrow.query;

import static dev.outgrow.query.fixture.Events.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectFrom;

import dev.outgrow.database.Backend;
import dev.outgrow.query.export.QueryExport;
import dev.outgrow.query.fixture.BothBackends;
import dev.outgrow.query.fixture.Events;
import dev.outgrow.query.fixture.Events.Event;
import dev.outgrow.query.page.Counting;
import dev.outgrow.query.page.Keyset;
import dev.outgrow.query.page.KeysetPage;
import dev.outgrow.query.page.OffsetPage;
import dev.outgrow.query.page.OffsetPages;
import dev.outgrow.query.page.Ordering;
import dev.outgrow.query.page.TokenKeys;
import dev.outgrow.query.parity.Parity;
import dev.outgrow.query.parity.ParityReport;
import dev.outgrow.query.repository.Repository;
import dev.outgrow.query.table.Lookup;
import dev.outgrow.query.table.Search;
import dev.outgrow.query.table.ServerTable;
import dev.outgrow.query.table.TableRequest;
import dev.outgrow.query.table.TableResult;
import dev.outgrow.query.write.BulkWrite;
import dev.outgrow.query.write.WriteResult;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The code of docs/pages-and-tables.md, which is copied from here. */
class PagesAndTablesGuideTest {
  private static final Path ROOT = Path.of(System.getProperty("outgrow.root"));

  private static final Albums ALBUMS = new Albums();

  private final BothBackends both = BothBackends.open();
  private final List<Event> rows = new ArrayList<>();

  @BeforeEach
  void fill() {
    Events.create(both);
    Random random = new Random(6);
    for (long id = 1; id <= 60; id++) {
      rows.add(Events.random(random, id));
    }
    both.write(sql -> BulkWrite.into(EVENTS).insertOrIgnore(sql, rows));
  }

  @AfterEach
  void close() {
    both.close();
  }

  @ParameterizedTest
  @EnumSource
  void turnsPages(Backend backend) {
    DSLContext sql = Jooq.on(both.database(backend));
    TokenKeys keys = TokenKeys.random();
    // begin keyset
    Keyset<Event> pages =
        Keyset.over(selectFrom(EVENTS), Ordering.by(EVENTS.started.desc(), EVENTS.title), keys)
            .size(20);
    KeysetPage<Event> first = pages.first(sql);
    KeysetPage<Event> second = pages.at(sql, first.nextToken());
    KeysetPage<Event> again = pages.at(sql, second.previousToken());
    // end keyset
    assertThat(again.rows()).isEqualTo(first.rows()).hasSize(20);

    // begin offset
    OffsetPage<Event> third =
        OffsetPages.over(selectFrom(EVENTS), Ordering.by(EVENTS.started.desc()))
            .size(10)
            .counting(Counting.capped(1_000))
            .page(sql, 3);
    // end offset
    assertThat(third.total().rows()).isEqualTo(60);
  }

  @ParameterizedTest
  @EnumSource
  void answersABrowser(Backend backend) {
    DSLContext sql = Jooq.on(both.database(backend));
    Map<String, String[]> parameters =
        Map.of(
            "draw", new String[] {"1"}, "start", new String[] {"0"}, "length", new String[] {"5"});
    // begin table
    ServerTable history =
        ServerTable.from(EVENTS)
            .column("title", EVENTS.title, Search.CONTAINS)
            .column("started", EVENTS.started, Search.RANGE)
            .scope(EVENTS.kind.eq(1))
            .build();
    String json = history.fetch(sql, TableRequest.parse(parameters)).toJson();
    // end table
    assertThat(json).startsWith("{\"draw\":1,\"recordsTotal\":");
  }

  @ParameterizedTest
  @EnumSource
  void looksUpWhatRowsReferTo(Backend backend) {
    both.execute("create table album (id bigint not null primary key, title text)");
    both.execute("insert into album values (3, 'Hejira')");
    DSLContext sql = Jooq.on(both.database(backend));
    // begin lookup
    Lookup album = Lookup.of(EVENTS.started, ALBUMS.id);
    ServerTable withAlbums =
        ServerTable.from(EVENTS)
            .column("started", EVENTS.started, Search.RANGE)
            .column("album", album, ALBUMS.title, Search.CONTAINS)
            .build();
    // end lookup
    TableRequest.Column hejira = new TableRequest.Column("album", true, true, List.of("hej"));
    TableResult found =
        withAlbums.fetch(sql, new TableRequest(1, 0, 100, List.of(), List.of(hejira), List.of()));
    assertThat(found.data())
        .isNotEmpty()
        .allSatisfy(
            row -> assertThat(row).containsEntry("started", 3L).containsEntry("album", "Hejira"));
    assertThat(found.recordsFiltered())
        .isEqualTo(rows.stream().filter(row -> row.get(EVENTS.started) == 3).count());
  }

  private static final class Albums extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    private final TableField<Record, Long> id =
        createField(DSL.name("id"), SQLDataType.BIGINT.notNull(), this);
    private final TableField<Record, String> title =
        createField(DSL.name("title"), SQLDataType.CLOB, this);

    private Albums() {
      super(DSL.name("album"));
    }

    @Override
    public UniqueKey<Record> getPrimaryKey() {
      return Internal.createUniqueKey(this, DSL.name("pk_album"), id);
    }
  }

  @ParameterizedTest
  @EnumSource
  void writes(Backend backend) {
    DSLContext sql = Jooq.on(both.database(backend));
    // begin write
    WriteResult result = BulkWrite.into(EVENTS).insertOrUpdate(sql, rows);
    BulkWrite.into(EVENTS).insertOrIgnore(sql, rows);
    BulkWrite.into(EVENTS).updateIfNewer(sql, rows, EVENTS.started);
    // end write
    assertThat(result.written()).isEqualTo(60);

    Event draft = Events.random(new Random(1), 100);
    // begin repository
    Repository<Event, Long> events = Repository.of(EVENTS, EVENTS.id);
    Event stored = events.insert(sql, draft);
    stored.set(EVENTS.title, "new");
    events.update(sql, stored);
    // end repository
    assertThat(events.find(sql, 100L).orElseThrow().get(EVENTS.title)).isEqualTo("new");
  }

  @Test
  void exportsAndCompares() {
    DSLContext onPostgres = Jooq.on(both.database(Backend.POSTGRESQL));
    DSLContext onSqlite = Jooq.on(both.database(Backend.SQLITE));
    DSLContext sql = onSqlite;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // begin export
    long lines = QueryExport.of(select(EVENTS.id, EVENTS.title).from(EVENTS)).csv(sql, out);
    // end export
    assertThat(lines).isEqualTo(60);

    // begin parity
    ParityReport report =
        Parity.of(onPostgres, onSqlite)
            .compare(ctx -> ctx.select(EVENTS.kind, count()).from(EVENTS).groupBy(EVENTS.kind));
    // end parity
    assertThat(report.equal()).as(report.toString()).isTrue();
  }

  @Test
  void isWhatTheGuideShows() throws Exception {
    String guide = Files.readString(ROOT.resolve("docs/pages-and-tables.md"));
    String source =
        Files.readString(
            ROOT.resolve("lib-query/src/test/java/dev/outgrow/query/PagesAndTablesGuideTest.java"));
    Matcher blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(guide);
    int found = 0;
    while (blocks.find()) {
      assertThat(withoutSpace(source)).contains(withoutSpace(blocks.group(1)));
      found++;
    }
    assertThat(found).isEqualTo(8);
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s", "");
  }
}
