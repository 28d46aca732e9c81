package dev.outgrow.query;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** Full hours on the clocks of a zone; where the clocks are changed, an hour begins too. */
record HourRhythm(ZoneRules rules) implements Step.Rhythm {
  private static final long HOUR = 3_600;

  @Override
  public Instant begin(Instant moment) {
    Instant hour = moment.truncatedTo(ChronoUnit.SECONDS).minusSeconds(past(moment));
    ZoneOffsetTransition change = rules.previousTransition(moment.plusNanos(1));
    return change != null && change.getInstant().isAfter(hour) ? change.getInstant() : hour;
  }

  @Override
  public Instant next(Instant begin) {
    Instant hour = begin.plusSeconds(HOUR - past(begin));
    ZoneOffsetTransition change = rules.nextTransition(begin);
    return change != null && change.getInstant().isBefore(hour) ? change.getInstant() : hour;
  }

  private long past(Instant moment) {
    long local = moment.getEpochSecond() + rules.getOffset(moment).getTotalSeconds();
    return Math.floorMod(local, HOUR);
  }
}
