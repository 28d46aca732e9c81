package dev.outgrow.database.scratch;

import java.util.concurrent.CompletableFuture;

/**
 * A server that starts in a thread of its own, while whoever wants it does what needs none. That
 * the machine has processors for both is a good part of what the first database of a JVM takes.
 */
final class ServerMeanwhile {
  private final ScratchSettings settings;
  private final CompletableFuture<CloneServer> server = new CompletableFuture<>();
  private final CompletableFuture<Boolean> makingData = new CompletableFuture<>();

  private ServerMeanwhile(ScratchSettings settings) {
    this.settings = settings;
  }

  /**
   * Begins. Where {@link #await} has not returned it, or not to any use, {@link #giveUp} follows.
   */
  static ServerMeanwhile start(ScratchSettings settings) {
    ServerMeanwhile starting = new ServerMeanwhile(settings);
    Thread thread = new Thread(starting::use, "outgrow-scratch-start");
    thread.setDaemon(true);
    thread.start();
    return starting;
  }

  private void use() {
    try {
      if (!server.complete(SharedServers.use(settings, this::noteMaking))) {
        SharedServers.release(settings);
      }
    } catch (Throwable failure) {
      if (!server.completeExceptionally(failure)) {
        Log.of(ScratchPool.class).warn("A scratch server that nobody waits for", failure);
      }
    } finally {
      makingData.complete(false);
    }
  }

  private void noteMaking() {
    makingData.complete(true);
  }

  /** Whether it is made without any templates. Waits until that is known, or it is there. */
  boolean isMakingData() {
    return Background.result(makingData);
  }

  /** Returns it, or throws why there is none. It is the caller's to release. */
  CloneServer await() {
    return Background.result(server);
  }

  /** Lets go of it, now or as soon as it is there. */
  void giveUp() {
    if (!server.cancel(false) && !server.isCompletedExceptionally()) {
      SharedServers.release(settings);
    }
  }
}
