package dev.outgrow.examples.statistics;

import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.inline;

import java.util.List;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;

/**
 * Which sums a range is read from: those of hours, and those of quarters where an hour is cut, by
 * an end of the range or by the beginning of a day. A year has a fourth as many hours as quarters.
 *
 * @param part the range, and what of it is in the sums of quarters
 * @param from the first second of the hours
 * @param to the first second after them; the same if there are none
 * @param cut the hours between the two of which the quarters are read
 */
record Sums(Summed.Part part, long from, long to, List<Long> cut) {
  /** Quarters alone. */
  static Sums quarters(Summed.Part part) {
    return new Sums(part, part.to(), part.to(), List.of());
  }

  /** Hours as far as none of these moments lies within one. */
  static Sums hours(Summed.Part part, Stream<Long> cuts) {
    long from = -Math.floorDiv(-part.from(), Summed.HOUR) * Summed.HOUR;
    long to = hour(part.to());
    if (from >= to) {
      return quarters(part);
    }
    List<Long> cut =
        cuts.filter(moment -> moment % Summed.HOUR != 0)
            .map(Sums::hour)
            .filter(hour -> hour >= from && hour < to)
            .distinct()
            .toList();
    return new Sums(part, from, to, cut);
  }

  /** Returns the condition that the sum of an hour is read. */
  Condition hours(Field<Long> began) {
    if (from >= to) {
      return falseCondition();
    }
    Condition within = Plays.in(began, from, to);
    return cut.isEmpty() ? within : within.and(began.notIn(inlined(cut.stream())));
  }

  /** Returns the condition that the sum of a quarter is read. */
  Condition quarters(Field<Long> began) {
    Condition condition =
        part.from() < from ? Plays.in(began, part.from(), from) : falseCondition();
    if (to < part.to()) {
      condition = condition.or(Plays.in(began, to, part.to()));
    }
    return cut.isEmpty() ? condition : condition.or(began.in(inlined(quartersOfCut())));
  }

  private Stream<Long> quartersOfCut() {
    return cut.stream()
        .flatMap(
            hour -> Stream.iterate(hour, at -> at < hour + Summed.HOUR, at -> at + Summed.QUARTER));
  }

  /** Returns the hour that a moment is in. */
  static long hour(long moment) {
    return Math.floorDiv(moment, Summed.HOUR) * Summed.HOUR;
  }

  private static List<Field<Long>> inlined(Stream<Long> values) {
    return values.<Field<Long>>map(value -> inline(value)).toList();
  }
}
