package dev.outgrow.examples.runner;

import dev.outgrow.error.OutgrowException;
import java.io.IOException;
import java.nio.file.Path;

/** A report that could not be written, although what it reports is done. */
final class ReportNotWrittenException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  ReportNotWrittenException(Path file, IOException cause) {
    super(
        "The import is done, but its report could not be written to "
            + file
            + ": "
            + cause.getMessage()
            + ".",
        "Run verify to see again that everything arrived.",
        cause);
  }
}
