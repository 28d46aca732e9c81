package dev.outgrow.query.page;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in an ordering, and which rows from there are meant.
 *
 * @param side which rows
 * @param values the sort keys' values as the database gave them; none is the one end or the other
 */
record Position(Side side, List<@Nullable Object> values) {
  static final Position START = new Position(Side.AFTER, List.of());
  static final Position END = new Position(Side.BEFORE, List.of());

  /** Which rows are meant. */
  enum Side {
    /** Those behind the place. */
    AFTER('>', true, false),
    /** Those in front of it. */
    BEFORE('<', false, false),
    /** Those behind it, and what stands there. */
    FROM(']', true, true),
    /** Those in front of it, and what stands there. */
    UP_TO('[', false, true);

    private final char code;
    private final boolean forwards;
    private final boolean inclusive;

    Side(char code, boolean forwards, boolean inclusive) {
      this.code = code;
      this.forwards = forwards;
      this.inclusive = inclusive;
    }

    /** Returns the byte that stands for it in a token. */
    int code() {
      return code;
    }

    static Optional<Side> of(int code) {
      return Arrays.stream(values()).filter(side -> side.code == code).findFirst();
    }

    boolean forwards() {
      return forwards;
    }

    boolean inclusive() {
      return inclusive;
    }
  }

  Position {
    values = Collections.unmodifiableList(values);
  }

  /** Returns what leads back from here, where nothing was found. */
  Position back() {
    return new Position(side.forwards() ? Side.UP_TO : Side.FROM, values);
  }

  boolean isEnd() {
    return values.isEmpty();
  }
}
