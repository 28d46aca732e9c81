package dev.outgrow.migration;

import dev.outgrow.database.Database;

/**
 * Is called when migrations run: to write an audit record, to set something for the session, to
 * fill a cache anew. Each method does nothing by default.
 *
 * <p>It is not called by a check or at a start that finds everything current, by {@code adopt} and
 * {@code repair}, which run no migration, and of what runs in a scratch database.
 *
 * <p>What a method throws fails what it was called for, with an error that names the listener.
 *
 * <p><em>Not thread-safe.</em> It is called by one thread at a time.
 *
 * @since 0.1
 */
public interface MigrationListener {
  /**
   * Is called once the lock is held, before the first chain is looked at. If it throws, nothing has
   * run.
   */
  default void beforeRun(Database database) throws Exception {}

  /**
   * Is called before a migration, within its transaction. If it throws, the migration does not run
   * and those before it stay.
   *
   * @param context the migration's connection, which it neither commits nor closes
   */
  default void beforeMigration(RunningMigration migration, MigrationContext context)
      throws Exception {}

  /**
   * Is called after a migration, within its transaction and before it is committed. If it throws,
   * the migration is rolled back; one outside of a transaction stays, and is called failed.
   *
   * @param context the migration's connection, which it neither commits nor closes
   */
  default void afterMigration(RunningMigration migration, MigrationContext context)
      throws Exception {}

  /**
   * Is called behind the last chain, also where one has failed, while the lock is held. If it
   * throws, what has run stays.
   */
  default void afterRun(MigrationResult result) throws Exception {}
}
