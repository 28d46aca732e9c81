package dev.outgrow.query;

import static java.util.stream.Collectors.joining;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sql;

import dev.outgrow.error.ConfigurationException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The steps from one moment to another: each begins where the one before it ends. They are reckoned
 * here, once, so that both backends agree about every change of the clocks.
 *
 * <pre>{@code
 * Steps days = Steps.days(LocalDate.of(2025, 3, 1), LocalDate.of(2025, 4, 1), zone);
 * }</pre>
 *
 * <p>The range is half-open. Where it begins within a step of the calendar, the first step keeps
 * its own beginning as its name and holds only what is in the range; the last one is cut off in the
 * same way. At most 100,000 steps.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class Steps {
  /** How many steps there may be: 100,000. */
  public static final int MOST = 100_000;

  private final Instant from;
  private final Instant to;
  private final List<Instant> begins;

  private Steps(Instant from, Instant to, List<Instant> begins) {
    this.from = from;
    this.to = to;
    this.begins = begins;
  }

  /**
   * Reckons the steps of a range.
   *
   * @param from the first moment
   * @param to the first moment after the range
   * @throws ConfigurationException if the range is empty or has more than 100,000 steps
   */
  public static Steps between(Instant from, Instant to, Step step) {
    if (!from.isBefore(to)) {
      throw new ConfigurationException("The end of the range", to.toString(), "after " + from);
    }
    List<Instant> begins = new ArrayList<>();
    Instant begin = step.rhythm().begin(from);
    while (begin.isBefore(to)) {
      if (begins.size() == MOST) {
        throw new ConfigurationException(
            "The range of the series", from + " to " + to, "at most " + MOST + " steps");
      }
      begins.add(begin);
      begin = step.rhythm().next(begin);
    }
    return new Steps(from, to, List.copyOf(begins));
  }

  /** Reckons the days from a date to another, which is not one of them. */
  public static Steps days(LocalDate from, LocalDate to, ZoneId zone) {
    return between(
        from.atStartOfDay(zone).toInstant(), to.atStartOfDay(zone).toInstant(), Step.days(zone));
  }

  /** Returns the first moment of the range. */
  public Instant from() {
    return from;
  }

  /** Returns the first moment after the range. */
  public Instant to() {
    return to;
  }

  /** Returns where each step begins, in order. */
  public List<Instant> begins() {
    return begins;
  }

  /** Returns the condition that a moment is in the range. */
  public Condition contain(Moment moment) {
    return moment.in(from, to);
  }

  /** Returns the number of the step that holds a moment of the range, from 0. */
  public Field<Integer> position(Moment moment) {
    return new PositionSql(moment, begins, to).position();
  }

  /** Returns a table of all steps: {@link #position(Table)} and {@link #begin(Table)} of it. */
  public Table<Record> table(String alias) {
    String postgres =
        begins.stream().map(each -> '"' + Storage.text(each) + '"').collect(joining(",", "{", "}"));
    String sqlite =
        begins.stream().map(each -> '"' + Storage.text(each) + '"').collect(joining(",", "[", "]"));
    return PerBackend.table(
            sql(
                "(select cast(o - 1 as int) as \"position\", b as \"begin\""
                    + " from unnest({0}::timestamptz[]) with ordinality as u (b, o))",
                inline(postgres)),
            sql(
                "(select key as \"position\", value as \"begin\" from json_each({0}))",
                inline(sqlite)))
        .as(alias);
  }

  /** Returns the number of a step, from 0, in a table of steps. */
  public static Field<Integer> position(Table<?> steps) {
    return field(DSL.name(steps.getName(), "position"), SQLDataType.INTEGER);
  }

  /** Returns the beginning of a step in a table of steps. */
  public static Field<Instant> begin(Table<?> steps) {
    return field(DSL.name(steps.getName(), "begin"), SQLDataType.INSTANT);
  }
}
