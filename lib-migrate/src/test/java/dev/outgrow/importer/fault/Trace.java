package dev.outgrow.importer.fault;

import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What happened in an import that nothing happened to, and so when something can happen. */
final class Trace {
  private static final int AFTERWARDS = 2; // events that come when everything is in its place

  private final List<Told> events = new ArrayList<>();
  private List<String> swap = List.of();

  /** An event, and what had gone to and fro by then. */
  private record Told(Phase phase, Progress.Event event, long sent, long received) {}

  /** A part of the import's life. */
  private record Part(String name, int from, int to, boolean swap) {}

  /**
   * When something happens.
   *
   * @param part in which part of the import's life
   * @param event at which event, if nothing has happened by then; -1 for none
   * @param point at which point of what goes to and fro; not every import sends and receives alike
   *     much, and one that never gets there has the event
   * @param number how much that is, or which statement of the swap
   * @param done whether everything is done by then, for good
   */
  record Instant(String part, int event, Trigger.Point point, long number, boolean done) {
    Instant(String part, int event, Trigger.Point point, long number) {
      this(part, event, point, number, false);
    }
  }

  void add(Progress progress, FaultProxy proxy) {
    events.add(new Told(progress.phase(), progress.event(), proxy.sent(), proxy.received()));
  }

  /** Takes note of the statements of the swap, and of those behind it. */
  void swapped(List<String> statements) {
    swap = statements;
  }

  /** Returns an instant in the swap. */
  Instant instant(SwapPlace place, Random random) {
    int commit = commit();
    String name = place.name();
    return switch (place) {
      case FIRST -> new Instant(name, -1, Trigger.Point.BEFORE_STATEMENT, 0);
      case BETWEEN ->
          new Instant(name, -1, Trigger.Point.BEFORE_STATEMENT, 1 + random.nextInt(commit - 1));
      case COMMIT -> new Instant(name, -1, Trigger.Point.BEFORE_STATEMENT, commit);
      case SENT -> new Instant(name, -1, Trigger.Point.AFTER_STATEMENT, commit);
      case ANSWER -> new Instant(name, -1, Trigger.Point.AT_ANSWER, commit);
      case AFTER -> new Instant(name, -1, Trigger.Point.BEFORE_STATEMENT, swap.size() - 1, true);
    };
  }

  private int commit() {
    List<Integer> commits = Trigger.commits(swap);
    return commits.get(commits.size() - 1);
  }

  /** Returns an instant in one of its parts. */
  Instant instant(int stratum, Random random) {
    List<Part> parts = parts();
    Part part = parts.get(Math.floorMod(stratum, parts.size()));
    if (part.swap()) {
      SwapPlace[] places = SwapPlace.values();
      return instant(places[random.nextInt(places.length)], random);
    }
    Told first = events.get(part.from());
    int end = Math.min(part.to(), events.size() - 1);
    Told behind = events.get(end);
    long sent = behind.sent() - first.sent();
    long received = behind.received() - first.received();
    return switch (random.nextInt(3)) {
      case 0 -> atEvent(part, random);
      case 1 ->
          sent < 2
              ? atEvent(part, random)
              : new Instant(
                  part.name(), end, Trigger.Point.SENT, first.sent() + within(sent, random));
      default ->
          received < 2
              ? atEvent(part, random)
              : new Instant(
                  part.name(),
                  end,
                  Trigger.Point.RECEIVED,
                  first.received() + within(received, random));
    };
  }

  private static Instant atEvent(Part part, Random random) {
    int event = part.from() + random.nextInt(part.to() - part.from());
    return new Instant(part.name(), event, Trigger.Point.NEVER, 0);
  }

  private static long within(long length, Random random) {
    return (long) (length * (random.nextDouble() * 0.98));
  }

  /** A phase that comes twice is two parts; the swap, and what is behind, are two. */
  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    int last = events.size() - AFTERWARDS;
    int from = 0;
    for (int i = 1; i <= last; i++) {
      if (i == last || events.get(i).phase() != events.get(from).phase()) {
        parts.add(new Part(events.get(from).phase().word(), from, i, false));
        from = i;
      }
    }
    parts.add(new Part("swap", last, last, true));
    parts.add(new Part("afterwards", last, events.size(), false));
    return parts;
  }
}
