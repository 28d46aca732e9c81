package dev.outgrow.examples.statistics;

import static media.db.core.Tables.SESSIONS;
import static media.db.core.Tables.SUMMED_DAYS;
import static org.jooq.impl.DSL.max;

import dev.outgrow.database.Database;
import dev.outgrow.database.Isolation;
import dev.outgrow.database.TransactionOptions;
import dev.outgrow.query.Jooq;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a media history sums up of its sessions equal to them.
 *
 * <p>Summed up are whole days up to two before that of the newest session; what began later the
 * pages read from the sessions, so that it shows at once. What is changed or deleted among the
 * older ones shows as soon as {@link #refresh} has been called again: the sums are made of the
 * sessions, never counted up and down beside them, so that they cannot drift away from them,
 * whoever writes, imports or restores, and by whatever way.
 *
 * <p>A failure leaves the sums as they were. Two that refresh one database at once do not disturb
 * the sums: one of them may fail, and its next call finds nothing to do.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class SummedHistory {
  /** How many days before that of the newest session are read from the sessions: 2. */
  public static final int RECENT_DAYS = 2;

  private SummedHistory() {}

  /**
   * Compares the sums with the sessions, and makes those of the days that differ anew.
   *
   * @return how many days were made anew, or dropped
   */
  public static int refresh(Database database) {
    // A look first: it takes no lock, and mostly finds nothing.
    return database.<Boolean>read(tx -> isCurrent(Jooq.on(tx)))
        ? 0
        : database.transaction(snapshot(), tx -> replace(Jooq.on(tx)));
  }

  private static boolean isCurrent(DSLContext sql) {
    return differing(sql, Fingerprints.before(sql, until(sql))).isEmpty();
  }

  /** What is compared and what is summed up has to be of one moment. */
  private static TransactionOptions snapshot() {
    return TransactionOptions.builder().isolation(Isolation.REPEATABLE_READ).build();
  }

  private static SortedSet<Long> differing(DSLContext sql, Map<Long, Long> now) {
    Map<Long, Long> then =
        sql.selectFrom(SUMMED_DAYS).fetchMap(SUMMED_DAYS.DAY, SUMMED_DAYS.FINGERPRINT);
    SortedSet<Long> days = new TreeSet<>(now.keySet());
    days.addAll(then.keySet());
    days.removeIf(day -> Objects.equals(now.get(day), then.get(day)));
    return days;
  }

  private static long until(DSLContext sql) {
    @Nullable Long newest = sql.select(max(SESSIONS.STARTED)).from(SESSIONS).fetchSingle().value1();
    return newest == null ? 0 : (Math.floorDiv(newest, Summed.DAY) - RECENT_DAYS) * Summed.DAY;
  }

  private static int replace(DSLContext sql) {
    long before = Summed.of(sql).until();
    long until = until(sql);
    SortedMap<Long, Long> now = Fingerprints.before(sql, until);
    SortedSet<Long> days = differing(sql, now);
    now.keySet().retainAll(days);
    sql.deleteFrom(SUMMED_DAYS).where(SUMMED_DAYS.DAY.in(days)).execute();
    now.forEach(
        (day, fingerprint) -> sql.insertInto(SUMMED_DAYS).values(day, fingerprint).execute());
    SumUp sums = new SumUp(sql);
    sums.forget(until);
    for (Range range : Range.of(days, until / Summed.DAY)) {
      sums.days(range.from() * Summed.DAY, range.to() * Summed.DAY);
    }
    for (Range range : Range.of(blocks(days, before, until), Math.floorDiv(until, Summed.BLOCK))) {
      sums.blocks(range.from() * Summed.BLOCK, range.to() * Summed.BLOCK);
    }
    return days.size();
  }

  /** Those in which a day differs, and those that have been completed since. */
  private static SortedSet<Long> blocks(SortedSet<Long> days, long before, long until) {
    SortedSet<Long> blocks = new TreeSet<>();
    days.forEach(day -> blocks.add(Math.floorDiv(day * Summed.DAY, Summed.BLOCK)));
    if (before != Summed.NOTHING.until()) {
      long end = Math.floorDiv(until, Summed.BLOCK);
      for (long block = Math.floorDiv(before, Summed.BLOCK); block < end; block++) {
        blocks.add(block);
      }
    }
    return blocks;
  }

  /** Numbers that follow each other; of many, one range with those between them. */
  private record Range(long from, long to) {
    private static final int MOST = 20;

    static List<Range> of(SortedSet<Long> numbers, long end) {
      List<Range> ranges = new ArrayList<>();
      for (long number : numbers.headSet(end)) {
        Range last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
        if (last != null && last.to() == number) {
          ranges.set(ranges.size() - 1, new Range(last.from(), number + 1));
        } else {
          ranges.add(new Range(number, number + 1));
        }
      }
      return ranges.size() <= MOST
          ? ranges
          : List.of(new Range(ranges.get(0).from(), ranges.get(ranges.size() - 1).to()));
    }
  }
}
