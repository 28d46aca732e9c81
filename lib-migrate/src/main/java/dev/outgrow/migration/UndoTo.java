package dev.outgrow.migration;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.script.Version;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far one chain is taken back. What has run last is taken back first.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class UndoTo {
  private static final UndoTo BASE = new UndoTo(0, null);

  private final int steps;
  private final @Nullable Version version;

  private UndoTo(int steps, @Nullable Version version) {
    this.steps = steps;
    this.version = version;
  }

  /** Back to before the first version. */
  public static UndoTo base() {
    return BASE;
  }

  /**
   * This many versions back, or to before the first where fewer have run.
   *
   * @throws ConfigurationException if it is less than 1
   */
  public static UndoTo steps(int count) {
    if (count < 1) {
      throw new ConfigurationException("steps", Integer.toString(count), "1 or more");
    }
    return new UndoTo(count, null);
  }

  /**
   * Down to this version, which stays; 0 is {@link #base()}. Where the schema is there or below,
   * nothing runs.
   *
   * @throws ConfigurationException if it is none
   */
  public static UndoTo version(String version) {
    Version last =
        Version.parse(version)
            .orElseThrow(
                () -> new ConfigurationException("version", version, "numbers and points"));
    return last.isBase() ? BASE : new UndoTo(0, last);
  }

  /**
   * Returns the rows of what is to be taken back, in this order.
   *
   * @throws ConfigurationException if the chain has no such version, or it is below the one at
   *     which somebody else's schema was taken over
   */
  List<HistoryRow> chosen(ChainScripts scripts, AppliedState applied) {
    List<HistoryRow> newestFirst =
        applied.versioned().values().stream()
            .sorted(Comparator.comparingInt(HistoryRow::rank).reversed())
            .toList();
    if (steps > 0) {
      return newestFirst.subList(0, Math.min(steps, newestFirst.size()));
    }
    requireKnown(scripts, applied);
    return newestFirst.stream().filter(row -> isAbove(row.version())).toList();
  }

  private boolean isAbove(@Nullable Version other) {
    return version == null || (other != null && other.compareTo(version) > 0);
  }

  private void requireKnown(ChainScripts scripts, AppliedState applied) {
    String chain = scripts.chain().name();
    Version taken = applied.takenOverAt();
    if (taken != null && isAbove(taken)) {
      throw new ConfigurationException(
          "version",
          version == null ? "0" : version.toString(),
          taken + " or above, at which chain " + chain + " was taken over");
    }
    if (version != null
        && (taken == null || !version.equals(taken))
        && !scripts.versioned().containsKey(version)
        && !applied.versioned().containsKey(version)) {
      throw new ConfigurationException(
          "version", version.toString(), "a version of chain " + chain + ", or 0");
    }
  }
}
