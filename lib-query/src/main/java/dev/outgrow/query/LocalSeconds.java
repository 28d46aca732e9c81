package dev.outgrow.query;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;
import org.sqlite.core.Codes;

/**
 * {@code outgrow_local_seconds(micros, zone)}: what the clocks of a zone show at a moment, counted
 * in whole seconds since 1970 as if they were in UTC; null for null. SQLite knows no zones.
 */
final class LocalSeconds extends Function {
  static final String NAME = "outgrow_local_seconds";

  private static final long MICROS_PER_SECOND = 1_000_000;

  private @Nullable String zone;
  private @Nullable ZoneRules rules;

  @Override
  protected void xFunc() throws SQLException {
    if (value_type(0) == Codes.SQLITE_NULL) {
      result();
      return;
    }
    long seconds = Math.floorDiv(value_long(0), MICROS_PER_SECOND);
    ZoneRules clocks = rules(value_text(1));
    result(seconds + clocks.getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds());
  }

  // A statement asks for one zone, row by row; a function belongs to one connection.
  private ZoneRules rules(String name) throws SQLException {
    ZoneRules known = rules;
    if (known == null || !name.equals(zone)) {
      known = read(name);
      rules = known;
      zone = name;
    }
    return known;
  }

  private static ZoneRules read(String name) throws SQLException {
    try {
      return ZoneId.of(name).getRules();
    } catch (DateTimeException unknown) {
      throw new SQLException("no time zone is called " + name, unknown);
    }
  }
}
