package dev.outgrow.database.scratch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The servers of this process, one for each way to come by one. It is started by whoever asks
 * first, and let go of with the last.
 */
final class SharedServers {
  private static final Map<List<Object>, SharedServers> OPEN = new HashMap<>();

  static {
    Thread atExit = new Thread(SharedServers::closeAtExit, "outgrow-scratch-exit");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  private final CloneServer server;
  private int users;

  private SharedServers(CloneServer server) {
    this.server = server;
  }

  /** What makes two pools use the same server. */
  private static List<Object> way(ScratchSettings settings) {
    ScratchSource.Kind kind = settings.source().kind();
    boolean container = kind == ScratchSource.Kind.TESTCONTAINERS;
    return List.of(
        settings.source(),
        settings.folder().normalize(),
        container ? settings.image() : "",
        kind == ScratchSource.Kind.EMBEDDED && settings.inMemory());
  }

  /**
   * Uses the server of these settings.
   *
   * @param makingData is run where it has to be made and not only started, as that begins
   */
  static CloneServer use(ScratchSettings settings, Runnable makingData) {
    synchronized (OPEN) {
      List<Object> way = way(settings);
      @Nullable SharedServers open = OPEN.get(way);
      if (open == null) {
        open = new SharedServers(CloneServer.on(start(settings, makingData)));
        OPEN.put(way, open);
      }
      open.users++;
      return open.server;
    }
  }

  static void release(ScratchSettings settings) {
    synchronized (OPEN) {
      List<Object> way = way(settings);
      @Nullable SharedServers open = OPEN.get(way);
      if (open != null && --open.users == 0) {
        OPEN.remove(way);
        open.server.close();
      }
    }
  }

  private static RunningServer start(ScratchSettings settings, Runnable makingData) {
    return switch (settings.source().kind()) {
      case SERVER -> new GivenServer(settings.source().url().orElseThrow());
      case EMBEDDED -> new KeptServers(settings).use(EmbeddedEngine.of(settings, makingData));
      case TESTCONTAINERS -> container(settings);
    };
  }

  /** In two steps, since the engine cannot even be loaded where the library is missing. */
  private static RunningServer container(ScratchSettings settings) {
    ContainerLibrary.require();
    return new KeptServers(settings).use(new ContainerEngine(settings.image()));
  }

  /** A process that ends without closing its pools leaves no server behind. */
  private static void closeAtExit() {
    synchronized (OPEN) {
      for (SharedServers open : OPEN.values()) {
        try {
          open.server.close();
        } catch (RuntimeException failure) {
          Log.of(ScratchPool.class).warn(failure.getMessage());
        }
      }
      OPEN.clear();
    }
  }
}
