package dev.outgrow.benchmarks;

import dev.outgrow.database.Database;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.query.Jooq;
import dev.outgrow.query.write.BulkWrite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.jooq.impl.UpdatableRecordImpl;

/**
 * An upsert of 100,000 rows on PostgreSQL, of which all are new, half or all are there already:
 * {@link BulkWrite} against the two batches that jOOQ has: {@code batchMerge}, which takes records
 * as it does, and one prepared statement whose values are bound by hand, which is its fastest. Two
 * take turns, whose order changes, each in a transaction of its own after a checkpoint; 9 pairs
 * count after 3 others, and the median of the ratios of neighbours.
 */
public final class UpsertBenchmark {
  private static final int ROWS = 100_000;
  private static final int RUNS = 9;
  private static final int WARM = 3;
  private static final Plays PLAYS = new Plays();

  private UpsertBenchmark() {}

  /** As jOOQ's code generator makes it. */
  static final class Play extends UpdatableRecordImpl<Play> {
    private static final long serialVersionUID = 1L;

    /** Called by jOOQ. */
    public Play() {
      super(PLAYS);
    }
  }

  private static final class Plays extends TableImpl<Play> {
    private static final long serialVersionUID = 1L;
    final transient TableField<Play, Long> id =
        createField(DSL.name("id"), SQLDataType.BIGINT.notNull(), this);
    final transient TableField<Play, Long> started =
        createField(DSL.name("started"), SQLDataType.BIGINT, this);
    final transient TableField<Play, String> title =
        createField(DSL.name("title"), SQLDataType.CLOB, this);

    Plays() {
      super(DSL.name("plays"));
    }

    @Override
    public Class<Play> getRecordType() {
      return Play.class;
    }

    @Override
    public UniqueKey<Play> getPrimaryKey() {
      return Internal.createUniqueKey(this, DSL.name("pk_plays"), id);
    }
  }

  private interface Upsert {
    void run(DSLContext sql, List<Play> rows);
  }

  /** What is in the table before. */
  enum Shape {
    NEW("all new", "generate_series(0, -1)"),
    HALF("half there", "generate_series(0, {0}, 2)"),
    EXISTING("all there", "generate_series(0, {0})");

    private final String title;
    private final String ids;

    Shape(String title, String ids) {
      this.title = title;
      this.ids = ids;
    }
  }

  /** Measures each shape and prints a line for it. */
  public static void main(String[] arguments) {
    try (ScratchServer server = ScratchServer.start();
        Database database = Database.open(server.createDatabase())) {
      Jooq.on(database)
          .execute("create table plays (id bigint primary key, started bigint, title text)");
      for (Shape shape : Shape.values()) {
        measure(database, shape, "batchMerge", (sql, rows) -> sql.batchMerge(rows).execute());
        measure(database, shape, "bound batch", UpsertBenchmark::batch);
      }
    }
  }

  private static void measure(Database database, Shape shape, String name, Upsert competitor) {
    double[] ours = new double[RUNS];
    double[] theirs = new double[RUNS];
    double[] ratios = new double[RUNS];
    for (int i = -WARM; i < RUNS; i++) {
      boolean oursFirst = i % 2 == 0;
      double before = oursFirst ? millis(database, shape, i, UpsertBenchmark::bulk) : 0;
      double batch = millis(database, shape, i, competitor);
      double bulk = oursFirst ? before : millis(database, shape, i, UpsertBenchmark::bulk);
      if (i >= 0) {
        ours[i] = bulk;
        theirs[i] = batch;
        ratios[i] = batch / bulk;
      }
    }
    System.out.printf(
        "%,d rows, %s: BulkWrite %.0f ms, jOOQ's %s %.0f ms (x %.2f)%n",
        ROWS, shape.title, median(ours), name, median(theirs), median(ratios));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void bulk(DSLContext sql, List<Play> rows) {
    BulkWrite.into(PLAYS).insertOrUpdate(sql, rows);
  }

  private static void batch(DSLContext sql, List<Play> rows) {
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

  private static double millis(Database database, Shape shape, int run, Upsert upsert) {
    DSLContext sql = Jooq.on(database);
    sql.execute("truncate plays");
    sql.execute(
        "insert into plays select i, -9, 'before' from " + shape.ids + " i", DSL.inline(ROWS - 1));
    sql.execute("vacuum analyze plays");
    sql.execute("checkpoint");
    List<Play> rows = rows(run);
    long start = System.nanoTime();
    database.inTransaction(tx -> upsert.run(DSL.using(tx.connection(), SQLDialect.POSTGRES), rows));
    double millis = (System.nanoTime() - start) / 1e6;
    int written = sql.fetchCount(PLAYS, PLAYS.started.eq((long) run));
    if (written != ROWS || sql.fetchCount(PLAYS) != ROWS) {
      throw new IllegalStateException(written + " rows were written");
    }
    return millis;
  }

  private static List<Play> rows(int run) {
    List<Play> rows = new ArrayList<>();
    for (long id = 0; id < ROWS; id++) {
      Play row = DSL.using(SQLDialect.POSTGRES).newRecord(PLAYS);
      row.set(PLAYS.id, id);
      row.set(PLAYS.started, (long) run);
      row.set(PLAYS.title, "The title of play " + id);
      rows.add(row);
    }
    return rows;
  }
}
