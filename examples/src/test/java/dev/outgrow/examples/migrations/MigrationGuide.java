package dev.outgrow.examples.migrations;

import dev.outgrow.database.Database;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.MigrationStatus;
import dev.outgrow.migration.Migrations;
import dev.outgrow.migration.StartPolicy;

/** The code of docs/migrations.md. */
final class MigrationGuide {
  private MigrationGuide() {}

  static Migrations chains(Database db) {
    // begin chains
    Chain core = Chain.named("core").location("db/core").owns("users", "plays").build();
    Chain clips =
        Chain.named("clips").location("db/clips").owns("clips").requires("core", "2").build();
    return Migrations.of(db).chain(core).chain(clips).program("media");
    // end chains
  }

  static MigrationStatus start(Migrations migrations) {
    // begin start
    MigrationStatus status = migrations.start(StartPolicy.INITIALISE_EMPTY);
    // end start
    return status;
  }
}
