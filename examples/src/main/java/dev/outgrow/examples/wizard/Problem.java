package dev.outgrow.examples.wizard;

import dev.outgrow.error.CancelledException;
import dev.outgrow.error.OutgrowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a page says went wrong.
 *
 * <p><em>Immutable.</em>
 *
 * @param what what happened
 * @param remedy what to do
 * @since 0.1
 */
public record Problem(String what, String remedy) {
  private static final Logger LOG = LoggerFactory.getLogger(Problem.class);

  static Problem of(RuntimeException failure) {
    if (failure instanceof CancelledException) {
      return new Problem(
          "It was cancelled, and nothing was changed.", "Begin again when you like.");
    }
    if (failure instanceof OutgrowException known) {
      return new Problem(known.what().strip(), known.remedy());
    }
    LOG.error("The wizard failed", failure);
    return new Problem("Something failed that should not.", "The server's log says more.");
  }

  /** Returns the same of a file that people know by another name than its path. */
  Problem naming(ChosenFile file) {
    String path = file.path().toString();
    return new Problem(what.replace(path, file.name()), remedy.replace(path, file.name()));
  }
}
