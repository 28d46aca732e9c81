package dev.outgrow.examples.wizard;

import java.nio.file.Path;
import java.util.Locale;

/**
 * The file that is to be carried.
 *
 * <p><em>Immutable.</em>
 *
 * @param path where it is
 * @param name what people call it
 * @param origin how it came here
 * @param bytes its size
 * @since 0.1
 */
public record ChosenFile(Path path, String name, Origin origin, long bytes) {
  private static final int LONGEST_SCHEMA = 40;

  /** How a file came to be chosen. */
  public enum Origin {
    /** It is the one that the application runs on. */
    OWN,
    /** It lies in the folder that is offered. */
    SERVER,
    /** It was uploaded, and is deleted when it is not needed any more. */
    UPLOAD
  }

  /** Returns whether it is the application's own. */
  public boolean own() {
    return origin == Origin.OWN;
  }

  /**
   * Returns a schema's name made of the file's: {@code media_history} of {@code Media History.db}.
   */
  String schema() {
    String last = name.replaceFirst("^.*[/\\\\]", "").replaceFirst("\\.[^.]*$", "");
    String plain =
        last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
    String letters =
        plain.isEmpty() || !Character.isLetter(plain.charAt(0)) ? "moved_" + plain : plain;
    return letters.substring(0, Math.min(LONGEST_SCHEMA, letters.length())).replaceAll("_+$", "");
  }
}
