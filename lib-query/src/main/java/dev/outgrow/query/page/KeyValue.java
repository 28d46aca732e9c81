package dev.outgrow.query.page;

import dev.outgrow.query.internal.SortKey;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A sort key, and the value it has at a position.
 *
 * @param value the value as SQL, or null where it is null
 */
record KeyValue(SortKey key, @Nullable Field<?> value) {

  /** Returns whether rows stand behind the position by this key alone. */
  Condition beyond() {
    if (value == null) {
      return key.nullsFirst() && key.nullable() ? field().isNotNull() : DSL.falseCondition();
    }
    Condition beyond = key.ascending() ? field().gt(operand()) : field().lt(operand());
    return orNull(beyond);
  }

  /** Returns whether rows have this very value. */
  Condition same() {
    return value == null ? field().isNull() : field().eq(operand());
  }

  /** Returns whether rows stand at the position or behind it by this key alone. */
  Condition from() {
    if (value == null) {
      return key.nullsFirst() ? DSL.noCondition() : field().isNull();
    }
    Condition from = key.ascending() ? field().ge(operand()) : field().le(operand());
    return orNull(from);
  }

  private Condition orNull(Condition condition) {
    return key.nullable() && !key.nullsFirst() ? condition.or(field().isNull()) : condition;
  }

  /** The value is of the field's type, which the compiler cannot know. */
  @SuppressWarnings("unchecked")
  private Field<Object> field() {
    return (Field<Object>) key.field();
  }

  @SuppressWarnings("unchecked")
  private Field<Object> operand() {
    return (Field<Object>) Objects.requireNonNull(value);
  }
}
