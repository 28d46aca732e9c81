package dev.outgrow.examples.wizard;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An import that was under way when its application ended, as a small file keeps it. Without that
 * file nothing is lost but the sentence: each failure with it is logged, and stops nothing.
 *
 * @param home the database that the application ran on, without a credential
 * @param file the file that was carried, as people call it
 * @param target where to, without a credential
 */
record CutOff(String home, String file, String target) {
  private static final Logger LOG = LoggerFactory.getLogger(CutOff.class);
  private static final String NOTE = "carrying";
  private static final String HOME = "home";
  private static final String FILE = "file";
  private static final String TARGET = "target";

  /** Returns the one that a folder keeps. */
  static Optional<CutOff> in(Path folder) {
    Path note = folder.resolve(NOTE);
    if (!Files.exists(note)) {
      return Optional.empty();
    }
    Properties lines = new Properties();
    try (Reader reader = Files.newBufferedReader(note, StandardCharsets.UTF_8)) {
      lines.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("What was under way cannot be told: {}", note, e);
      return Optional.empty();
    }
    return Optional.of(
        new CutOff(
            lines.getProperty(HOME, ""),
            lines.getProperty(FILE, ""),
            lines.getProperty(TARGET, "")));
  }

  static boolean isNote(Path file) {
    return file.endsWith(NOTE);
  }

  static void remove(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(NOTE));
    } catch (IOException e) {
      LOG.warn("The next start will tell of an import that is over: {}", folder, e);
    }
  }

  void write(Path folder) {
    Properties lines = new Properties();
    lines.setProperty(HOME, home);
    lines.setProperty(FILE, file);
    lines.setProperty(TARGET, target);
    StringWriter text = new StringWriter();
    try {
      lines.store(text, "This is being carried:");
      Files.writeString(folder.resolve(NOTE), text.toString());
    } catch (IOException e) {
      LOG.warn("If the application ends now, the next start will not tell of it: {}", folder, e);
    }
  }

  Problem told() {
    return new Problem(
        "The application ended while " + file + " was being carried to " + target + ".",
        "The target holds what it held, or all of the file: a part of its rows is never there."
            + " Choose the file again; before anything begins, the page shows what is there.");
  }
}
