package dev.outgrow.query.series;

import static org.jooq.impl.DSL.and;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.sql;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.with;

import dev.outgrow.query.DatePart;
import dev.outgrow.query.Moment;
import dev.outgrow.query.PerBackend;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableLike;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Measures for each weekday, each hour of the day, or each hour of the week, of all rows together:
 * when things happen.
 *
 * <pre>{@code
 * Field<Integer> plays = count().as("plays");
 * Profile.of(SESSIONS).at(started, zone).weekHours().select(plays); // 168 rows
 * }</pre>
 *
 * <p>{@link #select} gives {@link #WEEKDAY}, {@link #HOUR}, or both, and each measure, in order.
 * Days and hours without rows are there, with what a measure is of no rows. On the day when clocks
 * are put back, an hour that comes twice is one.
 *
 * <p><em>Immutable.</em> Each method returns another profile.
 *
 * @since 0.1
 */
public final class Profile {
  /** The weekday, from 1 for Monday to 7 for Sunday. */
  public static final Field<Integer> WEEKDAY = field(name("weekday"), SQLDataType.INTEGER);

  /** The hour of the day, 0 to 23. */
  public static final Field<Integer> HOUR = field(name("hour"), SQLDataType.INTEGER);

  private static final Table<Record> CELLS = table(name("outgrow_cells"));
  private static final Table<Record> GROUPS = table(name("outgrow_groups"));

  private final Rows rows;
  private final Moment moment;
  private final ZoneId zone;
  private final List<Part> parts;

  private Profile(Rows rows, Moment moment, ZoneId zone, List<Part> parts) {
    this.rows = rows;
    this.moment = moment;
    this.zone = zone;
    this.parts = parts;
  }

  private record Part(Field<Integer> name, DatePart part, int first, int last) {
    static final Part OF_WEEK = new Part(WEEKDAY, DatePart.WEEKDAY, 1, 7);
    static final Part OF_DAY = new Part(HOUR, DatePart.HOUR, 0, 23);

    Table<Record> all() {
      String numbers =
          IntStream.rangeClosed(first, last)
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(", ", "[", "]"));
      return PerBackend.table(
              sql(
                  "(select n as {0} from generate_series({1}, {2}) as g (n))",
                  column(), inline(first), inline(last)),
              sql("(select value as {0} from json_each({1}))", column(), inline(numbers)))
          .as("outgrow_" + name.getName());
    }

    private Name column() {
      return name.getUnqualifiedName();
    }
  }

  /**
   * A profile that lacks its moment.
   *
   * <p><em>Immutable.</em>
   *
   * @since 0.1
   */
  public static final class OfRows {
    private final Rows rows;

    private OfRows(Rows rows) {
      this.rows = rows;
    }

    /** Leaves only rows that fulfil a condition, besides those before. */
    public OfRows where(Condition only) {
      return new OfRows(new Rows(rows.source(), rows.condition().and(only)));
    }

    /** Says which moment of a row counts, and in which zone. At first for each hour of the week. */
    public Profile at(Moment which, ZoneId zone) {
      return new Profile(rows, which, zone, List.of(Part.OF_WEEK, Part.OF_DAY));
    }
  }

  /** Begins a profile over the rows of a table, or of a join. */
  public static OfRows of(TableLike<?> source) {
    return new OfRows(new Rows(source, DSL.noCondition()));
  }

  /** Asks for each weekday: 7 rows. */
  public Profile weekdays() {
    return new Profile(rows, moment, zone, List.of(Part.OF_WEEK));
  }

  /** Asks for each hour of the day: 24 rows. */
  public Profile hours() {
    return new Profile(rows, moment, zone, List.of(Part.OF_DAY));
  }

  /** Asks for each hour of the week: 168 rows. */
  public Profile weekHours() {
    return new Profile(rows, moment, zone, List.of(Part.OF_WEEK, Part.OF_DAY));
  }

  /**
   * Returns the statement.
   *
   * @param measures aggregates with an alias each
   * @throws dev.outgrow.error.ConfigurationException if a measure has no alias
   */
  public Select<Record> select(Field<?>... measures) {
    Measures wanted = new Measures(List.of(measures));
    List<Field<?>> keys = new ArrayList<>();
    parts.forEach(part -> keys.add(Measures.of(CELLS.getName(), part.name())));
    List<Field<?>> fields = new ArrayList<>(keys);
    fields.addAll(
        wanted.orOfNoRows(GROUPS, Measures.of(GROUPS.getName(), parts.get(0).name()), rows));
    return with(cells(), groups(wanted))
        .select(fields)
        .from(CELLS)
        .leftJoin(GROUPS)
        .on(and(parts.stream().map(Profile::same).toList()))
        .orderBy(keys);
  }

  private CommonTableExpression<?> cells() {
    List<Table<?>> sources = new ArrayList<>();
    parts.forEach(part -> sources.add(part.all()));
    return name(CELLS.getName()).as(DSL.select().from(sources));
  }

  private CommonTableExpression<?> groups(Measures measures) {
    List<Field<?>> fields = new ArrayList<>();
    List<Field<Integer>> ordinals = new ArrayList<>();
    for (Part part : parts) {
      fields.add(moment.part(part.part(), zone).as(part.name()));
      ordinals.add(inline(fields.size()));
    }
    fields.addAll(measures.ofRows());
    return name(GROUPS.getName())
        .as(DSL.select(fields).from(rows.source()).where(rows.condition()).groupBy(ordinals));
  }

  private static Condition same(Part part) {
    return Measures.of(GROUPS.getName(), part.name()).eq(Measures.of(CELLS.getName(), part.name()));
  }
}
