package dev.outgrow.database;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Time as it passes, and chance: what a test brings its own of. */
interface Waiting {
  Waiting REAL =
      new Waiting() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(time.toNanos());
        }

        @Override
        public double random() {
          return ThreadLocalRandom.current().nextDouble();
        }
      };

  /** Like {@link System#nanoTime}. */
  long nanoTime();

  void pause(Duration time) throws InterruptedException;

  /** At least 0 and less than 1. */
  double random();
}
