package dev.outgrow.examples.runner;

import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.existing.Append;
import dev.outgrow.importer.mapping.Kind;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Whether new tables are made, or those that are there are filled. */
@About(Topic.THERE)
final class PlaceOption {
  @Option(
      names = "--into-existing",
      description =
          "Load the rows into the tables that are there, made by the application's own migrations: their types,"
              + " constraints and defaults rule. Tables and columns that do not fit refuse the import; of rows that"
              + " do not, --on-bad-row and --orphans decide.")
  private boolean intoExisting;

  @Option(
      names = "--append",
      paramLabel = "upsert|missing",
      converter = Words.AppendConverter.class,
      completionCandidates = Words.AppendWords.class,
      description =
          "Add the rows to those that the tables there hold, as told by each table's key. upsert: a row whose key is"
              + " there gets the file's values. missing: it stays as it is. Implies --into-existing; verify then"
              + " compares the file's rows and lets others be.")
  private Append append = Append.NONE;

  @About(Topic.ROWS)
  @Option(
      names = "--accept",
      paramLabel = "KIND",
      split = ",",
      converter = Words.KindConverter.class,
      completionCandidates = Words.KindWords.class,
      description =
          "Kinds of what may stay behind: they are not worth exit code 4, and with --into-existing they do not"
              + " refuse the import. Separated by commas: ${COMPLETION-CANDIDATES}.")
  private List<Kind> accepted = new ArrayList<>();

  List<Kind> accepted() {
    return accepted;
  }

  SqliteImport applyTo(SqliteImport begun) {
    return begun.intoExisting(intoExisting).append(append).accept(accepted);
  }

  boolean intoExisting() {
    return intoExisting || append != Append.NONE;
  }

  /** Tables that are there already are in a database that was named. */
  void refuseWithoutTarget(CommandLine command) {
    if (intoExisting()) {
      throw new ParameterException(
          command,
          (intoExisting ? "--into-existing" : "--append")
              + " needs a target: give --to URL or set DATABASE_URL");
    }
  }
}
