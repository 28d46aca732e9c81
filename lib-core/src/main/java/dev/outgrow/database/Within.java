package dev.outgrow.database;

import dev.outgrow.error.ConfigurationException;
import java.time.Duration;

/** Refuses a time that is out of its range. */
final class Within {
  private Within() {}

  static void require(String option, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new ConfigurationException(option, value.toString(), least + " to " + most);
    }
  }
}
