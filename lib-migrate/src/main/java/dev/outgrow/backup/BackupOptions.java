package dev.outgrow.backup;

import dev.outgrow.database.Database;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.Cancellation;
import dev.outgrow.migration.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How backups are made; each is set by a method of {@link Backups}. */
record BackupOptions(
    @Nullable Path folder,
    @Nullable Retention retention,
    @Nullable Function<Database, Migrations> chains,
    BackupListener listener,
    @Nullable Cancellation cancellation,
    Duration timeout,
    @Nullable Path tools,
    BuiltInCopy builtInCopy,
    int jobs,
    boolean privileges,
    Duration lockTimeout,
    Room room,
    Clock clock) {
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final int MOST_JOBS = 64;

  /** Says how many bytes there is room for in a folder. */
  @FunctionalInterface
  interface Room {
    long in(Path folder) throws IOException;
  }

  static BackupOptions ofDefaults() {
    return new Draft().freeze();
  }

  boolean isCancelled() {
    return cancellation != null && cancellation.isCancelled();
  }

  Optional<Function<Database, Migrations>> chainsOf() {
    return Optional.ofNullable(chains);
  }

  BackupOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.freeze();
  }

  /** What is being put together. */
  static final class Draft {
    @Nullable Path folder;
    @Nullable Retention retention;
    @Nullable Function<Database, Migrations> chains;
    BackupListener listener = progress -> {};
    @Nullable Cancellation cancellation;
    Duration timeout = Duration.ofHours(12);
    @Nullable Path tools;
    BuiltInCopy builtInCopy = BuiltInCopy.REFUSED;
    int jobs = 2;
    boolean privileges = true;
    Duration lockTimeout = Duration.ofSeconds(30);
    Room room = folder -> Files.getFileStore(folder).getUsableSpace();
    Clock clock = Clock.systemUTC();

    Draft() {}

    Draft(BackupOptions from) {
      this.folder = from.folder;
      this.retention = from.retention;
      this.chains = from.chains;
      this.listener = from.listener;
      this.cancellation = from.cancellation;
      this.timeout = from.timeout;
      this.tools = from.tools;
      this.builtInCopy = from.builtInCopy;
      this.jobs = from.jobs;
      this.privileges = from.privileges;
      this.lockTimeout = from.lockTimeout;
      this.room = from.room;
      this.clock = from.clock;
    }

    BackupOptions freeze() {
      requireTime("timeout", timeout, LONGEST);
      requireTime("lockTimeout", lockTimeout, Duration.ofDays(1));
      if (jobs < 1 || jobs > MOST_JOBS) {
        throw new ConfigurationException("jobs", Integer.toString(jobs), "1 to " + MOST_JOBS);
      }
      return new BackupOptions(
          folder,
          retention,
          chains,
          listener,
          cancellation,
          timeout,
          tools,
          builtInCopy,
          jobs,
          privileges,
          lockTimeout,
          room,
          clock);
    }

    private static void requireTime(String option, Duration time, Duration most) {
      if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(most) > 0) {
        throw new ConfigurationException(option, time.toString(), "1 ms to " + most);
      }
    }
  }
}
