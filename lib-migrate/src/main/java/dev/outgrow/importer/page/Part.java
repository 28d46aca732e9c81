package dev.outgrow.importer.page;

/**
 * One of several parts of a table, which together are all of it: a run of what is below the root of
 * its tree.
 *
 * <p><em>Immutable.</em>
 *
 * @param number which of them, from 0
 * @param of how many there are
 * @since 0.1
 */
public record Part(int number, int of) {
  /** All of a table. */
  public static final Part WHOLE = new Part(0, 1);

  /** Requires that there is such a part. */
  public Part {
    if (number < 0 || number >= of) {
      throw new IllegalArgumentException("There is no part " + number + " of " + of);
    }
  }

  /** Returns how many of these many are before it. */
  int before(int all) {
    return (int) ((long) all * number / of);
  }

  /** Returns how many of these many are before the next part. */
  int through(int all) {
    return (int) ((long) all * (number + 1) / of);
  }
}
