package dev.outgrow.examples.runner;

import dev.outgrow.backup.Backup;
import dev.outgrow.backup.Backups;
import dev.outgrow.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A backup in a file that somebody names, where a folder of backups would choose the name. It is
 * made in a folder of its own beside the file, and gets the name when it is whole.
 */
final class NamedBackup {
  private static final String ALLOWED = "a new file in a folder that exists and can be written to";

  private final Path file;
  private final Path manifest;

  NamedBackup(Path file) {
    this.file = file.toAbsolutePath();
    this.manifest = this.file.resolveSibling(file.getFileName() + ".json");
  }

  /**
   * Makes it.
   *
   * @throws ConfigurationException if the file, or its manifest, is there or cannot be made
   */
  Backup create(Backups backups) {
    if (Files.exists(file) || Files.exists(manifest)) {
      throw new ConfigurationException("FILE", file.toString(), ALLOWED);
    }
    try {
      Path folder = Files.createTempDirectory(file.getParent(), ".outgrow-backup-");
      try {
        name(backups.into(folder).create().file());
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new ConfigurationException("FILE", file.toString(), ALLOWED, e);
    }
    return Backups.read(file);
  }

  /** The manifest first: a file under its final name is one that can be proven. */
  private void name(Path made) throws IOException {
    Files.move(made.resolveSibling(made.getFileName() + ".json"), manifest);
    try {
      Files.move(made, file);
    } catch (IOException e) {
      Files.delete(manifest);
      throw e;
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(folder)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }
}
