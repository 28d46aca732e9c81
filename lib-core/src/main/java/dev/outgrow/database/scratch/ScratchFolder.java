package dev.outgrow.database.scratch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder below {@code java.io.tmpdir} that holds a user's scratch servers and the binaries they
 * share. Nobody else may look into it.
 */
final class ScratchFolder {
  private static final String OWNER_ONLY = "rwx------";
  private static final FileAttribute<Set<PosixFilePermission>> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY));

  private static final Path PROCESS = Path.of("/proc/self");

  private final Path folder;

  private ScratchFolder(Path folder) {
    this.folder = folder;
  }

  /** Opens the current user's folder, which is made the first time. */
  static ScratchFolder ofUser() throws IOException {
    requirePosix();
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    Path parent = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    Path folder = parent.resolve("outgrow-scratch-" + user);
    try {
      createPrivate(folder);
    } catch (FileAlreadyExistsException known) {
      requirePrivate(folder);
    }
    return new ScratchFolder(folder);
  }

  /** Opens a folder that is kept, which is made the first time. */
  static ScratchFolder at(Path folder) throws IOException {
    requirePosix();
    Files.createDirectories(folder.getParent(), OWNER);
    try {
      createPrivate(folder);
    } catch (FileAlreadyExistsException known) {
      requirePrivate(folder);
    }
    return new ScratchFolder(folder);
  }

  Path path() {
    return folder;
  }

  /** Returns what is in it. */
  List<Path> entries() throws IOException {
    return list(folder);
  }

  private static void requirePosix() throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      throw new IOException("scratch servers need the file permissions of Linux or macOS");
    }
  }

  private static void createPrivate(Path folder) throws IOException {
    Files.createDirectory(folder, OWNER);
  }

  /** Whoever could have made the folder before us could have laid binaries into it. */
  private static void requirePrivate(Path folder) throws IOException {
    boolean ours =
        Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))
                .equals(OWNER_ONLY)
            && isOfUser(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS));
    if (!ours) {
      throw new IOException(folder + " is not a folder of the current user alone; remove it");
    }
  }

  /** Linux says whose a process is; elsewhere, and where files get another owner, one is made. */
  private static boolean isOfUser(UserPrincipal owner) throws IOException {
    if (Files.exists(PROCESS) && Files.getOwner(PROCESS).equals(owner)) {
      return true;
    }
    Path probe = Files.createTempFile("outgrow", null);
    try {
      return Files.getOwner(probe).equals(owner);
    } finally {
      Files.delete(probe);
    }
  }

  /** Waits for its turn: one process at a time starts or clears away. Closing ends the turn. */
  FileChannel takeTurn() throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("turn"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      channel.lock();
      return channel;
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  /** Takes its turn, or nothing where another process has it. */
  @Nullable FileChannel tryTurn() throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("turn"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean ours = false;
    try {
      ours = channel.tryLock() != null;
      return ours ? channel : null;
    } finally {
      if (!ours) {
        channel.close();
      }
    }
  }

  /** Makes a folder of its own. */
  Path createFolder(String name) throws IOException {
    Path created = folder.resolve(name);
    createPrivate(created);
    return created;
  }

  /** The folder of the unpacked binaries, 60 MB, kept for the next start. */
  Path binaries() throws IOException {
    return Files.createDirectories(folder.resolve("binaries"));
  }

  /** Stops and deletes what processes left that were killed. */
  void clearLeftOvers() throws IOException {
    for (Path each : list(folder)) {
      if (each.getFileName().toString().startsWith(ServerFolder.PREFIX)
          && !ServerFolder.isOwned(each)) {
        clear(each);
      }
    }
    for (Path each : list(binaries())) {
      // The library marks what it has unpacked completely, and would trust the rest as well.
      if (!Files.exists(each.resolve(".exists"))) {
        delete(each);
      }
    }
  }

  /** Deletes the files of processes that were killed, and of those kept all but the last. */
  void clearLeftOverFiles() throws IOException {
    List<Path> kept = new ArrayList<>();
    for (Path each : list(folder)) {
      if (each.getFileName().toString().startsWith(SqliteScratch.PREFIX)
          && !ServerFolder.isOwned(each)) {
        if (FileCustody.isKept(each)) {
          kept.add(each);
        } else {
          delete(each);
        }
      }
    }
    kept.sort(Comparator.comparing((Path each) -> each.toFile().lastModified()).reversed());
    for (Path old : kept.subList(Math.min(kept.size(), KeptNote.MOST), kept.size())) {
      delete(old);
    }
  }

  private static void clear(Path left) {
    try {
      new Postmaster(left.resolve("data")).stop();
      delete(left);
    } catch (IOException failure) {
      Log.of(ScratchFolder.class)
          .warn("The left-over scratch server {} cannot be cleared away: {}", left, failure);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  static void deleteIfThere(Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      delete(folder);
    }
  }

  /** Deletes a folder with everything in it; links are deleted and not followed. */
  static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            // Another process may be deleting the same.
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
