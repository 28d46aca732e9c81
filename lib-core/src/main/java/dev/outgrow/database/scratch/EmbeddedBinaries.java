package dev.outgrow.database.scratch;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** PostgreSQL's programs out of the archive on the class path, unpacked once for all runs. */
final class EmbeddedBinaries {
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

  /**
   * Finds those that are unpacked already, where that can be known without the library. Nothing
   * here needs it then.
   */
  static Optional<EmbeddedBinaries> unpackedIn(ScratchFolder folder) throws IOException {
    return NamedBinaries.id()
        .map(EmbeddedBinaries::new)
        .filter(named -> Files.isDirectory(named.place(folder)));
  }

  private Path place(ScratchFolder folder) {
    return folder.path().resolve(KeptServers.BINARIES + id);
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
    Path unpacked = place(folder);
    if (!Files.exists(unpacked)) {
      Path half = folder.createFolder(KeptServers.HALF + UUID.randomUUID());
      try {
        Unpacking.unpack(half);
        Files.move(half, unpacked, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException | RuntimeException failure) {
        ScratchFolder.delete(half);
        throw failure;
      }
    }
    Files.setLastModifiedTime(unpacked, FileTime.from(Instant.now()));
    return unpacked.resolve("bin");
  }
}
