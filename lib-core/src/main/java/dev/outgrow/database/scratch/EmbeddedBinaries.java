package dev.outgrow.database.scratch;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs out of the archive on the class path, unpacked once for all runs. */
final class EmbeddedBinaries {
  private static final int EXECUTABLE = 0100;

  private final String id;

  private EmbeddedBinaries(String id) {
    this.id = id;
  }

  /** Opens the archive of this platform. */
  static InputStream open() throws IOException {
    String system = System.getProperty("os.name", "");
    String machine = System.getProperty("os.arch", "");
    try {
      return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
          system.startsWith("Mac") ? "Darwin" : system, machine);
    } catch (IllegalStateException missing) {
      throw EmbeddedLibrary.missing(
          "There are no PostgreSQL binaries for " + system + " on " + machine + ".", missing);
    }
  }

  /** Finds the archive, and what tells it from those of other versions. */
  static EmbeddedBinaries find() throws IOException {
    Optional<String> listed = ListedBinaries.id();
    return new EmbeddedBinaries(listed.isPresent() ? listed.get() : read());
  }

  /** Reads the archive once, which takes a tenth of what it takes to start a server. */
  static String read() throws IOException {
    CRC32 sum = new CRC32();
    try (CheckedInputStream archive = new CheckedInputStream(open(), sum)) {
      return id(archive.transferTo(OutputStream.nullOutputStream()), sum.getValue());
    }
  }

  static String id(long bytes, long sum) {
    return Long.toHexString(sum) + "-" + bytes;
  }

  /** Returns what tells them from other versions'. */
  String id() {
    return id;
  }

  /** Returns the folder of the programs, unpacked if they are not. One thread at a time. */
  Path programs(ScratchFolder folder) throws IOException {
    Path unpacked = folder.path().resolve(KeptServers.BINARIES + id);
    if (!Files.exists(unpacked)) {
      Path half = folder.createFolder(KeptServers.HALF + UUID.randomUUID());
      try {
        unpack(half);
        Files.move(half, unpacked, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException | RuntimeException failure) {
        ScratchFolder.delete(half);
        throw failure;
      }
    }
    Files.setLastModifiedTime(unpacked, FileTime.from(Instant.now()));
    return unpacked.resolve("bin");
  }

  private static void unpack(Path into) throws IOException {
    try (TarArchiveInputStream archive = new TarArchiveInputStream(new XZInputStream(open()))) {
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
