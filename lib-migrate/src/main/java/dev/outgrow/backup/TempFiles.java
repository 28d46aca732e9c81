package dev.outgrow.backup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files below {@code java.io.tmpdir} for this user alone, for what has no place in a folder of
 * backups. The process that made one is in its name, so that the next can delete what one that was
 * killed has left.
 */
final class TempFiles {
  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
  private static final String PREFIX = "outgrow-backup-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-.*");

  private TempFiles() {}

  static Path create(String ending) throws IOException {
    removeLeft(Path.of(System.getProperty("java.io.tmpdir", ".")));
    return Files.createTempFile(PREFIX + ProcessHandle.current().pid() + "-", "." + ending);
  }

  private static void removeLeft(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path file : files) {
        Matcher name = NAME.matcher(BackupFolder.name(file));
        if (name.matches()
            && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
            && isOurs(file)) {
          Files.deleteIfExists(file);
          LOG.info("Removed {}, which a process that was ended has left", file);
        }
      }
    }
  }

  private static boolean isOurs(Path file) throws IOException {
    try {
      return Files.getOwner(file).getName().equals(System.getProperty("user.name"));
    } catch (NoSuchFileException another) {
      return false;
    }
  }
}
