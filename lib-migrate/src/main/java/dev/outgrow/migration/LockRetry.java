package dev.outgrow.migration;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.error.CancelledException;
import dev.outgrow.error.MigrationException;
import dev.outgrow.error.OutgrowException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again where a script got no lock in time: it was rolled back as a whole, and whoever waited
 * behind it goes on in the pause. In the end it names who has the lock.
 */
final class LockRetry {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Database database;
  private final LockLimits limits;
  private final Supplier<ChainStatus> look;

  LockRetry(Database database, LockLimits limits, Supplier<ChainStatus> look) {
    this.database = database;
    this.limits = limits;
    this.look = look;
  }

  void run(Runnable migration) {
    for (int retry = 1; ; retry++) {
      try {
        migration.run();
        return;
      } catch (MigrationException failure) {
        boolean last = retry > limits.retries() || !canRunAgain(failure);
        if (last) {
          throw explained(failure);
        }
        LOG.info(
            "{} got no lock in {}; trying again in {}, {} of {}.",
            failure.script().orElse(failure.chain()),
            limits.timeout(),
            limits.pause(retry),
            retry,
            limits.retries());
        pause(limits.pause(retry));
      }
    }
  }

  /** Outside of a transaction a part may be done; and what code did elsewhere nobody knows. */
  private boolean canRunAgain(MigrationException failure) {
    return isLock(failure)
        && failure.script().filter(script -> script.endsWith(".sql")).isPresent()
        && look.get().state() != ChainState.FAILED;
  }

  private static boolean isLock(MigrationException failure) {
    return failure.sqlState().filter(LOCK_NOT_AVAILABLE::equals).isPresent();
  }

  private static void pause(Duration pause) {
    long end = System.nanoTime() + pause.toNanos();
    for (long left = pause.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        throw new CancelledException("Waiting to migrate again was interrupted.", null);
      }
    }
  }

  private MigrationException explained(MigrationException failure) {
    if (database.backend() != Backend.POSTGRESQL) {
      return failure;
    }
    try {
      Aftermath aftermath = new Aftermath(database, failure.statement().orElse(""));
      List<String> holders = isLock(failure) ? aftermath.holders() : List.of();
      List<String> indexes = aftermath.invalidIndexes();
      return holders.isEmpty() && indexes.isEmpty() ? failure : with(failure, holders, indexes);
    } catch (OutgrowException second) {
      failure.addSuppressed(second);
      return failure;
    }
  }

  private static MigrationException with(
      MigrationException failure, List<String> holders, List<String> indexes) {
    StringBuilder what = new StringBuilder(failure.what());
    StringBuilder remedy = new StringBuilder(failure.remedy());
    if (!holders.isEmpty()) {
      what.append(" These sessions hold locks there: ")
          .append(String.join("; ", holders))
          .append('.');
      remedy.append(
          " Before that, wait until they are done, or end them: SELECT pg_terminate_backend(<pid>).");
    }
    if (!indexes.isEmpty()) {
      what.append(" It has left an index that is not valid: only writes use it.");
      remedy.append(" Drop what it has left first: ").append(String.join(" ", indexes));
    }
    return new MigrationException(
        new MigrationException.Place(
            failure.chain(), failure.script().orElse(null), failure.line().orElse(0)),
        what.toString(),
        remedy.toString(),
        failure.sqlState().orElse(null),
        failure.statement().orElse(null),
        failure.getCause());
  }
}
