package dev.outgrow.examples.wizard;

import dev.outgrow.database.DatabaseUrl;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where uploads lie: a folder for each run of the application, which its user alone may enter. What
 * a run has left that was killed goes when the next one begins; a lock tells which runs are alive.
 */
final class UploadRoom implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UploadRoom.class);
  private static final String RUN = "run-";
  private static final String LOCK = ".lock";
  private static final Duration BEGINNING = Duration.ofMinutes(1);

  private final Path run;
  private final FileChannel alive;
  private final List<CutOff> cutOff;

  private UploadRoom(Path run, FileChannel alive, List<CutOff> cutOff) {
    this.run = run;
    this.alive = alive;
    this.cutOff = new CopyOnWriteArrayList<>(cutOff);
  }

  /** Makes a folder for this run, and takes away what others have left that are over. */
  static UploadRoom open(Path base) throws IOException {
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Path parent = base.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (!Files.exists(base, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(base, owner);
    }
    if (!Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(base + " is not a folder");
    }
    Path run = Files.createTempDirectory(base, RUN, owner);
    requireOwn(base, run);
    FileChannel alive =
        FileChannel.open(
            run.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    alive.lock();
    return new UploadRoom(run, alive, clear(base));
  }

  /** In a folder that everybody may write to, another user may have been first. */
  private static void requireOwn(Path base, Path run) throws IOException {
    if (!Files.getOwner(base).equals(Files.getOwner(run))) {
      Files.delete(run);
      throw new IOException(base + " belongs to another user");
    }
    Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx------"));
  }

  private static List<CutOff> clear(Path base) throws IOException {
    List<CutOff> found = new ArrayList<>();
    for (Path each : children(base)) {
      if (String.valueOf(each.getFileName()).startsWith(RUN) && isOver(each)) {
        CutOff.in(each).ifPresent(found::add);
        delete(each);
      }
    }
    return found;
  }

  /** Keeps in mind that an import is under way, for the run that comes after this one. */
  void carrying(DatabaseUrl home, String file, String target) {
    cutOff.clear();
    new CutOff(home.toString(), file, target).write(run);
  }

  /** The import is over. */
  void carried() {
    CutOff.remove(run);
  }

  /** Returns what an application that ran on this database was about when it ended. */
  Optional<Problem> cutOff(DatabaseUrl home) {
    return cutOff.stream()
        .filter(each -> each.home().equals(home.toString()))
        .findFirst()
        .map(CutOff::told);
  }

  private static boolean isOver(Path run) throws IOException {
    Path lock = run.resolve(LOCK);
    if (!Files.exists(lock, LinkOption.NOFOLLOW_LINKS)) { // another may be about to make it
      Instant made = Files.getLastModifiedTime(run).toInstant();
      return made.isBefore(Instant.now().minus(BEGINNING));
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      @Nullable FileLock free = channel.tryLock();
      return free != null;
    } catch (OverlappingFileLockException here) {
      return false; // an application of this JVM
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    for (Path file : children(folder)) {
      Files.delete(file);
    }
    Files.delete(folder);
  }

  /** Returns a new file that the application's user alone may read. */
  Path newFile() throws IOException {
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    return Files.createTempFile(run, "upload-", ".db", owner);
  }

  /** Deletes a file, with what SQLite may have put beside it. */
  static void delete(ChosenFile file) {
    for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
      Path each = file.path().resolveSibling(file.path().getFileName() + suffix);
      try {
        Files.deleteIfExists(each);
      } catch (IOException e) {
        LOG.warn("An upload cannot be deleted; the next start tries again: {}", each, e);
      }
    }
  }

  @Override
  public void close() {
    try {
      if (CutOff.in(run).isPresent()) { // an import was: the next run tells of it
        for (Path each : children(run)) {
          if (!CutOff.isNote(each) && !each.endsWith(LOCK)) {
            Files.delete(each);
          }
        }
        alive.close();
      } else {
        alive.close();
        delete(run);
      }
    } catch (IOException e) {
      LOG.warn("Uploads cannot be deleted; the next start tries again: {}", run, e);
    }
  }
}
