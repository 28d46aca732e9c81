package dev.outgrow.importer;

import dev.outgrow.database.Database;
import dev.outgrow.database.scratch.ScratchDatabase;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.error.AccessException;
import dev.outgrow.error.MissingArtifactException;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;

/**
 * Tries an import that makes its tables, in a database that is thrown away. The target is only
 * looked at. Used once.
 */
final class DryRun {
  private final Path file;
  private final Database target;
  private final ImportOptions options;
  private final Planning planning;

  DryRun(Path file, Database target, ImportOptions options) {
    this.file = file;
    this.target = target;
    this.options = options;
    this.planning = new Planning(options, target);
  }

  ImportReport run() {
    refuseWhatAnImportRefuses();
    ScratchDatabase beside;
    try {
      beside = ScratchDatabase.beside(target);
    } catch (AccessException mayNot) {
      return runEmbedded(mayNot);
    }
    try (beside) {
      return run(beside.database(), "a scratch database beside it");
    }
  }

  private ImportReport runEmbedded(AccessException mayNot) {
    try (ScratchServer server = ScratchServer.start();
        Database database = Database.open(server.createDatabase())) {
      String why = ", because no database can be created beside the target";
      return run(database, "an embedded PostgreSQL " + server.version() + why);
    } catch (MissingArtifactException missing) {
      mayNot.addSuppressed(missing);
      throw mayNot;
    }
  }

  private ImportReport run(Database scratch, String where) {
    String tried = planning.target() + ", a dry run in " + where;
    try {
      return new ImportRun(file, scratch, options, Survey::glimpse).run().asDryRun(tried);
    } catch (BadRowsException e) {
      throw e.asDryRun(tried);
    } catch (VerificationFailedException e) {
      throw new VerificationFailedException(e.report().asDryRun(tried));
    }
  }

  private void refuseWhatAnImportRefuses() {
    try (ImportTarget looked = ImportTarget.open(target, planning.names(), options.buffers())) {
      looked.refuseUnlessEmptyOr(options.replace(), looked.state());
    }
  }
}
