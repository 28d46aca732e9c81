package dev.outgrow.importer.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Which side has changed since the import that made both equal.
 *
 * <p><em>Immutable.</em>
 *
 * @param id the import
 * @param file the file it carried
 * @param at when it was swapped in
 * @param source tables whose rows in SQLite are not those that were carried
 * @param target tables whose rows in PostgreSQL are not those that were carried
 * @since 0.1
 */
public record Since(String id, String file, Instant at, List<String> source, List<String> target) {
  private static final int SHOWN = 20;
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Copies the lists. */
  public Since {
    source = List.copyOf(source);
    target = List.copyOf(target);
  }

  /** Returns it in words. */
  public String describe() {
    String then = "the import of " + SECOND.format(at) + " (" + file + ")";
    if (source.isEmpty() && target.isEmpty()) {
      return "The rows of both sides are as " + then + " left them.";
    }
    if (source.isEmpty()) {
      return "The target has moved on since " + then + ": " + list(target) + "; the file has not.";
    }
    if (target.isEmpty()) {
      return "The file has moved on since " + then + ": " + list(source) + "; the target has not.";
    }
    return "Both sides have moved on since "
        + then
        + ": the file in "
        + list(source)
        + "; the target in "
        + list(target)
        + ".";
  }

  private static String list(List<String> tables) {
    int more = tables.size() - SHOWN;
    return String.join(", ", tables.subList(0, Math.min(SHOWN, tables.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
