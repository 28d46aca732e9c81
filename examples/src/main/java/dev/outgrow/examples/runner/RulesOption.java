package dev.outgrow.examples.runner;

import dev.outgrow.importer.mapping.Rules;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The file that says what columns and tables are to become. */
@About(Topic.PART)
final class RulesOption {
  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description =
          "A file that says what columns and tables are to become; inspect proposes some. A verification needs the"
              + " one of the import.")
  private @Nullable Path file;

  Rules rules() {
    return file == null ? Rules.NONE : Rules.read(file);
  }
}
