package dev.outgrow.query.series;

import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;

import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.TableLike;

/** The rows that are counted. */
record Rows(TableLike<?> source, Condition condition) {

  /** What a measure is of no rows, reckoned once for a statement. */
  <T> Field<T> ofNoRows(Field<T> measure) {
    return field(select(measure).from(source).where(falseCondition()));
  }
}
