package dev.outgrow.database.scratch;

import dev.outgrow.error.UnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The folder of kept servers: one of each kind, or as many as cannot see each other. */
final class KeptServers {
  /** How folders of unpacked programs begin. */
  static final String BINARIES = "binaries-";

  /** How they begin until they are whole. */
  static final String HALF = "half-binaries-";

  private static final int SLOTS = 16;

  private final Path folder;
  private final Duration kept;

  KeptServers(ScratchSettings settings) {
    this.folder = settings.folder();
    this.kept = settings.templatesKept();
  }

  /** Uses a server of a kind, started if need be. */
  KeptServer use(ServerEngine engine) {
    byte[] digest = PostgresTemplate.sha256(engine.kind());
    String name = engine.name() + "-" + HexFormat.of().formatHex(digest, 0, 6) + "-";
    ScratchServer.TURN.lock();
    try {
      clearAway(engine, name);
      engine.clearLeftOvers(kept);
      for (int slot = 0; slot < SLOTS; slot++) {
        @Nullable KeptServer server = use(engine, ScratchFolder.at(folder.resolve(name + slot)));
        if (server != null) {
          return server;
        }
      }
    } catch (IOException failure) {
      throw new UnavailableException(
          "The scratch server cannot be started: " + failure.getMessage() + ".",
          "Check that " + folder + " can be written and has 300 MB free.",
          failure);
    } finally {
      ScratchServer.TURN.unlock();
    }
    throw new UnavailableException(
        "All " + SLOTS + " scratch servers in " + folder + " are used by processes elsewhere.",
        "Name another folder: outgrow.test.folder.",
        null);
  }

  private static @Nullable KeptServer use(ServerEngine engine, ScratchFolder place)
      throws IOException {
    FileChannel turn = place.takeTurn();
    try {
      Files.setLastModifiedTime(place.path(), FileTime.from(Instant.now()));
      return KeptServer.useInTurn(engine, place);
    } finally {
      turn.close();
    }
  }

  /** Stops what processes of other versions left running, and deletes what is old. */
  private void clearAway(ServerEngine engine, String own) throws IOException {
    for (Path each : ScratchFolder.at(folder).entries()) {
      String name = each.getFileName().toString();
      if (name.startsWith(BINARIES) || name.startsWith(HALF)) {
        deleteIfOld(each);
      } else if (name.startsWith(engine.name() + "-")
          && !name.startsWith(own)
          && !KeptServer.isOurs(each)) {
        clearAway(engine, each);
      }
    }
  }

  private void clearAway(ServerEngine engine, Path other) {
    try {
      ScratchFolder place = ScratchFolder.at(other);
      @Nullable FileChannel turn = place.tryTurn();
      if (turn == null) {
        return;
      }
      try {
        boolean unused = KeptServer.stopUnused(engine, place);
        if (unused) {
          deleteIfOld(other);
        }
      } finally {
        turn.close();
      }
    } catch (IOException failure) {
      Log.of(ScratchPool.class)
          .warn("The scratch server in {} cannot be cleared away: {}", other, failure.toString());
    }
  }

  private void deleteIfOld(Path used) throws IOException {
    if (Files.getLastModifiedTime(used).toInstant().isBefore(Instant.now().minus(kept))) {
      ScratchFolder.delete(used);
    }
  }
}
