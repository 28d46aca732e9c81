package dev.outgrow.query.series;

import dev.outgrow.error.ConfigurationException;
import org.jooq.Field;

/**
 * The values of a dimension that come first when a measure of all their rows is ordered, the
 * greatest first. Null is a value as any other; a measure that is null comes last; of equal ones
 * the smaller value comes first, null last.
 *
 * <p><em>Immutable.</em>
 *
 * @param count how many, 1 to 1,000
 * @param measure an aggregate with an alias
 * @since 0.1
 */
public record TopN(int count, Field<?> measure) {
  private static final int MOST = 1_000;

  /** Refuses a count that is out of range. */
  public TopN {
    if (count < 1 || count > MOST) {
      throw new ConfigurationException("The top values", Integer.toString(count), "1 to " + MOST);
    }
  }

  /** Names the top values. */
  public static TopN of(int count, Field<?> measure) {
    return new TopN(count, measure);
  }
}
