package dev.outgrow.migration.internal.flyway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.flywaydb.core.internal.license.VersionPrinter;

/**
 * Which Flyway is on the class path, read where Flyway itself reads it. Whoever only compares
 * fingerprints need not load Flyway for it.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class FlywayVersion {
  private static final String NOTE = "org/flywaydb/core/internal/version.txt";

  private FlywayVersion() {}

  /** Returns it: {@code 13.12.0}. */
  public static String text() {
    ClassLoader loader = FlywayVersion.class.getClassLoader();
    try (InputStream note = loader.getResourceAsStream(NOTE)) {
      return note == null
          ? VersionPrinter.getVersion()
          : new String(note.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException failure) {
      throw new UncheckedIOException("The version of Flyway cannot be read", failure);
    }
  }
}
