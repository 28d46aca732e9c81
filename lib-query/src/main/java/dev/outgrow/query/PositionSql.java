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

/** How many of some moments in order are not after a moment. Both ways search by halves. */
final class PositionSql {
  private PositionSql() {}

  static Field<Integer> postgres(Moment moment, List<Instant> begins) {
    if (begins.isEmpty()) {
      return nothing(moment);
    }
    Storage storage = moment.storage();
    String array = begins.stream().map(storage::element).collect(Collectors.joining(",", "{", "}"));
    return field(
        "width_bucket({0}, {1}::" + storage.elementType() + "[])",
        Integer.class,
        moment.comparable(),
        inline(array));
  }

  static Field<Integer> sqlite(Moment moment, List<Instant> begins) {
    if (begins.isEmpty()) {
      return nothing(moment);
    }
    return CustomField.of(
        "position", SQLDataType.INTEGER, context -> search(context, moment, begins, 0));
  }

  private static void search(
      Context<?> context, Moment moment, List<Instant> begins, int positionBefore) {
    if (begins.isEmpty()) {
      context.sql(positionBefore);
      return;
    }
    int middle = begins.size() / 2;
    QueryPart literal = moment.storage().literal(begins.get(middle));
    context.sql("case when ").visit(moment.comparable()).sql(" < ").visit(literal).sql(" then ");
    search(context, moment, begins.subList(0, middle), positionBefore);
    context.sql(" else ");
    search(context, moment, begins.subList(middle + 1, begins.size()), positionBefore + middle + 1);
    context.sql(" end");
  }

  /** Still of the column: a constant would be taken for the number of a column in GROUP BY. */
  private static Field<Integer> nothing(Moment moment) {
    return field("(case when {0} is null then 0 else 0 end)", Integer.class, moment.comparable());
  }
}
