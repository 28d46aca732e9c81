package dev.outgrow.test.internal;

import java.util.List;

/**
 * Something that a test left open.
 *
 * <p><em>Immutable.</em>
 *
 * @param what in words, without a value of a statement
 * @param stack where it was borrowed; empty if that is not known
 * @since 0.1
 */
public record Leak(String what, List<StackTraceElement> stack) {
  /** Returns a failure that names all of them; each one's stack is suppressed in it. */
  public static AssertionError failure(List<Leak> leaks, String database) {
    StringBuilder text = new StringBuilder("The test left open in " + database + ":");
    for (Leak leak : leaks) {
      text.append("\n- ").append(leak.what);
    }
    AssertionError failure =
        new AssertionError(
            text + "\nClose what is borrowed, and commit or roll back what is begun.");
    for (Leak leak : leaks) {
      if (!leak.stack.isEmpty()) {
        Throwable where = new Throwable("borrowed here");
        where.setStackTrace(leak.stack.toArray(StackTraceElement[]::new));
        failure.addSuppressed(where);
      }
    }
    return failure;
  }
}
