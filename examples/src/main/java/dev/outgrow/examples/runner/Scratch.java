package dev.outgrow.examples.runner;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.scratch.ScratchServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes an empty database for one piece of work, and takes it away. */
final class Scratch {
  private Scratch() {}

  static <T> T with(Backend backend, Function<Database, T> work) {
    return backend == Backend.SQLITE ? inFile(work) : onServer(work);
  }

  private static <T> T onServer(Function<Database, T> work) {
    try (ScratchServer server = ScratchServer.start();
        Database scratch = TargetOption.open(server.createDatabase())) {
      return work.apply(scratch);
    }
  }

  private static <T> T inFile(Function<Database, T> work) {
    try {
      Path folder = Files.createTempDirectory("outgrow-scratch");
      try (Database scratch = Database.open("sqlite:///" + folder.resolve("scratch.db"))) {
        return work.apply(scratch);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The folder for temporary files cannot be used", e);
    }
  }

  /** With what SQLite keeps beside its file. */
  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
