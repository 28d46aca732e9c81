package dev.outgrow.database;

import dev.outgrow.error.CancelledException;
import dev.outgrow.error.ConflictException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.TimeLimitException;
import dev.outgrow.error.TimeLimitException.Limit;
import dev.outgrow.error.UnknownOutcomeException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does again what lost against another transaction, within a budget. */
final class Retrying {
  private final Waiting waiting;

  Retrying(Waiting waiting) {
    this.waiting = waiting;
  }

  <T extends @Nullable Object> T run(Retry retry, Supplier<T> attempt) {
    long start = waiting.nanoTime();
    for (int number = 1; ; number++) {
      try {
        return attempt.get();
      } catch (RuntimeException failure) {
        if (!isLost(failure)) {
          throw failure;
        }
        Duration delay = retry.delay(number, waiting.random());
        Duration spent = Duration.ofNanos(waiting.nanoTime() - start);
        if (number >= retry.attempts() || spent.plus(delay).compareTo(retry.budget()) > 0) {
          throw number == 1 ? failure : exhausted(failure, number, spent);
        }
        pause(delay, failure);
      }
    }
  }

  private void pause(Duration delay, RuntimeException failure) {
    try {
      waiting.pause(delay);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      failure.addSuppressed(interrupted);
      throw new CancelledException(
          RunningTransaction.DOING
              + " was cancelled: its thread was interrupted before another attempt.",
          "Begin it again when it suits.",
          failure);
    }
  }

  /** Whether it lost against another transaction: what it threw, or what that was made of. */
  static boolean isLost(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof OutgrowException known) {
        return isLost(known);
      }
      if (each instanceof SQLException sql) {
        return isLost(SqlFailures.translate(sql, RunningTransaction.DOING));
      }
    }
    return false;
  }

  private static boolean isLost(OutgrowException failure) {
    return !(failure instanceof UnknownOutcomeException)
        && (failure instanceof ConflictException
            || (failure instanceof TimeLimitException late && late.limit() == Limit.LOCK));
  }

  private static RuntimeException exhausted(RuntimeException last, int attempts, Duration spent) {
    String more = " It was attempted " + attempts + " times in " + spent.toMillis() + " ms.";
    if (last instanceof ConflictException conflict) {
      return new ConflictException(
          conflict.what() + more, conflict.remedy(), conflict.sqlState(), last);
    }
    if (last instanceof TimeLimitException late) {
      return new TimeLimitException(
          late.limit(), late.what() + more, late.remedy(), late.sqlState(), last);
    }
    return last;
  }
}
