package dev.outgrow.database.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks the archive of PostgreSQL's programs. By itself, since its libraries are loaded with it,
 * and no start but the first needs them.
 */
final class Unpacking {
  private static final int EXECUTABLE = 0100;

  private Unpacking() {}

  /** Unpacks the archive of this platform into a folder that is empty. */
  static void unpack(Path into) throws IOException {
    try (TarArchiveInputStream archive =
        new TarArchiveInputStream(new XZInputStream(EmbeddedBinaries.open()))) {
      for (TarArchiveEntry each = archive.getNextEntry();
          each != null;
          each = archive.getNextEntry()) {
        Path target = into.resolve(each.getName()).normalize();
        if (!target.startsWith(into)) {
          throw new IOException("the archive of PostgreSQL has an entry " + each.getName());
        }
        unpack(archive, each, target, into);
      }
    }
  }

  private static void unpack(
      TarArchiveInputStream archive, TarArchiveEntry entry, Path target, Path into)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(archive, target);
      boolean program =
          (entry.getMode() & EXECUTABLE) != 0 || target.startsWith(into.resolve("bin"));
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(program ? "rwx------" : "rw-------"));
    }
  }
}
