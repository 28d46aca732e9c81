package dev.outgrow.examples.runner;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The SQLite file every command is about. */
final class SourceOption {
  @Parameters(index = "0", paramLabel = "FILE", description = "The SQLite file. It is only read.")
  private Path file = Path.of("");

  Path file() {
    return file;
  }
}
