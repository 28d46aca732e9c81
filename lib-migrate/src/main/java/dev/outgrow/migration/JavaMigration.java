package dev.outgrow.migration;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A migration that is written in Java, for what SQL cannot say.
 *
 * <p>It runs once, in order of version among the chain's scripts, in a transaction that also holds
 * its row of the history; what it throws fails the migration and rolls it back. It must not depend
 * on classes that change later.
 *
 * <p><em>Not thread-safe.</em> It is run by one thread at a time.
 *
 * @since 0.1
 */
public interface JavaMigration {
  /** Returns its version: numbers separated by points, above 0. */
  String version();

  /** Returns what it does, in a few words. */
  String description();

  /**
   * Returns a number that changes when what it does changes. None by default: then nobody sees a
   * change.
   */
  default OptionalInt checksum() {
    return OptionalInt.empty();
  }

  /** Returns whether it runs in a transaction; true by default. */
  default boolean transactional() {
    return true;
  }

  /** Does it. Whatever it throws fails the migration. */
  void migrate(MigrationContext context) throws Exception;

  /**
   * Returns what takes it back, for {@link Migrations#undo}. None by default: then it is taken back
   * by an undo script of its version, or not at all.
   */
  default Optional<Undo> undo() {
    return Optional.empty();
  }

  /**
   * Takes a migration back, in the transaction of the whole undo.
   *
   * <p><em>Not thread-safe.</em>
   */
  @FunctionalInterface
  interface Undo {
    /** Does it. Whatever it throws fails the undo, and all of it is rolled back. */
    void run(MigrationContext context) throws Exception;
  }
}
