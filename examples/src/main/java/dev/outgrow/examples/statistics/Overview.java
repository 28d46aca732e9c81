package dev.outgrow.examples.statistics;

import java.time.Duration;
import java.util.List;

/**
 * What the home page shows of a period.
 *
 * <p><em>Immutable.</em>
 *
 * @param plays how many sessions began
 * @param watched how long they lasted, without pauses
 * @param viewers how many different users began them, those deleted since included
 * @param users the ten who watched longest
 * @param items the ten that were played most
 * @param playsPerDay each day's sessions by platform: the five with most, and the others
 * @param weekHours seven days from Monday, each with 24 hours' sessions
 * @param streams each day's greatest number of sessions at once
 * @since 0.1
 */
public record Overview(
    long plays,
    Duration watched,
    long viewers,
    List<Ranked> users,
    List<Ranked> items,
    Lines playsPerDay,
    List<List<Long>> weekHours,
    Lines streams) {
  /**
   * What takes as long as all the rest, and can be asked for beside it.
   *
   * @param items the ten that were played most
   * @param streams each day's greatest number of sessions at once
   */
  public record Half(List<Ranked> items, Lines streams) {
    /** Copies the list. */
    public Half {
      items = List.copyOf(items);
    }
  }

  /** Copies the lists. */
  public Overview {
    users = List.copyOf(users);
    items = List.copyOf(items);
    weekHours = weekHours.stream().map(List::copyOf).toList();
  }

  /** Returns the greatest number of sessions at once in the period. */
  public long peak() {
    return streams.lines().stream().mapToLong(Lines.Line::greatest).max().orElse(0);
  }
}
