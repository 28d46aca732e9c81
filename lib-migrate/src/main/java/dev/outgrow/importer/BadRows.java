package dev.outgrow.importer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What to do with rows that cannot be carried: a value does not fit its column, or they are larger
 * than the import carries.
 *
 * @since 0.1
 */
public enum BadRows {
  /** Refuse the import, and say which they are, of all tables. */
  FAIL,
  /** Keep them aside with every raw value, in a table and a file, and carry the others. */
  REJECT;

  /** Returns the word users write after {@code --on-bad-row}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the policy of this word. */
  public static Optional<BadRows> ofWord(String word) {
    return Arrays.stream(values()).filter(b -> b.word().equals(word)).findFirst();
  }
}
