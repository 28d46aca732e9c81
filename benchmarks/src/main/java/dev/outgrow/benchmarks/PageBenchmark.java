package dev.outgrow.benchmarks;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.query.Jooq;
import dev.outgrow.query.page.Counting;
import dev.outgrow.query.page.Keyset;
import dev.outgrow.query.page.KeysetPage;
import dev.outgrow.query.page.OffsetPages;
import dev.outgrow.query.page.Ordering;
import dev.outgrow.query.page.TokenKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * A page of 50 rows at depth 1,000,000 of 2,000,000: by key against the first page, and by number
 * beside it. Medians of 301 runs (31 by number) after two thirds as many others, the first page and
 * the deep one by turns: both are far faster than the JVM that has just begun.
 */
public final class PageBenchmark {
  private static final int ROWS = 2_000_000;
  private static final int DEPTH = 1_000_000;
  private static final int SIZE = 50;
  private static final Field<Long> ID = DSL.field(DSL.name("id"), SQLDataType.BIGINT.notNull());
  private static final Field<Long> STARTED =
      DSL.field(DSL.name("started"), SQLDataType.BIGINT.notNull());
  private static final Field<String> TITLE = DSL.field(DSL.name("title"), SQLDataType.CLOB);

  private PageBenchmark() {}

  /** Measures both backends and prints a line for each. */
  public static void main(String[] arguments) throws IOException {
    Path file = Files.createTempFile("outgrow-pages", ".db");
    try (ScratchServer server = ScratchServer.start();
        Database postgres = Database.open(server.createDatabase());
        Database sqlite = Database.open(DatabaseUrl.sqlite(file))) {
      measure(postgres);
      measure(sqlite);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void measure(Database database) {
    database.inTransaction(tx -> fill(Jooq.on(tx)));
    if (database.backend() == Backend.POSTGRESQL) {
      Jooq.on(database).execute("vacuum analyze session");
    }
    database.<Boolean>read(
        tx -> {
          measure(database.backend().title(), Jooq.on(tx));
          return true;
        });
  }

  private static void measure(String title, DSLContext sql) {
    Select<? extends Record> all =
        DSL.select(ID, STARTED, TITLE).from(DSL.table(DSL.name("session")));
    Ordering newest = Ordering.by(STARTED.desc()).tieBreaker(ID);
    Keyset<?> walk = Keyset.over(all, newest, TokenKeys.random()).size(10_000);
    String token = walk.first(sql).nextToken();
    for (int row = 10_000; row < DEPTH; row += 10_000) {
      token = walk.at(sql, token).nextToken();
    }
    String deep = token;
    Keyset<?> pages = walk.size(SIZE);
    OffsetPages<?> numbered = OffsetPages.over(all, newest).size(SIZE).counting(Counting.none());
    Medians medians =
        Medians.of(
            301,
            () -> check(pages.first(sql), ROWS),
            () -> check(pages.at(sql, deep), ROWS - DEPTH));
    long number = 1L + DEPTH / SIZE;
    double offset =
        Medians.of(
                31,
                () -> first(numbered.page(sql, 1).rows()),
                () -> expect(first(numbered.page(sql, number).rows()), ROWS - DEPTH))
            .second();
    System.out.printf(
        "%s: first page %.3f ms, by key at %,d %.3f ms (x %.2f), by number %.1f ms%n",
        title, medians.first(), DEPTH, medians.second(), medians.ratio(), offset);
  }

  private static long check(KeysetPage<?> page, long expected) {
    if (page.rows().size() != SIZE) {
      throw new IllegalStateException("The page has " + page.rows().size() + " rows");
    }
    return expect(first(page.rows()), expected);
  }

  private static long expect(long id, long expected) {
    if (id != expected) {
      throw new IllegalStateException("The page begins with " + id + " and not " + expected);
    }
    return id;
  }

  private static long first(List<? extends Record> rows) {
    return rows.get(0).get(ID);
  }

  private static void fill(DSLContext sql) {
    sql.execute(
        "create table session (id bigint primary key, started bigint not null, title text)");
    sql.execute(
        "insert into session with recursive n (i) as (select 1 union all select i + 1 from n"
            + " where i < {0}) select i, 1600000000 + i / 3, 'title ' || i from n",
        DSL.inline(ROWS));
    sql.execute("create index ix_session_started on session (started, id)");
  }

  /** Two ways of one piece of work, measured by turns: medians in milliseconds. */
  record Medians(double first, double second) {
    static Medians of(int runs, Runnable one, Runnable other) {
      int warm = runs * 2 / 3;
      double[] first = new double[runs];
      double[] second = new double[runs];
      for (int i = -warm; i < runs; i++) {
        double a = millis(one);
        double b = millis(other);
        if (i >= 0) {
          first[i] = a;
          second[i] = b;
        }
      }
      Arrays.sort(first);
      Arrays.sort(second);
      return new Medians(first[runs / 2], second[runs / 2]);
    }

    double ratio() {
      return second / first;
    }

    private static double millis(Runnable work) {
      long start = System.nanoTime();
      work.run();
      return (System.nanoTime() - start) / 1e6;
    }
  }
}
