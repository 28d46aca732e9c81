package dev.outgrow.query.table;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.internal.SortKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectSeekStepN;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;
import org.jspecify.annotations.Nullable;

/**
 * A table whose pages, order and search a browser asks for, over a white list of columns.
 *
 * <pre>{@code
 * ServerTable history =
 *     ServerTable.from(SESSION)
 *         .column("user", SESSION.USER_NAME, Search.CONTAINS)
 *         .column("started", SESSION.STARTED, Search.RANGE)
 *         .scope(SESSION.OWNER.eq(me))
 *         .build();
 * String json = history.fetch(ctx, TableRequest.parse(parameters)).toJson();
 * }</pre>
 *
 * <p>Nothing of a request becomes SQL text: columns are looked up by their names, everything else
 * is bound. The scope always holds, in both totals too. Rows are sorted by the request's order,
 * nulls last, and then by the primary key. A page has at most 500 rows and a search term at most
 * 200 characters, unless built otherwise.
 *
 * <p>A term that cannot be a value of its column matches no row. Anything that the protocol or the
 * white list does not have is refused, with a {@link TableRequestException}.
 *
 * <p>Pages are counted from the nearer end, so that the last one takes as long as the first. Of a
 * join, the page's rows are found by what orders and searches them, and the rest is joined to them.
 *
 * <p>An answer takes up to three queries; within {@code Database.read} they see the same rows.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ServerTable {
  private static final Field<Long> ROWS = DSL.field("count(*)", Long.class);

  private final Table<?> from;
  private final Condition scope;
  private final List<Field<?>> tieBreakers;
  private final RequestBinding binding;

  private ServerTable(Builder builder) {
    this.from = builder.from;
    this.scope = builder.scope;
    this.tieBreakers =
        builder.tieBreakers.isEmpty() ? SortKey.primaryKey(from) : List.copyOf(builder.tieBreakers);
    this.binding =
        new RequestBinding(
            new LinkedHashMap<>(builder.columns), builder.maximumLength, builder.maximumTerm);
    if (tieBreakers.isEmpty()) {
      throw new ConfigurationException(
          "A ServerTable without tieBreaker(…)",
          "rows that do not come from one table with a primary key",
          "tieBreaker(fields that are unique together)");
    }
  }

  /** Begins a table over the rows of a table, a join or a derived table. */
  public static Builder from(Table<?> from) {
    return new Builder(from);
  }

  /**
   * Answers a request.
   *
   * @throws TableRequestException if the request asks for what is not on the list
   */
  public TableResult fetch(DSLContext ctx, TableRequest request) {
    Condition wanted = scope.and(binding.search(request, ctx.dialect()));
    List<SortKey> order =
        SortKey.all(binding.order(request), tieBreakers, SortKey.primaryKey(from), ctx.dialect());
    binding.requireLength(request);
    long total = count(ctx, scope);
    long filtered = binding.searches(request) ? count(ctx, wanted) : total;
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    if (request.start() < filtered) {
      rows(ctx, wanted, order, Slice.of(request, filtered)).forEach(row -> rows.add(row.intoMap()));
    }
    return new TableResult(request.draw(), total, filtered, rows);
  }

  /** Which rows, counted from the nearer end: the last page is as near as the first. */
  private record Slice(boolean backwards, long offset, long length) {
    static Slice of(TableRequest request, long rows) {
      long length = Math.min(request.length(), rows - request.start());
      long behind = rows - request.start() - length;
      return behind < request.start()
          ? new Slice(true, behind, length)
          : new Slice(false, request.start(), length);
    }

    List<SortField<?>> order(List<SortKey> keys) {
      return keys.stream()
          .<SortField<?>>map(key -> (backwards ? key.flipped() : key).sortField())
          .toList();
    }
  }

  private List<Record> rows(DSLContext ctx, Condition wanted, List<SortKey> keys, Slice slice) {
    List<SortField<?>> order = slice.order(keys);
    SelectSeekStepN<Record> ordered =
        isFoundFirst(ctx)
            ? ctx.select(binding.fields())
                .from(from)
                .where(DSL.row(tieBreakers).in(found(wanted, order, slice)))
                .orderBy(order)
            : ctx.select(binding.fields()).from(from).where(wanted).orderBy(order);
    List<Record> rows =
        new ArrayList<>(
            isFoundFirst(ctx)
                ? ordered.fetch()
                : ordered.limit(slice.length()).offset(slice.offset()).fetch());
    if (slice.backwards()) {
      Collections.reverse(rows);
    }
    return rows;
  }

  /** Of a join only what the search and the order need is joined for the rows that are passed. */
  private Select<Record> found(Condition wanted, List<SortField<?>> order, Slice slice) {
    return DSL.select(tieBreakers)
        .from(from)
        .where(wanted)
        .orderBy(order)
        .limit(slice.length())
        .offset(slice.offset());
  }

  private boolean isFoundFirst(DSLContext ctx) {
    return from instanceof QOM.JoinTable<?, ?>
        && tieBreakers.stream()
            .map(field -> SortKey.of(field, SortKey.primaryKey(from), ctx.dialect()))
            .noneMatch(SortKey::nullable);
  }

  private long count(DSLContext ctx, Condition condition) {
    return ctx.select(ROWS).from(from).where(condition).fetchSingle().value1();
  }

  /**
   * Lists the columns of a table.
   *
   * <p><em>Not thread-safe.</em>
   *
   * @since 0.1
   */
  public static final class Builder {
    private static final int MOST_ROWS = 10_000;

    private final Table<?> from;
    private final Map<String, TableColumn> columns = new LinkedHashMap<>();
    private final List<Field<?>> tieBreakers = new ArrayList<>();
    private Condition scope = DSL.noCondition();
    private int maximumLength = 500;
    private int maximumTerm = 200;

    private Builder(Table<?> from) {
      this.from = from;
    }

    /** Adds a column that can be sorted by but not searched. */
    public Builder column(String name, Field<?> field) {
      return column(name, field, Search.NONE);
    }

    /**
     * Adds a column that can be sorted by and searched.
     *
     * @param name what requests and answers call it
     * @throws ConfigurationException if the name is taken or empty, or the type cannot be searched
     *     that way
     */
    public Builder column(String name, Field<?> field, Search search) {
      boolean taken = columns.putIfAbsent(name, new TableColumn(name, field, search, true)) != null;
      if (taken || name.isEmpty()) {
        throw new ConfigurationException("A column's name", name, "a name that is not taken yet");
      }
      return this;
    }

    /**
     * Lets nobody sort by a column that was added.
     *
     * @throws ConfigurationException if there is none of that name
     */
    public Builder unordered(String name) {
      if (columns.computeIfPresent(name, (key, column) -> column.unordered()) == null) {
        throw new ConfigurationException("A column's name", name, "a column that was added");
      }
      return this;
    }

    /** Restricts every answer, with its totals, to these rows; a second one restricts further. */
    public Builder scope(Condition condition) {
      scope = scope.and(condition);
      return this;
    }

    /** Says what is unique, where the rows do not come from one table with a primary key. */
    public Builder tieBreaker(Field<?>... unique) {
      tieBreakers.addAll(List.of(unique));
      return this;
    }

    /**
     * Sets how many rows one page can have.
     *
     * @param rows 1 to 10,000; 500 unless set
     */
    public Builder maximumLength(int rows) {
      maximumLength = within("maximumLength", rows);
      return this;
    }

    /**
     * Sets how long a search term can be.
     *
     * @param characters 1 to 10,000; 200 unless set
     */
    public Builder maximumTerm(int characters) {
      maximumTerm = within("maximumTerm", characters);
      return this;
    }

    /**
     * Returns the table.
     *
     * @throws ConfigurationException if it has no column, or nothing that tells equal rows apart
     */
    public ServerTable build() {
      if (columns.isEmpty()) {
        throw new ConfigurationException("ServerTable", "no columns", "one or more");
      }
      return new ServerTable(this);
    }

    private static int within(String option, int value) {
      if (value < 1 || value > MOST_ROWS) {
        throw new ConfigurationException(option, String.valueOf(value), "1 to " + MOST_ROWS);
      }
      return value;
    }

    /** Returns the table's name and columns. */
    @Override
    public String toString() {
      return from.getName() + " " + columns.keySet();
    }
  }

  /** Returns the columns' names, in order. */
  public List<String> columns() {
    return binding.names();
  }

  /** Returns the table's name and columns. */
  @Override
  public String toString() {
    return from.getName() + " " + columns();
  }
}
