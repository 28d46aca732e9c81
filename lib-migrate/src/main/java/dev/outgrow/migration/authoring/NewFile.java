package dev.outgrow.migration.authoring;

import dev.outgrow.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that are to be written, all of them or none: what is there already is never replaced.
 *
 * @param file where
 * @param text what, in UTF-8
 */
record NewFile(Path file, String text) {
  /**
   * Writes them, with the folders they lie in.
   *
   * @throws ConfigurationException if one is there already or cannot be written; then none stays
   */
  static List<Path> write(List<NewFile> files) {
    List<Path> written = new ArrayList<>();
    for (NewFile next : files) {
      try {
        Path folder = next.file.toAbsolutePath().getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
        Files.writeString(next.file, next.text, StandardOpenOption.CREATE_NEW);
        written.add(next.file);
      } catch (IOException failure) {
        ConfigurationException refused =
            new ConfigurationException(
                "file",
                next.file.toString(),
                "a file that is not there yet and can be written",
                failure);
        written.forEach(before -> delete(before, refused));
        throw refused;
      }
    }
    return List.copyOf(written);
  }

  private static void delete(Path file, ConfigurationException reason) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      reason.addSuppressed(failure);
    }
  }
}
