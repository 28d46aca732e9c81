package dev.outgrow.examples.application;

import dev.outgrow.database.Database;
import dev.outgrow.examples.media.MediaChains;
import dev.outgrow.examples.wizard.Home;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.Migrations;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Where the application lives, for the wizard that moves it; closes what it has lived in. */
final class ApplicationHome implements Home, AutoCloseable {
  private final Readiness readiness;
  private final Consumer<Database> watched;
  private final List<Database> opened = new CopyOnWriteArrayList<>();
  private final Set<Database> known = ConcurrentHashMap.newKeySet();
  private volatile Function<Database, Migrations> migrations = MediaChains::of;

  /**
   * Begins without a database.
   *
   * @param watched has each database that the application comes to live in measured
   */
  ApplicationHome(Readiness readiness, Consumer<Database> watched) {
    this.readiness = readiness;
    this.watched = watched;
  }

  /** Says which migrations the application has. */
  void migratedBy(Function<Database, Migrations> chains) {
    migrations = chains;
  }

  /** Has a database closed at the end, whether the application comes to live in it or not. */
  void closesAtTheEnd(Database database) {
    if (!opened.contains(database)) {
      opened.add(database);
    }
  }

  @Override
  public Database database() {
    return readiness.ready().database();
  }

  @Override
  public Migrations migrations(Database there) {
    return migrations.apply(there);
  }

  @Override
  public Chain[] chainsForAFile() {
    return MediaChains.forAFile();
  }

  @Override
  public void prepare(Database there) {
    MediaChains.makeTables(there, migrations(there));
  }

  @Override
  public void goOn(Database there) {
    if (known.add(there)) {
      watched.accept(there);
    }
    closesAtTheEnd(there);
    readiness.set(there);
  }

  @Override
  public <T> T quietly(Supplier<T> work) {
    return readiness.quietly(work);
  }

  @Override
  public void close() {
    opened.forEach(Database::close);
  }
}
