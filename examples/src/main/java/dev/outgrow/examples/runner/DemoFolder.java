package dev.outgrow.examples.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a demonstration. It can be closed before it is made, and is not made then; and
 * while it is being written to, since a signal may come at any moment. Thread-safe.
 */
final class DemoFolder implements AutoCloseable {
  private static final int ATTEMPTS = 50;

  private @Nullable Path folder;
  private boolean over;

  /** Makes it. */
  synchronized Path make() {
    if (over) {
      throw new IllegalStateException("The demonstration has ended before it began");
    }
    try {
      Path made = Files.createTempDirectory("outgrow-demo");
      folder = made;
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException("The folder for temporary files cannot be used", e);
    }
  }

  @Override
  public synchronized void close() {
    over = true;
    Path made = folder;
    if (made == null) {
      return;
    }
    try {
      for (int i = 1; !isGone(made, i); i++) {
        Thread.onSpinWait(); // somebody made a file in it while it was emptied
      }
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalStateException("Files of the demonstration stay in " + made, e);
    }
  }

  private static boolean isGone(Path folder, int attempt) throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
      return true;
    } catch (DirectoryNotEmptyException | UncheckedIOException busy) {
      if (attempt == ATTEMPTS) {
        throw busy;
      }
      return false;
    }
  }
}
