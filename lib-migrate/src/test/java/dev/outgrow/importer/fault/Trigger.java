package dev.outgrow.importer.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** At which point of what goes to and fro something happens, once. */
final class Trigger {
  /** What is counted, and around the commit of the swap, what is waited for. */
  enum Point {
    /** Never. */
    NEVER,
    /** When so many bytes were sent. */
    SENT,
    /** When so many bytes have come. */
    RECEIVED,
    /** Before this statement of the swap is sent, from 0. */
    BEFORE_STATEMENT,
    /** When this statement of the swap was sent. */
    AFTER_STATEMENT,
    /** When this statement of the swap is answered, and before the answer arrives. */
    AT_ANSWER
  }

  private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL";
  private static final String COMMIT = "COMMIT";
  private static final String RELEASE = "SELECT pg_advisory_unlock";

  private final Point point;
  private final long number;
  private final Runnable action;
  private final AtomicBoolean struck = new AtomicBoolean();
  private final List<String> swap = new ArrayList<>();

  Trigger(Point point, long number, Runnable action) {
    this.point = point;
    this.number = number;
    this.action = action;
  }

  static Trigger never() {
    return new Trigger(Point.NEVER, 0, () -> {});
  }

  /** Returns whether it has happened. */
  boolean hasStruck() {
    return struck.get();
  }

  /** Lets it happen, unless it has. */
  void strike() {
    if (!struck.getAndSet(true)) {
      action.run();
    }
  }

  /**
   * Returns what was sent from the swap's first statement to the one that lets go of the claim: the
   * last of them but that is the commit, where the swap is one transaction.
   */
  List<String> swap() {
    synchronized (swap) {
      return List.copyOf(swap);
    }
  }

  private boolean add(String sql, boolean begun) {
    synchronized (swap) {
      if (begun || sql.startsWith(BEGIN)) {
        swap.add(sql);
        return true;
      }
      return false;
    }
  }

  private int sent() {
    synchronized (swap) {
      return swap.size();
    }
  }

  /** Returns how many of these bytes are sent before it happens. */
  int beforeSent(Line line, long before, byte[] chunk, int length) {
    int statement = line.take(chunk, length);
    if (struck.get()) {
      return length;
    }
    return switch (point) {
      case BEFORE_STATEMENT -> statement < 0 ? length : statement;
      case SENT -> split(before, length);
      default -> length;
    };
  }

  /** Returns whether it happens now that these bytes were sent. */
  boolean afterSent(Line line) {
    return point == Point.AFTER_STATEMENT && line.isBehind();
  }

  /** Returns how many of these bytes arrive before it happens. */
  int beforeAnswer(Line line, long before, int length) {
    if (struck.get()) {
      return length;
    }
    if (point == Point.AT_ANSWER && line.isBehind()) {
      return 0;
    }
    return point == Point.RECEIVED ? split(before, length) : length;
  }

  private int split(long before, int length) {
    return (int) Math.max(0, Math.min(length, number - before));
  }

  /** One connection: recognizes the swap in what it sends. */
  final class Line {
    private final Statements statements = new Statements(this::statement);
    private boolean swapping;
    private volatile boolean behind;
    private int at;

    /** Takes note of what is sent; returns where the statement begins, -1 if it is not in it. */
    private int take(byte[] chunk, int length) {
      at = -1;
      statements.take(chunk, length);
      return at;
    }

    private void statement(int start, String sql) {
      boolean goesOn = swapping;
      if (!add(sql, goesOn)) {
        return;
      }
      swapping = !sql.startsWith(RELEASE);
      if (sent() - 1 == number) {
        at = start;
        behind = true;
      }
    }

    private boolean isBehind() {
      return behind;
    }
  }

  /** Returns where in a swap its commits are. */
  static List<Integer> commits(List<String> swap) {
    List<Integer> commits = new ArrayList<>();
    for (int i = 0; i < swap.size(); i++) {
      if (swap.get(i).equals(COMMIT)) {
        commits.add(i);
      }
    }
    return commits;
  }
}
