package dev.outgrow.benchmarks;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.query.Jooq;
import dev.outgrow.query.Moment;
import dev.outgrow.query.Steps;
import dev.outgrow.query.series.Series;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.Table;

/**
 * What a gap-filled series of a year's days costs over the same written by hand as SQL. The two
 * take turns, whose order changes, and the median of the ratios of neighbours counts. Each answer
 * is added up and compared.
 */
final class DailySeries {
  private static final Table<Record> SESSIONS = table(name("sessions"));
  private static final Field<Long> STARTED = field(name("started"), Long.class);
  private static final Field<Integer> PLAYS = count().as("plays");
  private static final Field<BigDecimal> SECONDS =
      sum(field(name("seconds"), Integer.class)).as("seconds");

  private final Database database;
  private final int rows;

  /** Makes so many sessions in a database. */
  DailySeries(Database database, int rows) {
    this.database = database;
    this.rows = rows;
    database.inTransaction(
        tx -> {
          DSLContext sql = Jooq.on(tx);
          sql.execute(
              "create table sessions (id integer primary key, started bigint not null,"
                  + " seconds integer not null, platform text)");
          // 2025 in UTC; the factor is a prime, so that starts come in no order.
          sql.execute(
              "insert into sessions with recursive n (i) as"
                  + " (select 0 union all select i + 1 from n where i < ?)"
                  + " select i, 1735689600 + (cast(i as bigint) * 15485863) % 31536000,"
                  + " i % 7200, 'Platform ' || (i % 8) from n",
              rows - 1);
        });
    if (database.backend() == Backend.POSTGRESQL) {
      Jooq.on(database).execute("vacuum analyze sessions");
    }
  }

  /**
   * What was measured.
   *
   * @param ratio the time of the series by that of the SQL: the median of all pairs
   * @param byHandMillis the median time of the SQL
   */
  record Result(String what, double ratio, double byHandMillis) {
    void print(PrintStream out) {
      out.printf(
          Locale.ROOT, "%s: by hand %.0f ms, series %.2f times%n", what, byHandMillis, ratio);
    }
  }

  /** Measures a million sessions on both backends and prints the results. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("outgrow-benchmark");
    try (ScratchServer server = ScratchServer.start();
        Database postgres = Database.open(server.url());
        Database sqlite = Database.open(DatabaseUrl.sqlite(folder.resolve("sessions.db")))) {
      DailySeries ofPostgres = new DailySeries(postgres, 1_000_000);
      ofPostgres.inNewYork(11).print(System.out);
      ofPostgres.inUtc(11).print(System.out);
      new DailySeries(sqlite, 1_000_000).inUtc(11).print(System.out);
    } finally {
      clear(folder);
    }
  }

  private static void clear(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** Days of a zone, as one writes them for PostgreSQL. */
  Result inNewYork(int pairs) {
    ZoneId zone = ZoneId.of("America/New_York");
    return measure(
        "PostgreSQL, days of America/New_York",
        pairs,
        zone,
        """
        select d.day, coalesce(s.plays, 0) as plays, s.seconds
          from generate_series(timestamp '2025-01-01', timestamp '2025-12-31',
                               interval '1 day') as d (day)
          left join (select date_trunc('day',
                              to_timestamp(started) at time zone 'America/New_York') as day,
                            count(*) as plays, sum(seconds) as seconds
                       from sessions
                      where started >= 1735707600 and started < 1767243600
                      group by 1) as s on s.day = d.day
         order by d.day
        """);
  }

  /** Days of UTC, which can be divided: the fastest that can be written. */
  Result inUtc(int pairs) {
    return measure(
        database.backend().title() + ", days of UTC by division",
        pairs,
        ZoneId.of("UTC"),
        """
        with recursive d (day) as
          (select cast(20089 as bigint) union all select day + 1 from d where day < 20453)
        select d.day, coalesce(s.plays, 0) as plays, s.seconds
          from d
          left join (select started / 86400 as day, count(*) as plays, sum(seconds) as seconds
                       from sessions
                      where started >= 1735689600 and started < 1767225600
                      group by 1) as s on s.day = d.day
         order by d.day
        """);
  }

  private Result measure(String what, int pairs, ZoneId zone, String byHand) {
    double[] ratios = new double[pairs];
    double[] millis = new double[pairs];
    turn(zone, byHand, true);
    for (int i = 0; i < pairs; i++) {
      boolean seriesFirst = i % 2 == 0;
      double[] times = turn(zone, byHand, seriesFirst);
      ratios[i] = times[0] / times[1];
      millis[i] = times[1] / 1e6;
    }
    return new Result(what, median(ratios), median(millis));
  }

  private double[] turn(ZoneId zone, String byHand, boolean seriesFirst) {
    return database.read(
        tx -> {
          DSLContext sql = Jooq.on(tx);
          double before = seriesFirst ? nanos(sql, series(zone)) : 0;
          double hand = nanos(sql, sql.resultQuery(byHand));
          double series = seriesFirst ? before : nanos(sql, series(zone));
          return new double[] {series, hand};
        });
  }

  private static ResultQuery<?> series(ZoneId zone) {
    Steps days = Steps.days(LocalDate.of(2025, 1, 1), LocalDate.of(2026, 1, 1), zone);
    return Series.of(SESSIONS).at(Moment.ofEpochSeconds(STARTED), days).select(PLAYS, SECONDS);
  }

  private double nanos(DSLContext sql, ResultQuery<?> query) {
    long start = System.nanoTime();
    long plays = 0;
    int days = 0;
    for (Record each : sql.fetch(query)) {
      plays += each.get("plays", Long.class);
      days++;
    }
    long nanos = System.nanoTime() - start;
    // New York's year ends five hours later than this one, which has nothing there.
    if (days != 365 || plays > rows || plays < rows * 0.999) {
      throw new IllegalStateException("Counted " + plays + " of " + rows + " on " + days + " days");
    }
    return nanos;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
