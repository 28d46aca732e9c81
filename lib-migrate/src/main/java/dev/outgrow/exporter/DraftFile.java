package dev.outgrow.exporter;

import dev.outgrow.disk.Disk;
import dev.outgrow.error.TargetException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * The file an export writes, beside the one it is going to be and under another name, until it is
 * whole. A lock on a file beside it keeps other exports to the same place out; it ends with the
 * process that holds it, however that ends, so that what a killed export left is deleted by the
 * next. <em>Not thread-safe.</em>
 */
final class DraftFile implements AutoCloseable {
  private static final String MARK = ".outgrow-export";
  private static final List<String> BESIDE = List.of("-journal", "-wal", "-shm");

  private final Path target;
  private final Path folder;
  private final boolean replace;
  private final Path lockFile;
  private final FileChannel lock;
  private @Nullable FutureTask<Path> syncing;

  private DraftFile(Path target, boolean replace, Path lockFile, FileChannel lock) {
    this.target = target;
    this.folder = folderOf(target);
    this.replace = replace;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Takes the place, and deletes what a killed export left there.
   *
   * @param target the file's name once it is whole
   * @param replace whether a file of that name may give way
   * @throws TargetException if there is one that may not, or another export is at work there
   */
  static DraftFile begin(Path target, boolean replace) {
    Path file = target.toAbsolutePath();
    refuse(file, replace);
    Path lockFile = beside(file, MARK + ".lock");
    try {
      DraftFile draft = new DraftFile(file, replace, lockFile, lock(file, lockFile));
      draft.clean();
      return draft;
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static Path folderOf(Path file) {
    Path folder = file.getParent();
    return folder == null ? file : folder;
  }

  private static Path beside(Path file, String mark) {
    return folderOf(file).resolve("." + file.getFileName() + mark);
  }

  private static void refuse(Path file, boolean replace) {
    if (!Files.isDirectory(folderOf(file)) || Files.isDirectory(file)) {
      throw refused(
          file,
          "There is no folder for the file " + file + ", or it is one itself.",
          "Name a file in a folder that is there.");
    }
    if (Files.exists(file) && !replace) {
      throw refused(
          file,
          "There is a file " + file + " already.",
          "Name another, or let it be replaced (--replace): it is kept under another name.");
    }
    for (String suffix : BESIDE) {
      Path log = file.resolveSibling(file.getFileName() + suffix);
      if (Files.exists(log) && log.toFile().length() > 0 && !suffix.equals("-shm")) {
        throw refused(
            file,
            "Beside "
                + file
                + " lies "
                + log.getFileName()
                + ": a program uses it, or was killed while it did.",
            "End the program, open the file once with SQLite and close it, or name another file.");
      }
    }
  }

  /** A lock on a file that somebody has deleted meanwhile would keep nobody out. */
  private static FileChannel lock(Path file, Path lockFile) throws IOException {
    while (true) {
      FileChannel channel = open(lockFile);
      boolean mine = false;
      try {
        mine = channel.tryLock() != null;
      } catch (OverlappingFileLockException e) {
        channel.close();
        throw busy(file);
      }
      if (!mine) {
        channel.close();
        throw busy(file);
      }
      if (Files.exists(lockFile)) {
        return channel;
      }
      channel.close();
    }
  }

  private static FileChannel open(Path lockFile) throws IOException {
    return FileChannel.open(
        lockFile, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), Disk.ownersFile());
  }

  private static TargetException busy(Path file) {
    return refused(
        file,
        "Another export writes to " + file + " at this moment.",
        "Wait until it has ended, or name another file.");
  }

  private static TargetException refused(Path file, String what, String remedy) {
    return new TargetException(file.toString(), List.of(), what, remedy, null);
  }

  static TargetException unwritable(Path file, IOException e) {
    return new TargetException(
        file.toString(),
        List.of(),
        "The file " + file + " could not be written: " + e.getMessage() + ".",
        "Check the folder's rights and the room on its disk; nothing is there under that name.",
        e);
  }

  /** Returns the file to write. */
  Path path() {
    return beside(target, MARK);
  }

  /** Makes a file for a schema that is made first. */
  Path createSchema() throws IOException {
    create(schemaPath());
    return schemaPath();
  }

  private Path schemaPath() {
    return beside(target, MARK + "-schema");
  }

  /** Returns the file's name once it is whole. */
  Path target() {
    return target;
  }

  /** Makes the file, empty and for its owner alone. */
  void create(Path file) throws IOException {
    Disk.createFile(file);
  }

  /**
   * Returns how many bytes the disk has room for, without a change to anything.
   *
   * @throws TargetException if an export would be refused here
   */
  static long room(Path target, boolean replace) throws IOException {
    Path file = target.toAbsolutePath();
    refuse(file, replace);
    return Files.getFileStore(folderOf(file)).getUsableSpace();
  }

  /** Returns how many bytes the disk has room for. */
  long room() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /**
   * Begins to bring the file to the disk, on a thread of its own, while others only read it. What
   * {@link #publish} waits for is little then. That SQLite's locks on the file are gone behind it
   * matters to nobody: no other process knows the file.
   */
  void beginSync() {
    FutureTask<Path> task = new FutureTask<>(this::synced);
    Thread thread = new Thread(task, "outgrow-export-sync");
    thread.setDaemon(true);
    thread.start();
    syncing = task;
  }

  private Path synced() throws IOException {
    Path file = path();
    Disk.sync(file);
    return file;
  }

  /** The system tells a failure to write once: to who waited for it, and not to who waits next. */
  private static void await(FutureTask<Path> task) throws IOException {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("it was interrupted while the disk was waited for");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Makes sure that the file is on the disk, and gives it its name in one step.
   *
   * @param id tells the name under which a former file is kept
   * @return the name of the former file now, or null if there was none
   */
  @Nullable Path publish(String id) throws IOException {
    FutureTask<Path> begun = syncing;
    if (begun != null) {
      await(begun);
    }
    Disk.sync(path());
    Path before = null;
    if (Files.exists(target)) {
      if (!replace) {
        throw new FileAlreadyExistsException(target.toString(), null, "it came meanwhile");
      }
      before = target.resolveSibling(target.getFileName() + ".before_" + id);
      Files.createLink(before, target); // so that there is a file of the name at every moment
    }
    Files.move(path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Disk.sync(folder);
    return before;
  }

  private void clean() throws IOException {
    for (Path each : List.of(path(), schemaPath())) {
      Files.deleteIfExists(each);
      for (String suffix : BESIDE) {
        Files.deleteIfExists(each.resolveSibling(each.getFileName() + suffix));
      }
    }
  }

  /** Deletes what did not become the file, and lets others in. */
  @Override
  public void close() {
    try (lock) {
      clean();
      Files.deleteIfExists(lockFile);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }
}
