package dev.outgrow.query.table;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.internal.SortKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
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
 * What rows refer to by a key is better given as a {@link Lookup}: it is neither joined to be
 * counted nor to be searched.
 *
 * <p>An answer takes up to three queries, and one for each lookup that is searched; within {@code
 * Database.read} they see the same rows.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ServerTable {
  private static final Field<Long> ROWS = DSL.field("count(*)", Long.class);

  private final Table<?> from;
  private final Table<?> joined;
  private final Condition scope;
  private final List<Field<?>> tieBreakers;
  private final RequestBinding binding;

  private ServerTable(Builder builder) {
    this.from = builder.from;
    this.joined = joined(builder);
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

  private static Table<?> joined(Builder builder) {
    Set<Lookup> lookups = new LinkedHashSet<>();
    for (TableColumn column : builder.columns.values()) {
      Lookup lookup = column.lookup();
      if (lookup != null) {
        lookups.add(lookup);
      }
    }
    Table<?> joined = builder.from;
    for (Lookup lookup : lookups) {
      joined = lookup.besideEach(joined);
    }
    return joined;
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
    List<SortKey> order = keys(ctx, binding.order(request, TableColumn::shown));
    binding.requireLength(request);
    Condition wanted = scope.and(binding.search(request, ctx));
    long total = count(ctx, scope);
    long filtered = binding.searches(request) ? count(ctx, wanted) : total;
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    if (request.start() < filtered) {
      Slice slice = Slice.of(request, filtered);
      Select<Record> page =
          isFoundFirst(ctx)
              ? select(
                  DSL.row(tieBreakers).in(found(ctx, request, wanted, slice, filtered)),
                  order,
                  slice)
              : select(wanted, order, slice).limit(slice.length()).offset(slice.offset());
      ctx.fetch(page).forEach(row -> rows.add(row.intoMap()));
      if (slice.backwards()) {
        Collections.reverse(rows);
      }
    }
    return new TableResult(request.draw(), total, filtered, rows);
  }

  private List<SortKey> keys(DSLContext ctx, List<OrderField<?>> order) {
    return SortKey.all(order, tieBreakers, place(ctx));
  }

  private SortKey.Place place(DSLContext ctx) {
    return SortKey.Place.of(List.of(joined), SortKey.primaryKey(from), ctx.dialect());
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

  private SelectSeekStepN<Record> select(Condition wanted, List<SortKey> keys, Slice slice) {
    return DSL.select(binding.fields()).from(joined).where(wanted).orderBy(slice.order(keys));
  }

  /**
   * Of a join only what the search and the order need is joined for the rows that are passed; of a
   * lookup, numbers in the order of its values.
   */
  private Select<Record> found(
      DSLContext ctx, TableRequest request, Condition wanted, Slice slice, long filtered) {
    Optional<Narrowing.Place> place = place(ctx, request, wanted, slice, filtered);
    TableColumn equal =
        place.filter(Narrowing.Place::oneValue).flatMap(in -> binding.first(request)).orElse(null);
    Map<TableColumn, Lookup.Ranks> ranked = new LinkedHashMap<>();
    List<SortKey> keys =
        keys(
            ctx,
            binding.order(
                request,
                column -> column.equals(equal) ? column.field() : ordered(column, ranked)));
    Table<?> rows = from;
    for (Lookup.Ranks ranks : ranked.values()) {
      rows = rows.leftJoin(ranks.table()).on(ranks.on());
    }
    return DSL.select(tieBreakers)
        .from(rows)
        .where(place.map(in -> wanted.and(in.rows())).orElse(wanted))
        .orderBy(slice.order(equal == null ? keys : keys.subList(1, keys.size())))
        .limit(slice.length())
        .offset(place.map(Narrowing.Place::offset).orElse(slice.offset()));
  }

  /** Where the page is if it is sorted first by what its rows refer to. */
  private Optional<Narrowing.Place> place(
      DSLContext ctx, TableRequest request, Condition wanted, Slice slice, long filtered) {
    TableColumn first = binding.first(request).orElse(null);
    Lookup lookup = first == null ? null : first.lookup();
    if (first == null || lookup == null) {
      return Optional.empty();
    }
    boolean ascending = slice.backwards() == request.order().get(0).descending();
    return lookup
        .inOrder(ctx, first.field(), ascending)
        .flatMap(
            values ->
                new Narrowing(ctx, from, wanted, lookup)
                    .of(values, slice.backwards() ? filtered : 0, slice.offset(), slice.length()));
  }

  private static Field<?> ordered(TableColumn column, Map<TableColumn, Lookup.Ranks> ranked) {
    Lookup lookup = column.lookup();
    if (lookup == null) {
      return column.field();
    }
    String alias = "outgrow_ranks_" + ranked.size();
    return ranked.computeIfAbsent(column, key -> lookup.ranks(key.field(), alias)).place();
  }

  private boolean isFoundFirst(DSLContext ctx) {
    return joined instanceof QOM.JoinTable<?, ?>
        && tieBreakers.stream()
            .map(field -> SortKey.of(field, place(ctx)))
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
      return add(new TableColumn(name, null, field, search, true));
    }

    /** Adds a column of what the rows refer to, that can be sorted by but not searched. */
    public Builder column(String name, Lookup of, Field<?> field) {
      return column(name, of, field, Search.NONE);
    }

    /**
     * Adds a column of what the rows refer to, that can be sorted by and searched.
     *
     * @param name what requests and answers call it
     * @param of what is looked up; columns of one lookup give the same one
     * @param field made of fields of it alone; it is null in a row that refers to nothing
     * @throws ConfigurationException if the name is taken or empty, or the type cannot be searched
     *     that way
     */
    public Builder column(String name, Lookup of, Field<?> field, Search search) {
      return add(new TableColumn(name, of, field, search, true));
    }

    private Builder add(TableColumn column) {
      boolean taken = columns.putIfAbsent(column.name(), column) != null;
      if (taken || column.name().isEmpty()) {
        throw new ConfigurationException(
            "A column's name", column.name(), "a name that is not taken yet");
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

    /**
     * Restricts every answer, with its totals, to these rows; a second one restricts further. Of
     * what is looked up it knows nothing.
     */
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
