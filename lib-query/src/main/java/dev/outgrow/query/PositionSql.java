package dev.outgrow.query;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.Context;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.impl.CustomField;
import org.jooq.impl.SQLDataType;

/**
 * Which step holds a moment. Steps that are equally long are found by a division, others by a
 * search by halves, which for PostgreSQL is a function.
 */
final class PositionSql {
  /** So many comparisons by {@code CASE} are still faster than the search in an array. */
  private static final int FEW_RUNS = 16;

  private final Moment moment;
  private final List<Instant> begins;
  private final List<Run> runs;

  PositionSql(Moment moment, List<Instant> begins, Instant to) {
    this.moment = moment;
    this.begins = begins;
    this.runs = Run.of(begins, to, moment.storage());
  }

  Field<Integer> position() {
    if (begins.size() == 1) {
      return nothing();
    }
    return PerBackend.field(
        SQLDataType.INTEGER,
        moment.storage().epoch() && runs.size() <= FEW_RUNS ? search() : widthBucket(),
        search());
  }

  /** Still of the column: a constant would be taken for the number of a column in GROUP BY. */
  private Field<Integer> nothing() {
    return field("(case when {0} is null then 0 else 0 end)", Integer.class, moment.comparable());
  }

  private Field<Integer> widthBucket() {
    Storage storage = moment.storage();
    String array =
        begins.stream().skip(1).map(storage::element).collect(Collectors.joining(",", "{", "}"));
    return field(
        "width_bucket({0}, {1}::" + storage.elementType() + "[])",
        Integer.class,
        moment.comparable(),
        inline(array));
  }

  private Field<Integer> search() {
    return CustomField.of("position", SQLDataType.INTEGER, context -> search(context, runs));
  }

  private void search(Context<?> context, List<Run> among) {
    if (among.size() == 1) {
      found(context, among.get(0));
      return;
    }
    int middle = among.size() / 2;
    QueryPart literal = moment.storage().literal(among.get(middle).begin());
    context.sql("case when ").visit(moment.comparable()).sql(" < ").visit(literal).sql(" then ");
    search(context, among.subList(0, middle));
    context.sql(" else ");
    search(context, among.subList(middle, among.size()));
    context.sql(" end");
  }

  private void found(Context<?> context, Run run) {
    if (run.count() == 1) {
      context.sql(run.position());
      return;
    }
    context.visit(quotient(run));
  }

  /** By a division that begins at 1970 where it can: nothing is subtracted from each row then. */
  private Field<?> quotient(Run run) {
    Field<?> units = moment.storage().epoch() ? moment.comparable() : moment.epochMicros();
    if (run.first() < 0) {
      return field(
          "cast({0} + ({1} - {2}) / {3} as int)",
          inline(run.position()), units, inline(run.first()), inline(run.length()));
    }
    long shift = Math.floorMod(-run.first(), run.length());
    Field<?> from1970 =
        shift == 0
            ? field("{0} / {1}", units, inline(run.length()))
            : field("({0} + {1}) / {2}", units, inline(shift), inline(run.length()));
    // SQLite's division of a number with a fraction has one, too.
    Field<Integer> whole =
        PerBackend.field(SQLDataType.INTEGER, from1970, field("cast({0} as int)", from1970));
    long first = (run.first() + shift) / run.length() - run.position();
    return field("({0} - {1})", whole, inline(first));
  }
}
