package dev.outgrow.importer.source;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Texts that can only mean yes or no: {@code true t yes y on 1} and {@code false f no n off 0}, in
 * capitals or not.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class BooleanText {
  private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "on", "1");
  private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "off", "0");
  private static final int LONGEST = 5;

  private BooleanText() {}

  /** Returns what a text means, or nothing where that is not plain. */
  public static Optional<Boolean> parse(byte[] text) {
    if (text.length > LONGEST) {
      return Optional.empty();
    }
    String word = new String(text, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    return TRUE.contains(word)
        ? Optional.of(true)
        : FALSE.contains(word) ? Optional.of(false) : Optional.empty();
  }
}
