package dev.outgrow.migration.safety;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A script that is about to run.
 *
 * <p><em>Immutable.</em>
 *
 * @param chain the chain it is of
 * @param file its file name, or the class of a migration in Java
 * @param text what it holds; null for a migration in Java, which nobody sees into
 * @param settings what its {@code .conf} file holds, or null if there is none
 * @since 0.1
 */
public record PendingScript(
    String chain, String file, @Nullable String text, @Nullable String settings) {
  private static final Pattern OUTSIDE =
      Pattern.compile("(?mi)^\\s*executeInTransaction\\s*[=:]\\s*false\\s*$");
  private static final Pattern MIXED = Pattern.compile("(?mi)^\\s*mixed\\s*[=:]\\s*true\\s*$");

  /** Returns whether its settings say that it runs outside of a transaction. */
  boolean isOutside() {
    return settings != null && OUTSIDE.matcher(settings).find();
  }

  /** Returns whether its settings let statements of both kinds stand in it. */
  boolean isMixed() {
    return settings != null && MIXED.matcher(settings).find();
  }
}
