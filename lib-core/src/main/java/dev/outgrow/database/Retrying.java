package dev.outgrow.database;

import dev.outgrow.error.CancelledException;
import dev.outgrow.error.ConflictException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.TimeLimitException;
import dev.outgrow.error.TimeLimitException.Limit;
import dev.outgrow.error.UnknownOutcomeException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does again what lost against another transaction, within a budget. */
final class Retrying {
  /** Waits. */
  interface Pause {
    void take(Duration time) throws InterruptedException;
  }

  private final Pause pause;
  private final DoubleSupplier random;
  private final LongSupplier nanoTime;

  Retrying(Pause pause, DoubleSupplier random, LongSupplier nanoTime) {
    this.pause = pause;
    this.random = random;
    this.nanoTime = nanoTime;
  }

  static Retrying ofSystem() {
    return new Retrying(
        time -> Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000),
        () -> ThreadLocalRandom.current().nextDouble(),
        System::nanoTime);
  }

  <T extends @Nullable Object> T run(Retry retry, Supplier<T> attempt) {
    long start = nanoTime.getAsLong();
    for (int number = 1; ; number++) {
      try {
        return attempt.get();
      } catch (RuntimeException failure) {
        if (!isLost(failure)) {
          throw failure;
        }
        Duration delay = retry.delay(number, random.getAsDouble());
        Duration spent = Duration.ofNanos(nanoTime.getAsLong() - start);
        if (number >= retry.attempts() || spent.plus(delay).compareTo(retry.budget()) > 0) {
          throw number == 1 ? failure : exhausted(failure, number, spent);
        }
        pause(delay, failure);
      }
    }
  }

  private void pause(Duration delay, RuntimeException failure) {
    try {
      pause.take(delay);
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
