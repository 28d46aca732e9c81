package dev.outgrow.importer;

import dev.outgrow.error.CancelledException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.StatementException;
import dev.outgrow.error.TimeLimitException;
import dev.outgrow.error.UnavailableException;
import dev.outgrow.importer.postgres.ImportTarget;
import java.util.List;

/** Decides what becomes of tables that are loaded where an import fails. */
final class Keeping {
  /** No room or memory; somebody ended it, or a lock was not had in time; the disk failed. */
  private static final List<String> SURROUNDINGS = List.of("53", "57", "55P03", "58");

  private static final String REMEDY =
      "The target is as it was. What is loaded stays in a schema of its own: the same import with"
          + " resume (--resume) goes on with it, and the next one without takes it away.";

  private Keeping() {}

  /** Leaves what is loaded where it is not at fault, so that another run can go on with it. */
  static void decide(OutgrowException failure, ImportOptions options, ImportTarget target) {
    Course course = options.course();
    target.staged().failed(course.isToStop() ? "It was cancelled." : failure.what());
    if (!options.keepLoaded()
        || !target.staged().isWorthKeeping()
        || !(course.isToStop() || isOfSurroundings(failure))) {
      return;
    }
    course.leaves(REMEDY);
    if (!course.isToStop() && !(failure instanceof UnavailableException)) {
      course.noted(REMEDY); // the others say it themselves
    }
    try {
      target.leave();
    } catch (OutgrowException e) {
      failure.addSuppressed(e); // nobody can write to the journal; it says that it was loading
    }
  }

  private static boolean isOfSurroundings(OutgrowException failure) {
    if (failure instanceof StatementException statement) {
      String state = String.valueOf(statement.sqlState());
      return failure instanceof TimeLimitException
          || SURROUNDINGS.stream().anyMatch(state::startsWith);
    }
    return failure instanceof CancelledException || failure instanceof UnavailableException;
  }
}
