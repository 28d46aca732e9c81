package dev.outgrow.importer;

import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.reject.RejectFiles;
import dev.outgrow.importer.reject.TableRejects;
import dev.outgrow.importer.report.RejectPlace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rejected rows of one import in files and tables. {@link #keep()} is the only way to
 * success; {@link #close()} without it takes the files away, and the target does so with its
 * tables.
 */
final class RejectKeeping implements AutoCloseable {
  private final ImportOptions options;
  private final ImportNames names;
  private @Nullable RejectFiles files;

  RejectKeeping(ImportOptions options, ImportNames names) {
    this.options = options;
    this.names = names;
  }

  /** A dry run writes no files, but tries the tables. */
  void write(List<TableRejects> rejects, ImportTarget target) {
    if (options.dryRun()) {
      target.keep(rejects);
      return;
    }
    RejectFiles made = new RejectFiles(options.rejectFolder(), names.rejects());
    files = made;
    rejects.forEach(made::write);
    target.keep(rejects);
  }

  /** Gives the files their names, before the swap gives the tables theirs. */
  void publish() {
    if (files != null) {
      files.publish();
    }
  }

  void keep() {
    if (files != null) {
      files.keep();
    }
  }

  RejectPlace place() {
    return files == null
        ? RejectPlace.NONE
        : new RejectPlace(names.rejects(), files.folder().toString());
  }

  @Override
  public void close() {
    if (files != null) {
      files.close();
    }
  }
}
