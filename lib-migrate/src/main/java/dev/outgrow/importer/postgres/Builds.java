package dev.outgrow.importer.postgres;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.CancelledException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.plan.Tactics;
import dev.outgrow.importer.verify.SideBySide;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Does the steps behind the rows: keys, indexes, references, statistics. Those of large tables go
 * over several connections at once, those of small ones many at a time. Used once.
 */
final class Builds {
  private final Staging staging;
  private final ImportSession own;
  private final SpareSessions spare;
  private final int most;
  private final Tactics tactics;
  private final Map<Step, NotCarried> refused =
      Collections.synchronizedMap(new IdentityHashMap<>());

  /**
   * Prepares.
   *
   * @param own the connection of the import
   * @param spare gives the others
   * @param most how many connections there may be
   * @param tactics how it goes about it
   */
  Builds(Staging staging, ImportSession own, SpareSessions spare, int most, Tactics tactics) {
    this.staging = staging;
    this.own = own;
    this.spare = spare;
    this.most = most;
    this.tactics = tactics;
  }

  /**
   * Does the steps.
   *
   * @return what is not carried because the server refused it, in the order of the steps
   * @throws SQLException if the server failed otherwise
   */
  List<NotCarried> run(List<Step> steps) throws SQLException {
    StepQueue queue = StepQueue.of(steps, tactics.together());
    List<ImportSession> sessions = sessions(Math.min(most, queue.width()));
    for (ImportSession session : sessions) {
      session.raiseSortMemory(tactics.sortMemory() / sessions.size());
    }
    List<SideBySide.Part<Boolean>> others = new ArrayList<>();
    sessions.stream().skip(1).forEach(s -> others.add(() -> work(queue, s)));
    SideBySide.run("outgrow-index", () -> work(queue, own), others, spare::wake);
    return steps.stream().map(refused::get).filter(Objects::nonNull).toList();
  }

  private List<ImportSession> sessions(int wanted) {
    List<ImportSession> sessions = new ArrayList<>(List.of(own));
    while (sessions.size() < wanted) {
      Optional<ImportSession> another = spare.another();
      if (another.isEmpty()) {
        break;
      }
      sessions.add(another.get());
    }
    return sessions;
  }

  private boolean work(StepQueue queue, ImportSession on) throws SQLException {
    try {
      for (StepQueue.Job job = queue.take(); job != null; job = queue.take()) {
        run(on, job);
        queue.done(job);
      }
      return true;
    } catch (InterruptedException e) {
      queue.fail();
      Thread.currentThread().interrupt();
      throw new CancelledException("Building keys and indexes was interrupted.", e);
    } catch (SQLException | RuntimeException e) {
      queue.fail();
      throw e;
    }
  }

  /** Where one of several steps is refused, none is done, and each is tried alone. */
  private void run(ImportSession on, StepQueue.Job job) throws SQLException {
    Step first = job.steps().get(0);
    try {
      staging.runAll(on, job.steps());
    } catch (SQLException e) {
      boolean alone = job.steps().size() == 1;
      if (!Refusals.isRefusal(e.getSQLState())) {
        String others = alone ? "" : " and " + (job.steps().size() - 1) + " more";
        throw SqlFailures.translate(e, "The step \"" + first.title() + "\"" + others);
      }
      if (alone) {
        refuse(first, e);
        return;
      }
      for (Step step : job.steps()) {
        run(on, new StepQueue.Job(step));
      }
    }
  }

  private void refuse(Step step, SQLException why) {
    OutgrowException failure =
        SqlFailures.translate(
            why, step instanceof Step.Attempt ? step.title() : "The step \"" + step.title() + "\"");
    if (!(step instanceof Step.Attempt attempt)) {
      throw failure;
    }
    refused.put(step, attempt.refusedFor(failure.what()));
  }
}
