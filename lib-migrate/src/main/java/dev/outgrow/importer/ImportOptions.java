package dev.outgrow.importer;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.existing.Append;
import dev.outgrow.importer.journal.Journal;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.postgres.Buffers;
import dev.outgrow.importer.postgres.LockPatience;
import dev.outgrow.importer.postgres.Streams;
import dev.outgrow.importer.progress.ProgressListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How an import is done. Copies with something changed are made by {@link #with}.
 *
 * @param schema the target schema
 * @param replace whether what the target holds may be moved aside
 * @param orphans what to do with rows that refer to nothing
 * @param buffers the memory between reading and sending
 * @param largestRow the most bytes of text and blobs one row may hold
 * @param listener who is told how far it is
 * @param selection which tables, and how many rows of each
 * @param salvage whether what can still be read of a damaged file is carried
 * @param libraryAlone whether SQLite's library reads every table
 * @param rules what columns and tables are to become
 * @param plannedSchema a hash of each definition that the file must have; null where it may change
 * @param badRows what to do with rows that cannot be carried
 * @param rejectFolder where the folder for files of rejected rows is made
 * @param listedRejects how many rejected rows are listed one by one
 * @param intoExisting whether the rows go into tables that are there already
 * @param accepted kinds of what may stay behind
 * @param glimpsedRows how many rows of a table are looked at before it is loaded
 * @param cancellation says whether it has to stop
 * @param patience how long locks are waited for, and how often
 * @param append what becomes of rows that the tables hold, where it is added to them
 * @param dryRun whether it is only tried
 * @param resume whether to go on with what an earlier run has loaded
 * @param keepLoaded whether what is loaded stays for a later run where this one is stopped
 * @param streams over how many connections a large table is loaded
 * @param tactics what it may do to be faster
 */
record ImportOptions(
    String schema,
    boolean replace,
    Orphans orphans,
    Buffers buffers,
    long largestRow,
    ProgressListener listener,
    Selection selection,
    boolean salvage,
    boolean libraryAlone,
    Rules rules,
    @Nullable Map<String, String> plannedSchema,
    BadRows badRows,
    Path rejectFolder,
    int listedRejects,
    boolean intoExisting,
    Set<Kind> accepted,
    long glimpsedRows,
    Cancellation cancellation,
    LockPatience patience,
    Append append,
    boolean dryRun,
    boolean resume,
    boolean keepLoaded,
    Streams streams,
    ImportTactics tactics) {
  static final ImportOptions DEFAULT =
      new ImportOptions(
          "public",
          false,
          Orphans.FAIL,
          Buffers.DEFAULT,
          ImportOptions.MOST_ROW_BYTES,
          ProgressListener.none(),
          Selection.ALL,
          false,
          false,
          Rules.NONE,
          null,
          BadRows.FAIL,
          Path.of(""),
          100,
          false,
          Set.of(),
          1_000,
          new Cancellation(),
          LockPatience.DEFAULT,
          Append.NONE,
          false,
          false,
          true,
          Streams.DEFAULT,
          ImportTactics.DEFAULT);

  /**
   * PostgreSQL makes a row in one piece of memory, of which it allows less than 1 GiB; 1 MiB of
   * that is more than its numbers, its dates and the lengths of 1,600 columns can take.
   */
  private static final long MOST_ROW_BYTES = (1L << 30) - (1L << 20);

  private static final int MOST_NAME_BYTES = 63;
  private static final int MOST_LISTED = 100_000;

  ImportOptions {
    accepted = Set.copyOf(accepted);
    intoExisting = intoExisting || append != Append.NONE;
    if (replace && append != Append.NONE) {
      throw new ConfigurationException(
          "append", append.word(), "one of append and replace: rows are added to, or replaced");
    }
    int bytes = schema.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0
        || bytes > MOST_NAME_BYTES
        || schema.indexOf('\0') >= 0
        || schema.startsWith("pg_")
        || schema.equals("information_schema")) {
      throw new ConfigurationException(
          "schema",
          schema,
          "a name of 1 to " + MOST_NAME_BYTES + " bytes that is not one of PostgreSQL's own");
    }
    if (schema.equals(Journal.SCHEMA)) {
      throw new ConfigurationException(
          "schema", schema, "any other name: this schema holds the journal of imports");
    }
    if (largestRow < 1 || largestRow > MOST_ROW_BYTES) {
      throw new ConfigurationException(
          "largestRow", Long.toString(largestRow), "1 to " + MOST_ROW_BYTES + " bytes");
    }
    if (listedRejects < 1 || listedRejects > MOST_LISTED) {
      throw new ConfigurationException(
          "listedRejects", Integer.toString(listedRejects), "1 to " + MOST_LISTED);
    }
  }

  /** Returns the course of the run these options are for. */
  Course course() {
    if (!(listener instanceof Course course)) {
      throw new IllegalStateException("The run has no course");
    }
    return course;
  }

  /** Returns a copy with something changed. */
  ImportOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new ImportOptions(
        draft.schema,
        draft.replace,
        draft.orphans,
        draft.buffers,
        draft.largestRow,
        draft.listener,
        draft.selection,
        draft.salvage,
        draft.libraryAlone,
        draft.rules,
        draft.plannedSchema,
        draft.badRows,
        draft.rejectFolder,
        draft.listedRejects,
        draft.intoExisting,
        draft.accepted,
        draft.glimpsedRows,
        draft.cancellation,
        draft.patience,
        draft.append,
        draft.dryRun,
        draft.resume,
        draft.keepLoaded,
        draft.streams,
        draft.tactics);
  }

  /** Options that can still be changed. */
  static final class Draft {
    String schema;
    boolean replace;
    Orphans orphans;
    Buffers buffers;
    long largestRow;
    ProgressListener listener;
    Selection selection;
    boolean salvage;
    boolean libraryAlone;
    Rules rules;
    @Nullable Map<String, String> plannedSchema;
    BadRows badRows;
    Path rejectFolder;
    int listedRejects;
    boolean intoExisting;
    Set<Kind> accepted;
    long glimpsedRows;
    Cancellation cancellation;
    LockPatience patience;
    Append append;
    boolean dryRun;
    boolean resume;
    boolean keepLoaded;
    Streams streams;
    ImportTactics tactics;

    private Draft(ImportOptions options) {
      schema = options.schema;
      replace = options.replace;
      orphans = options.orphans;
      buffers = options.buffers;
      largestRow = options.largestRow;
      listener = options.listener;
      selection = options.selection;
      salvage = options.salvage;
      libraryAlone = options.libraryAlone;
      rules = options.rules;
      plannedSchema = options.plannedSchema;
      badRows = options.badRows;
      rejectFolder = options.rejectFolder;
      listedRejects = options.listedRejects;
      intoExisting = options.intoExisting;
      accepted = options.accepted;
      glimpsedRows = options.glimpsedRows;
      cancellation = options.cancellation;
      patience = options.patience;
      append = options.append;
      dryRun = options.dryRun;
      resume = options.resume;
      keepLoaded = options.keepLoaded;
      streams = options.streams;
      tactics = options.tactics;
    }
  }
}
