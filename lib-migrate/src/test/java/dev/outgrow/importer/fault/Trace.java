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

  /** An event, and what had gone to and fro by then. */
  private record Told(Phase phase, Progress.Event event, long sent, long received) {}

  /** A part of the import's life. */
  private record Part(String name, int from, int to, boolean commit) {}

  /**
   * When something happens.
   *
   * @param part in which part of the import's life
   * @param event at which event; -1 for none
   * @param point at which point of what goes to and fro
   * @param bytes how much that is
   */
  record Instant(String part, int event, Trigger.Point point, long bytes) {}

  void add(Progress progress, FaultProxy proxy) {
    events.add(new Told(progress.phase(), progress.event(), proxy.sent(), proxy.received()));
  }

  /** Returns an instant in one of its parts. */
  Instant instant(int stratum, Random random) {
    List<Part> parts = parts();
    Part part = parts.get(Math.floorMod(stratum, parts.size()));
    if (part.commit()) {
      Trigger.Point[] points = {
        Trigger.Point.BEFORE_COMMIT,
        Trigger.Point.AFTER_COMMIT,
        Trigger.Point.AT_ANSWER,
        Trigger.Point.BEFORE_RELEASE
      };
      return new Instant(part.name(), -1, points[random.nextInt(points.length)], 0);
    }
    Told first = events.get(part.from());
    Told behind = events.get(Math.min(part.to(), events.size() - 1));
    long sent = behind.sent() - first.sent();
    long received = behind.received() - first.received();
    return switch (random.nextInt(3)) {
      case 0 -> atEvent(part, random);
      case 1 ->
          sent < 2
              ? atEvent(part, random)
              : new Instant(
                  part.name(), -1, Trigger.Point.SENT, first.sent() + within(sent, random));
      default ->
          received < 2
              ? atEvent(part, random)
              : new Instant(
                  part.name(),
                  -1,
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

  /** A phase that comes twice is two parts; the commit of the swap, and what is behind, are two. */
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
    parts.add(new Part("commit", last, last, true));
    parts.add(new Part("afterwards", last, events.size(), false));
    return parts;
  }
}
