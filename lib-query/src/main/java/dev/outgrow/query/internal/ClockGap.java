package dev.outgrow.query.internal;

import dev.outgrow.error.ConfigurationException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.TimeZone;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * Date-times that the clocks of the JVM's own zone skip. jOOQ binds a {@link LocalDateTime} by way
 * of those clocks, so that 02:30 of the day they go forward is stored as 03:30, and nobody is told.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ClockGap {
  private ClockGap() {}

  /**
   * Returns the value as it is.
   *
   * @throws ConfigurationException if it would be stored as another one
   */
  public static @Nullable Object refuse(Field<?> field, @Nullable Object value) {
    if (value instanceof LocalDateTime time
        && !Timestamp.valueOf(time).toLocalDateTime().equals(time)) {
      throw new ConfigurationException(
          "A date-time for " + field.getName(),
          "one that the clocks of " + TimeZone.getDefault().getID() + " skip",
          "an Instant's field, or a JVM whose zone is UTC");
    }
    return value;
  }
}
