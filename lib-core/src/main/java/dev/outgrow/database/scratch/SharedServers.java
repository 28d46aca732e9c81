package dev.outgrow.database.scratch;

import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.ConfigurationException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The servers of this process, one for each way to come by one. It is started by whoever asks
 * first, and let go of with the last.
 */
final class SharedServers {
  /** What makes two pools use the same server. */
  private record Way(ScratchSource source, Path folder, String image) {
    static Way of(ScratchSettings settings) {
      return new Way(settings.source(), settings.folder(), settings.image());
    }
  }

  private static final Map<Way, SharedServers> OPEN = new HashMap<>();

  private final CloneServer server;
  private int users;

  private SharedServers(CloneServer server) {
    this.server = server;
  }

  static CloneServer use(ScratchSettings settings) {
    synchronized (OPEN) {
      Way way = Way.of(settings);
      @Nullable SharedServers open = OPEN.get(way);
      if (open == null) {
        open = new SharedServers(CloneServer.on(start(settings)));
        OPEN.put(way, open);
      }
      open.users++;
      return open.server;
    }
  }

  static void release(ScratchSettings settings) {
    synchronized (OPEN) {
      Way way = Way.of(settings);
      @Nullable SharedServers open = OPEN.get(way);
      if (open != null && --open.users == 0) {
        OPEN.remove(way);
        open.server.close();
      }
    }
  }

  private static RunningServer start(ScratchSettings settings) {
    return switch (settings.source().kind()) {
      case SERVER -> new GivenServer(settings.source().url().orElseThrow());
      case EMBEDDED -> new OwnServer(ScratchServer.start());
      case TESTCONTAINERS ->
          throw new ConfigurationException("The source", "testcontainers", "embedded or a URL");
    };
  }

  /** A server of this process alone. */
  private record OwnServer(ScratchServer server) implements RunningServer {
    @Override
    public DatabaseUrl url() {
      return server.url();
    }

    @Override
    public Optional<Path> passwordFile() {
      return Optional.of(server.passwordFile());
    }

    @Override
    public void leaveRunning() {}

    @Override
    public void close() {
      server.close();
    }
  }
}
