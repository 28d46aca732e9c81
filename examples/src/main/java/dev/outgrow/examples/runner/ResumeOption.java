package dev.outgrow.examples.runner;

import dev.outgrow.importer.SqliteImport;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Whether an import goes on with an earlier one, and whether a later one may go on with it. */
@About(Topic.RUN)
final class ResumeOption {
  @Option(
      names = "--resume",
      description =
          "Go on with what an earlier run of the same import has loaded that was killed, cancelled or cut off, as long"
              + " as the file, the rules and the options are the same; else say what has changed and start from the"
              + " beginning.")
  private boolean resume;

  @Option(
      names = "--no-keep-loaded",
      description =
          "Where the import is cancelled, or the server fails, leave nothing for a later --resume.")
  private boolean nothingKept;

  SqliteImport applyTo(SqliteImport begun) {
    return begun.resume(resume).keepLoaded(!nothingKept);
  }

  /**
   * What can be gone on with is in a database that was named, and not in tables that were there.
   */
  void refuse(CommandLine command, boolean target, boolean intoExisting) {
    if (resume && !target) {
      throw new ParameterException(
          command, "--resume needs a target: give --to URL or set DATABASE_URL");
    }
    if (resume && intoExisting) {
      throw new ParameterException(
          command,
          "--resume cannot be had together with --into-existing, which keeps nothing of a run that was stopped");
    }
  }
}
