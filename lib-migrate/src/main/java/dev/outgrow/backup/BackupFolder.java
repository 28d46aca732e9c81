package dev.outgrow.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.outgrow.backup.BackupProgress.Phase;
import dev.outgrow.disk.Disk;
import dev.outgrow.error.UnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of backups. A file that has its final name is whole, on the disk, and has its manifest:
 * the manifest gets its name first, and one without its file is removed by the next that writes
 * here. Whoever writes holds a lock of the operating system, so what is unfinished when somebody
 * else gets it was left by a process that is gone.
 */
final class BackupFolder {
  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
  private static final String UNFINISHED = ".outgrow-unfinished-";
  private static final String LOCK = ".outgrow-backups.lock";
  private static final String MANIFEST = ".json";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String STAMPED = "-\\d{8}T\\d{9}Z\\.(?:sqlite|dump|zip)";

  private final Path folder;
  private final String base;

  BackupFolder(Path folder, String database) {
    this.folder = folder.toAbsolutePath().normalize();
    this.base = database.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  /** Holds the folder for writing. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  Path path() {
    return folder;
  }

  static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  static Path manifestOf(Path file) {
    return file.resolveSibling(name(file) + MANIFEST);
  }

  /**
   * Makes the folder if it is not there, takes its lock, and removes what a process that was killed
   * has left.
   *
   * @throws UnavailableException if another is writing here
   * @throws BackupException if the folder cannot be made or written to
   */
  Held hold() {
    try {
      make();
      FileChannel channel = FileChannel.open(lockFile(), EnumSet.of(StandardOpenOption.WRITE));
      try {
        FileLock lock = channel.tryLock();
        if (lock == null) {
          throw busy();
        }
        removeLeft();
        return () -> release(channel);
      } catch (OverlappingFileLockException another) {
        channel.close();
        throw busy();
      } catch (IOException | RuntimeException failure) {
        channel.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw refused("cannot be written to: " + failure, failure);
    }
  }

  private UnavailableException busy() {
    return new UnavailableException(
        "Another backup, verification or restore is at work in " + folder + ".",
        "Wait until it is done.",
        null);
  }

  private static void release(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException failure) {
      LOG.warn("The lock of a folder of backups was not let go of: {}", failure.toString());
    }
  }

  private Path lockFile() throws IOException {
    Path lock = folder.resolve(LOCK);
    if (!Files.exists(lock)) {
      try {
        Disk.createFile(lock);
      } catch (FileAlreadyExistsException another) {
        LOG.debug("Another has made {}", lock);
      }
    }
    return lock;
  }

  private void make() throws IOException {
    if (!Files.isDirectory(folder)) {
      Disk.createFolders(folder);
    } else if (Disk.isOpenToOthers(folder)) {
      closeToOthers();
    }
  }

  /** A folder that was made for backups may be closed; one that holds other things may not. */
  private void closeToOthers() throws IOException {
    List<Path> others;
    try (Stream<Path> files = Files.list(folder)) {
      others = files.filter(file -> !isOurs(name(file))).toList();
    }
    if (!others.isEmpty()) {
      throw refused(
          "is open to other users and holds other things, such as "
              + others.get(0).getFileName()
              + ": a backup holds every row",
          null);
    }
    Disk.closeToOthers(folder);
    LOG.info("Closed the folder of backups {} to other users", folder);
  }

  private static boolean isOurs(String name) {
    return name.equals(LOCK)
        || name.startsWith(UNFINISHED)
        || Pattern.matches(".*" + STAMPED + "(?:\\.json)?", name);
  }

  private BackupException refused(String why, @Nullable Exception cause) {
    return new BackupException(
        folder,
        "The folder of backups " + folder + " " + why + ".",
        "Name another folder, or mend that.",
        cause);
  }

  private void removeLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = name(file);
        boolean alone =
            Pattern.matches(".*" + STAMPED + "\\.json", name)
                && !Files.exists(
                    folder.resolve(name.substring(0, name.length() - MANIFEST.length())));
        if (name.startsWith(UNFINISHED) || alone) {
          Files.deleteIfExists(file);
          LOG.info("Removed {}, which a process that was ended has left", file);
        }
      }
    }
  }

  /** Makes a file for this user alone, under a name that the next one removes. */
  Path unfinished(String ending) throws IOException {
    Path file = folder.resolve(UNFINISHED + base + "." + ending);
    Files.deleteIfExists(file);
    Disk.createFile(file);
    return file;
  }

  /** Returns the moment of a new backup, to the millisecond, that no other here has. */
  Instant moment(Instant now) {
    Instant moment = now.truncatedTo(ChronoUnit.MILLIS);
    while (isTaken(moment)) {
      moment = moment.plusMillis(1);
    }
    return moment;
  }

  private boolean isTaken(Instant moment) {
    return Stream.of(BackupFormat.values())
        .map(format -> file(moment, format))
        .anyMatch(file -> Files.exists(file) || Files.exists(manifestOf(file)));
  }

  private Path file(Instant moment, BackupFormat format) {
    return folder.resolve(base + "-" + STAMP.format(moment) + "." + format.ending());
  }

  /** Gives an unfinished file, which is on the disk, and its manifest their final names. */
  Backup publish(Path unfinished, BackupManifest manifest, Supervision supervision)
      throws IOException {
    Path file = file(manifest.at(), manifest.format());
    Path note = unfinished("manifest");
    Files.writeString(note, ManifestJson.of(manifest), StandardCharsets.UTF_8);
    Disk.sync(note);
    supervision.tell(BackupProgress.at(Phase.PUBLISH));
    Files.move(note, manifestOf(file), StandardCopyOption.ATOMIC_MOVE);
    Disk.sync(folder);
    supervision.tell(BackupProgress.at(Phase.PUBLISH));
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    Disk.sync(folder);
    return new Backup(file, manifest);
  }

  /** Returns the database's backups that have a manifest, the oldest first. */
  List<Backup> list() {
    List<Backup> backups = new ArrayList<>();
    for (Path file : files()) {
      try {
        backups.add(read(file));
      } catch (BackupException unreadable) {
        LOG.warn("Left out of the list: {}", unreadable.what());
      }
    }
    backups.sort(Comparator.comparing(backup -> backup.manifest().at()));
    return backups;
  }

  /** Returns the database's backups whose manifest cannot be read. */
  List<Path> unreadable() {
    List<Path> unreadable = new ArrayList<>();
    for (Path file : files()) {
      try {
        read(file);
      } catch (BackupException why) {
        LOG.debug("{}", why.what());
        unreadable.add(file);
      }
    }
    return unreadable;
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Pattern ours = Pattern.compile(Pattern.quote(base) + STAMPED);
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> ours.matcher(name(file)).matches()).sorted().toList();
    } catch (IOException failure) {
      throw refused("cannot be read: " + failure, failure);
    }
  }

  /**
   * Reads what is known of a file.
   *
   * @throws BackupException if it is not there, or has no manifest that can be read
   */
  static Backup read(Path file) {
    Path absolute = file.toAbsolutePath();
    if (!Files.isRegularFile(absolute)) {
      throw new BackupException(
          absolute, "There is no backup " + absolute + ".", "Name one that is there.", null);
    }
    Path note = manifestOf(absolute);
    try {
      return new Backup(absolute, ManifestJson.read(Files.readString(note)));
    } catch (NoSuchFileException none) {
      throw foreign(absolute, "has no manifest " + name(note) + " beside it", none);
    } catch (JsonProcessingException wrong) {
      String why = wrong.getOriginalMessage();
      throw foreign(absolute, "has a manifest that cannot be read: " + why, wrong);
    } catch (IOException failure) {
      throw foreign(
          absolute, "has a manifest that cannot be read: " + failure.getMessage(), failure);
    }
  }

  private static BackupException foreign(Path file, String why, Exception cause) {
    return new BackupException(
        file,
        "The file " + file + " " + why + ", so nothing tells whether it is whole.",
        "Bring the manifest back, or take another backup.",
        cause);
  }

  void delete(Backup backup) throws IOException {
    // The file first: a manifest without its file is removed, a file without one is not.
    Files.deleteIfExists(backup.file());
    Files.deleteIfExists(manifestOf(backup.file()));
  }
}
