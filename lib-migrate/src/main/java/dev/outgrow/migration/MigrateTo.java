package dev.outgrow.migration;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.script.Version;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far one chain migrates. Repeatable scripts run only where that is the end.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class MigrateTo {
  private static final MigrateTo END = new MigrateTo(0, null);

  private final int steps;
  private final @Nullable Version version;

  private MigrateTo(int steps, @Nullable Version version) {
    this.steps = steps;
    this.version = version;
  }

  /** To the end of the scripts. */
  public static MigrateTo end() {
    return END;
  }

  /**
   * This many versions further, or to the end where fewer are left.
   *
   * @throws ConfigurationException if it is less than 1
   */
  public static MigrateTo steps(int count) {
    if (count < 1) {
      throw new ConfigurationException("steps", Integer.toString(count), "1 or more");
    }
    return new MigrateTo(count, null);
  }

  /**
   * Up to this version and with it. Where the schema is there or beyond, nothing runs.
   *
   * @throws ConfigurationException if it is none
   */
  public static MigrateTo version(String version) {
    return new MigrateTo(
        0,
        Version.parse(version)
            .orElseThrow(
                () -> new ConfigurationException("version", version, "numbers and points")));
  }

  /**
   * Returns the last version to run, or null for everything.
   *
   * @param pending the versions that would run, in order
   * @throws ConfigurationException if the chain has no such version
   */
  @Nullable Version last(ChainScripts scripts, List<Version> pending) {
    if (version != null) {
      if (!scripts.versioned().containsKey(version)) {
        throw new ConfigurationException(
            "version", version.toString(), "a version of chain " + scripts.chain().name());
      }
      return Objects.equals(version, scripts.last()) ? null : version;
    }
    return steps == 0 || steps >= pending.size() ? null : pending.get(steps - 1);
  }
}
