package dev.outgrow.importer;

import dev.outgrow.importer.reject.Treatment;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What to do with rows whose foreign key refers to nothing.
 *
 * @since 0.1
 */
public enum Orphans {
  /** Refuse the import and say which they are. */
  FAIL(Treatment.LIST),
  /**
   * Keep them aside with every raw value, in a table and a file, and so every row that refers to
   * one of them; carry the others.
   */
  REJECT(Treatment.REJECT),
  /**
   * Carry them with null where they refer. Of a key of several columns, those become null that can
   * be; a key of which none can be refuses the import.
   */
  NULL(Treatment.NULL),
  /** Carry them, and leave the key {@code NOT VALID}: it holds for new rows only. */
  KEEP(Treatment.COUNT);

  private final Treatment treatment;

  Orphans(Treatment treatment) {
    this.treatment = treatment;
  }

  Treatment treatment() {
    return treatment;
  }

  /** Returns the word users write after {@code --orphans}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the policy of this word. */
  public static Optional<Orphans> ofWord(String word) {
    return Arrays.stream(values()).filter(o -> o.word().equals(word)).findFirst();
  }
}
