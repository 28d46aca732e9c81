package dev.outgrow.database.scratch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where data of servers stand that are kept in memory: a folder of the user's on a file system in
 * memory, in it one for each server. The server's own folder stays on disk, with its notes and
 * locks; {@code data} in it is a link, so that whoever looks for the data finds them in both cases.
 * What is in memory is gone when the machine has started anew, or when the system has cleared away
 * behind a user who logged out; a link that leads nowhere is a server without data.
 */
final class MemoryFolder {
  /** What must be free, of memory and of the file system: 100 databases and more. */
  static final long LEAST_FREE = 2L << 30;

  private static final Path SHARED = Path.of("/dev/shm");
  private static final Path NAMESPACE = Path.of("/proc/self/ns/mnt");
  private static final String HOME = "home";
  private static final String DATA = "data";

  private final Path folder;
  private final long least;

  private MemoryFolder(Path folder, long least) {
    this.folder = folder;
    this.least = least;
  }

  /** Returns the current user's, which need not be there. */
  static MemoryFolder ofUser() {
    return in(SHARED, LEAST_FREE);
  }

  static MemoryFolder in(Path parent, long least) {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    return new MemoryFolder(parent.resolve("outgrow-" + user), least);
  }

  /** Returns where a server's data are, or its link to them. */
  static Path data(Path place) {
    return place.resolve(DATA);
  }

  /**
   * Makes a folder in memory for the data of the server whose own folder this is. Nothing where
   * there is no such file system, or not enough of it or of memory is free. The caller has the
   * server's turn.
   */
  Optional<Path> create(Path place) {
    try {
      if (!isLarge()) {
        return Optional.empty();
      }
      Path made = ScratchFolder.at(folder).createFolder(UUID.randomUUID().toString());
      ServerAccess.write(made, HOME, place.toRealPath() + "\n" + namespace() + "\n");
      return Optional.of(made);
    } catch (IOException failure) {
      Log.of(ScratchPool.class)
          .warn("Scratch servers keep their data on disk: {}", failure.toString());
      return Optional.empty();
    }
  }

  /** Whether there is such a file system, with room. */
  boolean isLarge() throws IOException {
    Path parent = folder.getParent();
    if (parent == null || !Files.isDirectory(parent) || !Files.isWritable(parent)) {
      return false;
    }
    FileStore store = Files.getFileStore(parent);
    return store.type().equals("tmpfs")
        && store.getUsableSpace() >= least
        && FreeMemory.ofSystem().bytes() >= least;
  }

  /** Paths mean the same to two processes only where they see the same file systems. */
  private static String namespace() throws IOException {
    return Files.exists(NAMESPACE) ? Files.readSymbolicLink(NAMESPACE).toString() : "-";
  }

  /** Gives data that are complete to the server: the link is made last. */
  static void link(Path place, Path made) throws IOException {
    Files.createSymbolicLink(data(place), data(made));
  }

  /** Deletes a server's data, on disk or in memory. No server runs on them. */
  void delete(Path place) throws IOException {
    Path data = data(place);
    if (Files.isSymbolicLink(data)) {
      Path made = Files.readSymbolicLink(data).getParent();
      // A link that somebody else has made is not followed.
      if (made != null && folder.equals(made.getParent())) {
        ScratchFolder.deleteIfThere(made);
      }
    }
    ScratchFolder.deleteIfThere(data);
  }

  /**
   * Deletes what belongs to folders that are gone, or that nobody has used for so long. What is in
   * use stays.
   */
  void clearLeftOvers(ServerEngine engine, Duration kept) {
    try {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      Instant oldest = Instant.now().minus(kept);
      for (Path each : ScratchFolder.at(folder).entries()) {
        clearLeftOver(engine, each, oldest);
      }
    } catch (IOException failure) {
      Log.of(ScratchPool.class)
          .warn("Old scratch servers in {} stay: {}", folder, failure.toString());
    }
  }

  private void clearLeftOver(ServerEngine engine, Path made, Instant oldest) throws IOException {
    List<String> home = home(made);
    if (home.size() != 2 || !home.get(1).equals(namespace())) {
      // Its maker sees other folders, as in a container, or was killed at once: only time tells.
      if (isOlder(made, oldest)) {
        ScratchFolder.deleteIfThere(made);
      }
      return;
    }
    Path place = Path.of(home.get(0));
    if (!Files.isDirectory(place)) {
      new Postmaster(data(made), data(place)).stop();
      ScratchFolder.deleteIfThere(made);
    } else if (!KeptServer.isOurs(place)) {
      clearUnused(engine, place, made, oldest);
    }
  }

  private static List<String> home(Path made) throws IOException {
    Path note = made.resolve(HOME);
    return Files.exists(note) ? Files.readAllLines(note) : List.of();
  }

  private static boolean isOlder(Path used, Instant oldest) throws IOException {
    return Files.getLastModifiedTime(used).toInstant().isBefore(oldest);
  }

  private void clearUnused(ServerEngine engine, Path place, Path made, Instant oldest)
      throws IOException {
    if (isOf(place, made) && !isOlder(place, oldest)) {
      return;
    }
    ScratchFolder server = ScratchFolder.at(place);
    try (FileChannel turn = server.tryTurn()) {
      if (turn == null) {
        return;
      }
      // Asked once more: its maker, who had the turn, links it last.
      if (!isOf(place, made)) {
        ScratchFolder.deleteIfThere(made);
      } else if (isOlder(place, oldest) && KeptServer.stopUnused(engine, server)) {
        delete(place);
      }
    }
  }

  private static boolean isOf(Path place, Path made) throws IOException {
    return Files.isSymbolicLink(data(place))
        && Files.readSymbolicLink(data(place)).equals(data(made));
  }

  /** Says that it is used, to those who cannot see the server's own folder. */
  static void touch(Path place) throws IOException {
    Path data = data(place);
    if (Files.isSymbolicLink(data)) {
      Path made = Files.readSymbolicLink(data).getParent();
      if (made != null && Files.exists(made)) {
        Files.setLastModifiedTime(made, FileTime.from(Instant.now()));
      }
    }
  }
}
