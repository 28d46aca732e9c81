package dev.outgrow.benchmarks;

import dev.outgrow.database.Database;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.query.Jooq;
import dev.outgrow.query.write.BulkWrite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;

/**
 * An upsert of 100,000 rows on PostgreSQL, half of which are there already: {@link BulkWrite}
 * against jOOQ's batch of one prepared statement. Medians of 5 runs after 3 others, by turns, each
 * in a transaction of its own.
 */
public final class UpsertBenchmark {
  private static final int ROWS = 100_000;
  private static final int RUNS = 5;
  private static final Plays PLAYS = new Plays();

  private UpsertBenchmark() {}

  private static final class Plays extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;
    final transient TableField<Record, Long> id =
        createField(DSL.name("id"), SQLDataType.BIGINT.notNull(), this);
    final transient TableField<Record, Long> started =
        createField(DSL.name("started"), SQLDataType.BIGINT, this);
    final transient TableField<Record, String> title =
        createField(DSL.name("title"), SQLDataType.CLOB, this);

    Plays() {
      super(DSL.name("plays"));
    }

    @Override
    public UniqueKey<Record> getPrimaryKey() {
      return Internal.createUniqueKey(this, DSL.name("pk_plays"), id);
    }
  }

  private interface Upsert {
    void run(DSLContext sql, List<Record> rows);
  }

  /** Measures both and prints a line. */
  public static void main(String[] arguments) {
    try (ScratchServer server = ScratchServer.start();
        Database database = Database.open(server.createDatabase())) {
      Jooq.on(database)
          .execute("create table plays (id bigint primary key, started bigint, title text)");
      double[] ours = new double[RUNS];
      double[] theirs = new double[RUNS];
      for (int i = -3; i < RUNS; i++) {
        double bulk = millis(database, i, UpsertBenchmark::bulk);
        double batch = millis(database, i, UpsertBenchmark::batch);
        if (i >= 0) {
          ours[i] = bulk;
          theirs[i] = batch;
        }
      }
      Arrays.sort(ours);
      Arrays.sort(theirs);
      System.out.printf(
          "%,d rows: BulkWrite %.0f ms, jOOQ's batch %.0f ms (x %.1f)%n",
          ROWS, ours[RUNS / 2], theirs[RUNS / 2], theirs[RUNS / 2] / ours[RUNS / 2]);
    }
  }

  private static void bulk(DSLContext sql, List<Record> rows) {
    BulkWrite.into(PLAYS).insertOrUpdate(sql, rows);
  }

  private static void batch(DSLContext sql, List<Record> rows) {
    sql.batch(
            sql.insertInto(PLAYS, PLAYS.id, PLAYS.started, PLAYS.title)
                .values((Long) null, null, null)
                .onConflict(PLAYS.id)
                .doUpdate()
                .set(PLAYS.started, DSL.excluded(PLAYS.started))
                .set(PLAYS.title, DSL.excluded(PLAYS.title)))
        .bind(
            rows.stream()
                .map(
                    row ->
                        new Object[] {
                          row.get(PLAYS.id), row.get(PLAYS.started), row.get(PLAYS.title)
                        })
                .toArray(Object[][]::new))
        .execute();
  }

  private static double millis(Database database, int run, Upsert upsert) {
    Jooq.on(database).execute("truncate plays");
    Jooq.on(database)
        .execute(
            "insert into plays select i * 2, 0, 'before' from generate_series(0, {0}) i",
            DSL.inline(ROWS / 2 - 1));
    List<Record> rows = rows(run);
    long start = System.nanoTime();
    database.inTransaction(tx -> upsert.run(Jooq.on(tx), rows));
    double millis = (System.nanoTime() - start) / 1e6;
    int written =
        Jooq.on(database)
            .fetchCount(PLAYS, PLAYS.started.eq((long) run).and(PLAYS.title.ne("before")));
    if (written != ROWS || Jooq.on(database).fetchCount(PLAYS) != ROWS) {
      throw new IllegalStateException(written + " rows were written");
    }
    return millis;
  }

  private static List<Record> rows(int run) {
    List<Record> rows = new ArrayList<>();
    for (long id = 0; id < ROWS; id++) {
      Record row = DSL.using(SQLDialect.POSTGRES).newRecord(PLAYS);
      row.set(PLAYS.id, id);
      row.set(PLAYS.started, (long) run);
      row.set(PLAYS.title, "The title of play " + id);
      rows.add(row);
    }
    return rows;
  }
}
