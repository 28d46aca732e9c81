package dev.outgrow.database.scratch;

import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.UnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A server that all processes share which use the same folder. Each holds a shared lock in it for
 * as long as it lives; who leaves and finds no other lock stops the server. What a killed process
 * leaves running is found by the next, which uses it and stops it when it leaves.
 */
final class KeptServer implements RunningServer {
  private static final String USERS = "users";
  private static final String STAY = "stay";

  // Opening and closing a locked file once more would let go of this process's lock on it.
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final ServerEngine engine;
  private final ScratchFolder place;
  private final ServerAccess access;
  private final FileChannel users;
  private final FileLock use;

  private KeptServer(
      ServerEngine engine,
      ScratchFolder place,
      ServerAccess access,
      FileChannel users,
      FileLock use) {
    this.engine = engine;
    this.place = place;
    this.access = access;
    this.users = users;
    this.use = use;
    OURS.add(place.path());
  }

  /** Whether this process uses the server of a folder. */
  static boolean isOurs(Path folder) {
    return OURS.contains(folder);
  }

  /**
   * Uses the server of a folder, which is started if it does not run. Nothing comes back where
   * others use one that this process cannot get at, such as one in another container. The caller
   * has the folder's turn.
   */
  static @Nullable KeptServer useInTurn(ServerEngine engine, ScratchFolder place)
      throws IOException {
    FileChannel users =
        FileChannel.open(
            place.path().resolve(USERS),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      @Nullable ServerAccess access = accessTo(engine, place.path(), isUsed(users));
      if (access != null) {
        FileLock use = users.lock(0, Long.MAX_VALUE, true);
        return new KeptServer(engine, place, access, users, use);
      }
    } catch (Throwable failure) {
      users.close();
      throw failure;
    }
    users.close();
    return null;
  }

  private static @Nullable ServerAccess accessTo(ServerEngine engine, Path folder, boolean used)
      throws IOException {
    if (!used) {
      Files.deleteIfExists(folder.resolve(STAY));
    }
    Optional<ServerAccess> known = ServerAccess.readFrom(folder);
    if (known.isPresent() && engine.mayRun(folder) && known.get().answers()) {
      return known.get();
    }
    if (used) {
      return null;
    }
    engine.stop(folder);
    ServerAccess started = engine.start(folder);
    if (known.isEmpty() || !known.get().isSameAs(started)) {
      started.writeTo(folder);
    }
    return started;
  }

  private static boolean isUsed(FileChannel users) throws IOException {
    try (FileLock alone = users.tryLock()) {
      return alone == null;
    }
  }

  /** Stops a server that nobody uses any more. The caller has the folder's turn. */
  static boolean stopUnused(ServerEngine engine, ScratchFolder place) throws IOException {
    try (FileChannel users =
        FileChannel.open(
            place.path().resolve(USERS), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (isUsed(users)) {
        return false;
      }
      engine.stop(place.path());
      return true;
    }
  }

  @Override
  public DatabaseUrl url() {
    return access.url();
  }

  @Override
  public Optional<Path> passwordFile() {
    return Optional.of(ServerAccess.clientPasswordFile(place.path()));
  }

  @Override
  public void leaveRunning() {
    try {
      ServerAccess.write(place.path(), STAY, "");
    } catch (IOException failure) {
      throw unusable("left running", failure);
    }
  }

  @Override
  public void close() {
    ScratchServer.TURN.lock();
    try {
      FileChannel turn = place.takeTurn();
      try {
        leaveInTurn();
      } finally {
        turn.close();
      }
    } catch (IOException failure) {
      throw unusable("stopped", failure);
    } finally {
      ScratchServer.TURN.unlock();
    }
  }

  private void leaveInTurn() throws IOException {
    try (users) {
      OURS.remove(place.path());
      use.release();
      if (!isUsed(users) && !Files.exists(place.path().resolve(STAY))) {
        engine.stop(place.path());
      }
    }
  }

  private UnavailableException unusable(String doing, IOException failure) {
    return new UnavailableException(
        "The scratch server " + url() + " cannot be " + doing + ": " + failure.getMessage() + ".",
        "The next run that uses it tries again.",
        failure);
  }

  /** Returns where the server listens, without its password. */
  @Override
  public String toString() {
    return access.toString();
  }
}
