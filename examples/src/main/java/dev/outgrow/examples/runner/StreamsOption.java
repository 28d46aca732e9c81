package dev.outgrow.examples.runner;

import dev.outgrow.importer.SqliteImport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Over how many connections large tables go. */
@About(Topic.RUN)
final class StreamsOption {
  @Option(
      names = "--streams",
      paramLabel = "N",
      description =
          "Over how many connections a large table is loaded and read back at once, 1 to 16; one"
              + " more for each 8 MiB of it. Without it: as many as this machine has processors,"
              + " four at most.")
  private @Nullable Integer streams;

  SqliteImport applyTo(SqliteImport begun) {
    return streams == null ? begun : begun.streams(streams);
  }
}
