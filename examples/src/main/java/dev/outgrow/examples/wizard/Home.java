package dev.outgrow.examples.wizard;

import dev.outgrow.database.Database;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.Migrations;
import java.util.function.Supplier;

/**
 * The application, as far as the wizard moves it.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public interface Home {
  /** Returns what the application runs on now. */
  Database database();

  /** Returns the application's migrations in another database. */
  Migrations migrations(Database there);

  /** Returns the application's migrations for a SQLite file that its rows are written to. */
  Chain[] chainsForAFile();

  /** Makes the application's tables where they are missing, without anybody or anything in them. */
  void prepare(Database there);

  /** Goes on in another database from the next request on; it is the application's to close. */
  void goOn(Database there);

  /**
   * Does work while nothing that the application does can write, and what could has ended.
   *
   * @throws dev.outgrow.error.OutgrowException if that does not end in time; nothing was done then
   */
  <T> T quietly(Supplier<T> work);
}
