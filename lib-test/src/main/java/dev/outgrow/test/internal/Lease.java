package dev.outgrow.test.internal;

import dev.outgrow.database.BorrowedConnection;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.KeptDatabase;
import dev.outgrow.database.scratch.ScratchDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A scratch database that tests use for some time.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Lease implements AutoCloseable {
  private final ScratchDatabase scratch;
  private final boolean exclusive;
  private final @Nullable Path file;
  private @Nullable Database opened;
  private volatile boolean failed;

  private Lease(ScratchDatabase scratch, boolean exclusive, @Nullable Path file) {
    this.scratch = scratch;
    this.exclusive = exclusive;
    this.file = file;
  }

  /** Takes one of a pool. */
  public static Lease of(ScratchDatabase taken) {
    return new Lease(taken, true, null);
  }

  /** Takes part in one that others use as well. */
  public static Lease shared(ScratchDatabase shared) {
    return new Lease(shared, false, null);
  }

  /** Copies a resource into the folder of a SQLite file. */
  public static Lease copy(ScratchDatabase folder, Class<?> beside, String resource) {
    try {
      Path place = folder.database().url().file().orElseThrow().toAbsolutePath().resolveSibling("");
      return new Lease(folder, true, Resources.copy(beside, resource, place));
    } catch (RuntimeException failure) {
      folder.close();
      throw failure;
    }
  }

  /** Returns the scratch database. */
  public ScratchDatabase scratch() {
    return scratch;
  }

  /** Returns the copied file, if it is about one. */
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** Returns the database, which for a copied file is opened now. */
  public synchronized Database database() {
    if (file == null) {
      return scratch.database();
    }
    if (opened == null) {
      DatabaseConfig config =
          DatabaseConfig.builder(DatabaseUrl.sqlite(file)).rememberBorrowers(true).build();
      opened = Database.open(config);
    }
    return opened;
  }

  private synchronized @Nullable Database inUse() {
    return file == null ? scratch.database() : opened;
  }

  /** Says that a test that used it has failed. */
  public void fail() {
    failed = true;
  }

  /** Returns whether a test that used it has failed. */
  public boolean hasFailed() {
    return failed;
  }

  /** Returns what is borrowed now. */
  Set<BorrowedConnection> borrowed() {
    Database database = inUse();
    return database == null ? Set.of() : new HashSet<>(database.borrowed());
  }

  /** Returns what is left open by those that are blamed, and ends it. */
  List<Leak> endLeaks(
      Collection<Connection> lent, Predicate<BorrowedConnection> blamed, boolean alone) {
    Database database = inUse();
    if (database == null) {
      return List.of();
    }
    LeakCheck check = new LeakCheck(database, lent, blamed, alone && exclusive);
    List<Leak> leaks = new ArrayList<>(check.run());
    leaks.addAll(check.end());
    return leaks;
  }

  /** Keeps it for somebody to look into. */
  KeptDatabase keep() {
    KeptDatabase kept = scratch.keep();
    if (file == null) {
      return kept;
    }
    String open = kept.openCommand().replace(kept.url().database(), file.toString());
    return new KeptDatabase(DatabaseUrl.sqlite(file), open, kept.dropCommand());
  }

  /** Gives it back. What is still borrowed then is taken from whoever has it. */
  @Override
  public void close() {
    Database copy = inUse();
    try {
      if (file != null && copy != null) {
        copy.close();
      }
    } finally {
      scratch.close();
    }
  }
}
