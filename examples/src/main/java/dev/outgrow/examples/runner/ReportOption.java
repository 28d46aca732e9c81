package dev.outgrow.examples.runner;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.ReportHtml;
import dev.outgrow.importer.report.ReportJson;
import dev.outgrow.importer.report.ReportText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The file a report goes to. */
@About(Topic.RESULT)
final class ReportOption {
  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Write the report to this file: as JSON if its name ends in .json, as a web page that stands for itself if"
              + " in .html, as text if in .txt.")
  private @Nullable Path file;

  /**
   * Refuses a file that could not be written, before anything is done that it should report.
   *
   * @throws ConfigurationException if it has another ending, or cannot be written
   */
  void refuseUnwritable() {
    if (file == null) {
      return;
    }
    Format.of(file); // refuses any other ending
    boolean made = Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
    try {
      Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE).close();
      if (made) {
        Files.delete(file); // what fails has nothing to report
      }
    } catch (IOException e) {
      throw new ConfigurationException(
          "--report", file.toString(), "a file in a folder that exists and can be written to", e);
    }
  }

  /** Returns the folder the report goes to, or the current one. */
  Path folder() {
    Path parent = file == null ? null : file.getParent();
    return parent == null ? Path.of("") : parent;
  }

  /**
   * Writes the report. What it reports is over by now, so that this cannot make it fail.
   *
   * @return why it could not be written, as a sentence; empty if it was, or none is wanted
   */
  Optional<String> write(ImportReport report, Collection<Kind> accepted) {
    if (file == null) {
      return Optional.empty();
    }
    try {
      Files.writeString(file, Format.of(file).write(report, accepted));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "The report could not be written to " + file + ": " + e.getMessage() + ".");
    }
  }

  /** What a report can be written as, by the ending of the file's name. */
  private enum Format {
    JSON(".json"),
    HTML(".html"),
    TEXT(".txt");

    private final String ending;

    Format(String ending) {
      this.ending = ending;
    }

    static Format of(Path file) {
      return Arrays.stream(values())
          .filter(format -> file.toString().endsWith(format.ending))
          .findFirst()
          .orElseThrow(
              () ->
                  new ConfigurationException(
                      "--report",
                      file.toString(),
                      "a file name that ends in .json, .html or .txt"));
    }

    String write(ImportReport report, Collection<Kind> accepted) {
      return switch (this) {
        case JSON -> ReportJson.of(report);
        case HTML -> ReportHtml.of(report, accepted);
        case TEXT -> ReportText.of(report, accepted);
      };
    }
  }
}
