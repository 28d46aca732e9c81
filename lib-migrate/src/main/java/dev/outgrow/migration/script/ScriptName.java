package dev.outgrow.migration.script;

import dev.outgrow.error.ConfigurationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the file name of a script says: {@code V12__add_albums.sql}, {@code R__statistics.sql},
 * {@code U12__add_albums.sql}.
 *
 * <p><em>Immutable.</em>
 *
 * @param kind what it is for
 * @param version its version, or null if it is repeatable
 * @param description what it does, with spaces
 * @since 0.1
 */
public record ScriptName(Kind kind, @Nullable Version version, String description) {
  private static final Pattern FORM = Pattern.compile("(V|U|R)([0-9._]*)__(.+)\\.sql");

  // As long as the history table's column; Flyway shortens alike.
  private static final int LONGEST = 200;
  private static final String ALLOWED =
      "V<version>__<description>.sql, R__<description>.sql or U<version>__<description>.sql, "
          + "with a version of numbers and points above 0";

  /** What a script is for. */
  public enum Kind {
    /** Runs once. */
    VERSIONED,
    /** Runs again whenever it has changed. */
    REPEATABLE,
    /** Takes back the versioned one of the same version. */
    UNDO
  }

  /**
   * Reads a file name.
   *
   * @throws ConfigurationException if it is not one of the forms
   */
  public static ScriptName of(String file) {
    Matcher name = FORM.matcher(file);
    if (!name.matches()) {
      throw refused(file);
    }
    String description = name.group(3).replace('_', ' ').strip();
    if (description.isEmpty()) {
      throw refused(file);
    }
    if (name.group(1).equals("R")) {
      if (!name.group(2).isEmpty()) {
        throw refused(file);
      }
      return new ScriptName(Kind.REPEATABLE, null, shortened(description));
    }
    Version version = Version.parse(name.group(2)).orElseThrow(() -> refused(file));
    if (version.isBase()) {
      throw refused(file);
    }
    Kind kind = name.group(1).equals("V") ? Kind.VERSIONED : Kind.UNDO;
    return new ScriptName(kind, version, shortened(description));
  }

  /** Returns a description as it fits the history table. */
  public static String shortened(String description) {
    return description.length() <= LONGEST
        ? description
        : description.substring(0, LONGEST - 3) + "...";
  }

  private static ConfigurationException refused(String file) {
    return new ConfigurationException("script", file, ALLOWED);
  }
}
