package dev.outgrow.query.parity;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.internal.Streaming;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jspecify.annotations.Nullable;

/**
 * Runs a query on two databases, usually one of each backend, and compares the rows.
 *
 * <pre>{@code
 * ParityReport report = Parity.of(onSqlite, onPostgres).compare(ctx -> playsPerDay(ctx));
 * assertThat(report.equal()).as(report.toString()).isTrue();
 * }</pre>
 *
 * <p>Rows are equal if their values are, column by column; {@link Equivalence} lists what is taken
 * for equal. Their order counts after {@link #inOrder} alone. Both sides are held in memory, at
 * most 1,000,000 rows of each; more are refused with a {@link ConfigurationException}.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Parity {
  private static final int MOST_ROWS = 1_000_000;
  private static final int MOST_SHOWN = 100;

  private final DSLContext left;
  private final DSLContext right;
  private final boolean ordered;

  private Parity(DSLContext left, DSLContext right, boolean ordered) {
    this.left = left;
    this.right = right;
    this.ordered = ordered;
  }

  /** Compares two databases. */
  public static Parity of(DSLContext left, DSLContext right) {
    return new Parity(left, right, false);
  }

  /** Returns this comparison with the order of the rows counting too. */
  public Parity inOrder() {
    return new Parity(left, right, true);
  }

  /** Runs the query that is made for each side, and compares. */
  public ParityReport compare(Function<DSLContext, ? extends ResultQuery<?>> query) {
    Side one = read(left, query.apply(left));
    Side other = read(right, query.apply(right));
    List<Difference> shown = new ArrayList<>();
    long differing = 0;
    int i = 0;
    int j = 0;
    while (i < one.rows().size() || j < other.rows().size()) {
      int order = order(one, i, other, j);
      @Nullable List<@Nullable Object> before = order <= 0 ? one.rows().get(i++) : null;
      @Nullable List<@Nullable Object> after = order >= 0 ? other.rows().get(j++) : null;
      if (before == null || after == null || !Canonical.equal(before, after)) {
        differing++;
        if (shown.size() < MOST_SHOWN) {
          shown.add(difference(Math.max(i, j) - 1L, one.names(), before, after));
        }
      }
    }
    return new ParityReport(one.rows().size(), other.rows().size(), differing, shown);
  }

  private record Side(List<String> names, List<List<@Nullable Object>> rows) {}

  private Side read(DSLContext ctx, ResultQuery<?> query) {
    return Streaming.read(
        ctx,
        query,
        "Comparing a query",
        cursor -> {
          List<String> names = Arrays.stream(cursor.fields()).map(Field::getName).toList();
          List<List<@Nullable Object>> rows = new ArrayList<>();
          for (Record row : cursor) {
            rows.add(Canonical.row(row));
            requireFew(rows.size());
          }
          if (!ordered) {
            rows.sort(Comparator.comparing(Parity::sortText));
          }
          return new Side(names, rows);
        });
  }

  /** Which side's row comes next; zero if the two are to be compared. */
  private int order(Side one, int i, Side other, int j) {
    if (i == one.rows().size()) {
      return 1;
    }
    if (j == other.rows().size()) {
      return -1;
    }
    List<@Nullable Object> before = one.rows().get(i);
    List<@Nullable Object> after = other.rows().get(j);
    return ordered || Canonical.equal(before, after)
        ? 0
        : Integer.signum(sortText(before).compareTo(sortText(after)));
  }

  private static String sortText(List<@Nullable Object> row) {
    return row.stream().map(Canonical::sortText).collect(Collectors.joining("\u0001"));
  }

  private static Difference difference(
      long position,
      List<String> names,
      @Nullable List<@Nullable Object> before,
      @Nullable List<@Nullable Object> after) {
    List<String> columns =
        before == null || after == null || before.size() != after.size()
            ? names
            : IntStream.range(0, names.size())
                .filter(i -> !Canonical.equal(before.get(i), after.get(i)))
                .mapToObj(names::get)
                .toList();
    return new Difference(position, text(before), text(after), columns);
  }

  private static @Nullable String text(@Nullable List<@Nullable Object> row) {
    return row == null ? null : row.toString();
  }

  private static void requireFew(int rows) {
    if (rows > MOST_ROWS) {
      throw new ConfigurationException(
          "A comparison", "more than " + MOST_ROWS + " rows", "a query of fewer rows");
    }
  }
}
