package dev.outgrow.importer.fault;

import java.nio.charset.StandardCharsets;
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
    /** Before the swap's commit is sent. */
    BEFORE_COMMIT,
    /** When the swap's commit was sent. */
    AFTER_COMMIT,
    /** When the commit is answered, and before the answer arrives. */
    AT_ANSWER,
    /** When everything is done, before the import lets go of its claim. */
    BEFORE_RELEASE
  }

  private final Point point;
  private final long bytes;
  private final Runnable action;
  private final AtomicBoolean struck = new AtomicBoolean();

  Trigger(Point point, long bytes, Runnable action) {
    this.point = point;
    this.bytes = bytes;
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

  /** Returns how many of these bytes are sent before it happens. */
  int beforeSent(Words words, long before, byte[] chunk, int length) {
    boolean commit = words.take(chunk, length);
    if (struck.get()) {
      return length;
    }
    if ((point == Point.BEFORE_COMMIT && commit)
        || (point == Point.BEFORE_RELEASE && words.isReleasing())) {
      return 0;
    }
    return point == Point.SENT ? split(before, length) : length;
  }

  /** Returns whether it happens now that these bytes were sent. */
  boolean afterSent(Words words) {
    return point == Point.AFTER_COMMIT && words.isCommitting();
  }

  /** Returns how many of these bytes arrive before it happens. */
  int beforeAnswer(Words words, long before, int length) {
    if (struck.get()) {
      return length;
    }
    if (point == Point.AT_ANSWER && words.isCommitting()) {
      return 0;
    }
    return point == Point.RECEIVED ? split(before, length) : length;
  }

  private int split(long before, int length) {
    return (int) Math.max(0, Math.min(length, bytes - before));
  }

  /** Recognizes the commit of the swap in what one connection sends. */
  static final class Words {
    private static final int LONGEST = 16;

    private String tail = "";
    private boolean swapping;
    private volatile boolean committing;
    private boolean releasing;

    /** Takes note of what is sent; returns whether the commit is in it. */
    private boolean take(byte[] chunk, int length) {
      String text = tail + new String(chunk, 0, length, StandardCharsets.ISO_8859_1);
      tail = text.substring(Math.max(0, text.length() - LONGEST));
      swapping |= isSwap(text);
      releasing = committing && text.contains("pg_advisory_unlock");
      boolean commit = swapping && text.contains("COMMIT\0");
      if (commit) {
        swapping = false;
        tail = "";
        committing = true;
      }
      return commit;
    }

    private static boolean isSwap(String text) {
      return text.contains(" SET SCHEMA ")
          || text.contains("ALTER SCHEMA \"outgrow_")
          || text.contains("LOCK TABLE ");
    }

    private boolean isReleasing() {
      return releasing;
    }

    private boolean isCommitting() {
      return committing;
    }
  }
}
