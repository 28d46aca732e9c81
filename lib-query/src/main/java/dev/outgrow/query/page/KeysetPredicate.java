package dev.outgrow.query.page;

import dev.outgrow.query.internal.SortKey;
import java.util.List;
import org.jooq.Condition;
import org.jooq.RowN;
import org.jooq.impl.DSL;

/**
 * The condition for rows behind a position. Where all keys go one way and hold no null it is a
 * comparison of rows, which an index answers as a whole. Otherwise it is spelled out, with the
 * first key's range in front, which an index on that key answers.
 */
final class KeysetPredicate {
  private final List<KeyValue> keys;
  private final boolean inclusive;

  private KeysetPredicate(List<KeyValue> keys, boolean inclusive) {
    this.keys = keys;
    this.inclusive = inclusive;
  }

  static Condition behind(List<KeyValue> keys, boolean inclusive) {
    KeysetPredicate predicate = new KeysetPredicate(keys, inclusive);
    if (keys.size() == 1) {
      return predicate.tail(0);
    }
    return predicate.isOneRow() ? predicate.rows() : keys.get(0).from().and(predicate.tail(0));
  }

  private Condition tail(int i) {
    KeyValue key = keys.get(i);
    if (i == keys.size() - 1) {
      return inclusive ? key.from() : key.beyond();
    }
    return key.beyond().or(key.same().and(tail(i + 1)));
  }

  private boolean isOneRow() {
    SortKey first = keys.get(0).key();
    return keys.stream()
        .allMatch(
            value ->
                value.value() != null
                    && !value.key().nullable()
                    && value.key().ascending() == first.ascending());
  }

  private Condition rows() {
    RowN fields = DSL.row(keys.stream().map(value -> value.key().field()).toList());
    RowN values = DSL.row(keys.stream().map(KeyValue::value).toList());
    if (keys.get(0).key().ascending()) {
      return inclusive ? fields.ge(values) : fields.gt(values);
    }
    return inclusive ? fields.le(values) : fields.lt(values);
  }
}
