package dev.outgrow.importer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What to do with rows whose foreign key refers to nothing.
 *
 * @since 0.1
 */
public enum Orphans {
  /** Refuse the import and say how many there are. */
  FAIL,
  /** Carry them, and leave the key {@code NOT VALID}: it holds for new rows only. */
  KEEP;

  /** Returns the word users write after {@code --orphans}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the policy of this word. */
  public static Optional<Orphans> ofWord(String word) {
    return Arrays.stream(values()).filter(o -> o.word().equals(word)).findFirst();
  }
}
