package dev.outgrow.importer;

import dev.outgrow.database.Database;
import dev.outgrow.error.TargetException;
import dev.outgrow.importer.file.Definition;
import dev.outgrow.importer.file.FileSchema;
import dev.outgrow.importer.file.FormerFile;
import dev.outgrow.importer.file.TargetFile;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.util.List;

/**
 * Carries a file into another SQLite file, in one transaction of that: it is committed when every
 * row was read back and found equal. Used once.
 */
final class FileRun {
  private static final int SHOWN = 20;

  private final Path file;
  private final Database database;
  private final ImportOptions options;
  private final String id;

  FileRun(Path file, Database database, ImportOptions options) {
    this.file = file;
    this.database = database;
    this.options = options;
    this.id = new Planning(options, database).id();
  }

  ImportReport run() {
    FileChoices.refuse(options);
    try (TargetFile target = TargetFile.open(database)) {
      return options.course().wakenBy(target::interrupt, () -> run(target));
    }
  }

  private ImportReport run(TargetFile target) {
    target.refuseSource(file);
    target.begin(
        options.patience().timeout(),
        options.patience().retries(),
        () -> options.course().isToStop());
    FileSchema former = target.schema();
    refuseUnlessEmpty(former);
    try (FileSource source = FileSource.open(file, options)) {
      FileCarrying carrying = new FileCarrying(source, target, options, target());
      carrying.refuseOrphans(file);
      return former.definitions().isEmpty() || options.dryRun()
          ? finish(carrying.carry(former, ""), target)
          : replace(carrying, former, target);
    }
  }

  private ImportReport replace(FileCarrying carrying, FileSchema former, TargetFile target) {
    FormerFile copy = new FormerFile(target.file(), id);
    target.keepFormer(copy);
    ImportReport report;
    try {
      report = carrying.carry(former, copy.path().toString());
    } catch (RuntimeException | Error e) {
      copy.removeAfter(e);
      throw e;
    }
    return finish(report, target); // should this fail, the copy stays: it may be all there is
  }

  private ImportReport finish(ImportReport report, TargetFile target) {
    if (!options.dryRun()) {
      target.commit();
    }
    return report;
  }

  private String target() {
    return database.url()
        + (options.dryRun() ? ", a dry run in a transaction that was rolled back" : "");
  }

  private void refuseUnlessEmpty(FileSchema former) {
    List<String> held = former.definitions().stream().map(Definition::name).toList();
    if (held.isEmpty() || options.replace()) {
      return;
    }
    int more = held.size() - SHOWN;
    throw new TargetException(
        "main",
        held,
        database.url()
            + " is not empty: it holds "
            + String.join(", ", held.subList(0, Math.min(SHOWN, held.size())))
            + (more > 0 ? " and " + more + " more" : "")
            + ".",
        "Choose another file, or allow it to be replaced (--replace, replace(true)): what it holds is then"
            + " copied to a file beside it first.",
        null);
  }
}
