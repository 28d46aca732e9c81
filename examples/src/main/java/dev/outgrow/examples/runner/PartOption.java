package dev.outgrow.examples.runner;

import dev.outgrow.importer.SqliteImport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of the file a command is about: the same for all that read it. */
@About(Topic.PART)
final class PartOption {
  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description =
          "Only tables of these names; may be given several times. * stands for any characters, ? for one;"
              + " A to Z are equal in either case.")
  private List<String> include = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "Not tables of these names, even where included; may be given several times.")
  private List<String> exclude = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Only the first N rows of each table, for a trial.")
  private @Nullable Long limit;

  @Option(
      names = "--salvage",
      description = "Of a damaged file, carry what can still be read, and say what is lost.")
  private boolean salvage;

  @Option(
      names = "--sqlite-library",
      description =
          "Have SQLite's library read every table, instead of most from the file's pages: the same rows, slower.")
  private boolean libraryAlone;

  SqliteImport of(SqliteImport whole) {
    SqliteImport part =
        whole
            .include(include.toArray(String[]::new))
            .exclude(exclude.toArray(String[]::new))
            .salvage(salvage)
            .libraryAlone(libraryAlone);
    return limit == null ? part : part.limit(limit);
  }
}
