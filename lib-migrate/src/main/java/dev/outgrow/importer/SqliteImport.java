package dev.outgrow.importer;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.existing.Append;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.postgres.Buffers;
import dev.outgrow.importer.postgres.LockPatience;
import dev.outgrow.importer.postgres.Streams;
import dev.outgrow.importer.progress.ProgressListener;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.Inspection;
import dev.outgrow.importer.report.VerifyReport;
import dev.outgrow.importer.salvage.Salvage;
import dev.outgrow.importer.sqlite.SqliteSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries a SQLite file into PostgreSQL: {@code SqliteImport.from(path).into(database).run()}.
 *
 * <p>Everything is loaded into a schema of its own, keys and indexes are built, every row is read
 * back and compared, and only then one short transaction puts it in the target's place. If anything
 * fails before that, the target is as it was. The file is read as of one moment and never written
 * to. Others may go on writing to a file in WAL mode; into one in rollback-journal mode they cannot
 * commit until it has been read.
 *
 * <p>Defaults: schema {@code public}, which must be empty; rows that cannot be carried, or refer to
 * nothing, refuse the import; 100 of them are listed; no rules; 1 MiB of buffers; rows of at most
 * 1,072,693,248 bytes of text and blobs, which is what PostgreSQL can hold.
 *
 * <p><em>Immutable.</em> Each option returns a copy.
 *
 * @since 0.1
 */
public final class SqliteImport {
  private final Path file;
  private final @Nullable Database database;
  private final ImportOptions options;

  private SqliteImport(Path file, @Nullable Database database, ImportOptions options) {
    this.file = file;
    this.database = database;
    this.options = options;
  }

  /** Begins an import from a SQLite file. Nothing is opened yet. */
  public static SqliteImport from(Path file) {
    return new SqliteImport(file, null, ImportOptions.DEFAULT);
  }

  /**
   * Names the database to carry the file into, which stays the caller's.
   *
   * <p>Where it is a SQLite file, everything is made there in SQLite's own words, with every value
   * as it is stored and the numbers of the rows, in one transaction that is committed when all rows
   * were read back and found equal. What such a file held before, if it may be {@linkplain #replace
   * replaced}, is copied beside it first: {@code app.db.before_<id>}. Options that change rows,
   * keep some aside, or fill tables that are there are refused, and so is {@link #resume}.
   */
  public SqliteImport into(Database target) {
    return new SqliteImport(file, target, options);
  }

  /**
   * Names the schema to carry the file into; it is made if there is none.
   *
   * @throws ConfigurationException if PostgreSQL cannot have a schema of this name
   */
  public SqliteImport schema(String name) {
    return with(o -> o.schema = name);
  }

  /**
   * Says whether what the target schema holds may be moved aside; it is kept in a schema of its
   * own.
   */
  public SqliteImport replace(boolean may) {
    return with(o -> o.replace = may);
  }

  /** Says what to do with rows whose foreign key refers to nothing. */
  public SqliteImport orphans(Orphans policy) {
    return with(o -> o.orphans = policy);
  }

  /** Says what to do with rows that cannot be carried. */
  public SqliteImport onBadRow(BadRows policy) {
    return with(o -> o.badRows = policy);
  }

  /**
   * Names the folder in which, if there are rejected rows, a folder {@code outgrow_rejects_<id>} is
   * made for them: one file of JSON lines for each table, readable by the owner alone. Without it:
   * the current folder.
   */
  public SqliteImport rejectFolder(Path folder) {
    return with(o -> o.rejectFolder = folder);
  }

  /**
   * Sets how many rejected rows, or rows for which an import is refused, are listed one by one; all
   * are counted.
   *
   * @param rows 1 to 100,000
   * @throws ConfigurationException if it is outside that range
   */
  public SqliteImport listedRejects(int rows) {
    return with(o -> o.listedRejects = rows);
  }

  /**
   * Says whether the rows go into tables that are there already, made by the application's own
   * migrations, instead of tables made as the file declares them.
   *
   * <p>Tables and columns are found by name, whatever their capitals if only one can be meant; the
   * target's types, constraints and defaults rule. Tables and columns that do not fit refuse the
   * import before anything is written; of rows that do not, {@link #onBadRow} and {@link #orphans}
   * decide. Rows that the tables hold have to be replaced ({@link #replace}), and are then kept
   * beside them, or added to ({@link #append}). Tables of migration tools are left out.
   */
  public SqliteImport intoExisting(boolean load) {
    return with(o -> o.intoExisting = load);
  }

  /**
   * Says that the rows are added to those which the tables of the target hold, whoever made these:
   * the application's migrations, or an import before. It goes {@linkplain #intoExisting into the
   * tables that are there}. A row is known by the table's primary key, else by a unique key without
   * nulls; a table with neither is refused, and so is a file that has a key twice.
   *
   * <p>With {@link Append#UPSERT}, rows whose key is there get the file's values, and what they
   * were is kept in a schema of its own; with {@link Append#MISSING} they stay as they are. In
   * either case all other rows are inserted, and one that is there with equal values is not
   * touched: the same import again changes nothing. It is proven before the commit that each of the
   * file's rows is there and that every other row is as it was.
   *
   * <p>{@link #verify} then compares the file's rows, and lets others be.
   *
   * @throws ConfigurationException if {@link #replace} is set as well
   */
  public SqliteImport append(Append append) {
    return with(o -> o.append = append);
  }

  /**
   * Says that the import is only tried: it is done in full, with every row read back and compared,
   * and the target is as it was. The report says so.
   *
   * <p>Where tables are made, they are made in a {@linkplain
   * dev.outgrow.database.scratch.ScratchDatabase scratch database} beside the target, or, where the
   * user may not create one, on an embedded server, which needs its artifacts. It takes the time
   * and the room of the import. Where rows go into tables that are there, they are staged in
   * temporary tables, and brought there in a transaction that is rolled back; until then it holds
   * the locks of the import. No file of rejected rows is written.
   */
  public SqliteImport dryRun(boolean dry) {
    return with(o -> o.dryRun = dry);
  }

  /**
   * Names kinds of what may stay behind. Without it, an import into tables that are there already
   * refuses tables and columns that are not among them.
   */
  public SqliteImport accept(Collection<Kind> kinds) {
    return with(o -> o.accepted = Set.copyOf(kinds));
  }

  /**
   * Sets how much memory lies between reading and sending.
   *
   * @param bytes 4 KiB to 64 MiB
   * @throws ConfigurationException if it is outside that range
   */
  public SqliteImport bufferMemory(int bytes) {
    return with(o -> o.buffers = Buffers.of(bytes));
  }

  /**
   * Sets over how many connections a table is loaded at once: one more for each 8 MiB that it turns
   * out to have. They come from the pool, where one is left to others; fewer are used where the
   * pool, or the server, gives fewer. Whatever happens, a table is loaded as a whole or not at all.
   *
   * @param most 1 to 16; without it as many as this machine has processors, four at most
   * @throws ConfigurationException if it is outside that range
   */
  public SqliteImport streams(int most) {
    return with(o -> o.streams = Streams.of(most));
  }

  /** Sets what an import may do to be faster; without it all of {@link ImportTactics}. */
  public SqliteImport tactics(ImportTactics tactics) {
    return with(o -> o.tactics = tactics);
  }

  /**
   * Sets how many bytes of text, in UTF-8, and of blobs one row may hold; a file with a larger one
   * is refused before anything is loaded. It does not change how much memory an import takes: rows
   * of more than 4 MiB are read, sent and compared piece by piece.
   *
   * @param bytes 1 to 1,072,693,248, the default: the most that PostgreSQL holds
   * @throws ConfigurationException if it is outside that range
   */
  public SqliteImport largestRow(long bytes) {
    return with(o -> o.largestRow = bytes);
  }

  /**
   * Names tables to carry; without this, all are. {@code *} stands for any characters, {@code ?}
   * for one, everything else for itself; the letters A to Z are equal in either case. May be called
   * several times. What is not named is left out and said to be in the report.
   *
   * <p>The import is refused if a pattern matches no table of the file.
   */
  public SqliteImport include(String... patterns) {
    return with(
        o ->
            o.selection =
                new Selection(
                    globs(o.selection.include(), patterns),
                    o.selection.exclude(),
                    o.selection.limit()));
  }

  /** Names tables to leave out, by patterns as in {@link #include}, even where that names them. */
  public SqliteImport exclude(String... patterns) {
    return with(
        o ->
            o.selection =
                new Selection(
                    o.selection.include(),
                    globs(o.selection.exclude(), patterns),
                    o.selection.limit()));
  }

  /**
   * Carries only the first rows of each table, for a trial. The report says of which tables it did
   * not carry all; foreign keys from and to these are not made.
   *
   * @param rows 1 and more
   * @throws ConfigurationException if it is less
   */
  public SqliteImport limit(long rows) {
    return with(
        o -> o.selection = new Selection(o.selection.include(), o.selection.exclude(), rows));
  }

  /**
   * Says whether what can still be read of a damaged file is carried. The report then names what is
   * lost: tables, pages, keys, and how many rows where that can be known. A later {@link #verify}
   * needs the same. Without this, a damaged file is refused. It makes no difference to a sound one.
   *
   * <p>It takes up to twice the room of the file in the folder for temporary files.
   */
  public SqliteImport salvage(boolean may) {
    return with(o -> o.salvage = may);
  }

  /**
   * Says whether SQLite's library reads every table; otherwise most are read from the pages of the
   * file, which is faster. Both give the same rows.
   */
  public SqliteImport libraryAlone(boolean alone) {
    return with(o -> o.libraryAlone = alone);
  }

  /**
   * Says what columns and tables are to become, where that is not what they declare and hold. A
   * verification needs the rules of the import.
   */
  public SqliteImport rules(Rules rules) {
    return with(o -> o.rules = rules);
  }

  /**
   * Holds what follows to the schema for which a plan was made: a file in which somebody has since
   * made, changed or dropped a table, an index, a view or a trigger is refused before anything is
   * written, and what has changed is named. Rows may come and go.
   */
  public SqliteImport asPlanned(ImportPlan plan) {
    return with(o -> o.plannedSchema = plan.schemaPrints());
  }

  /** Names who is told how far the import is. */
  public SqliteImport onProgress(ProgressListener listener) {
    return with(o -> o.listener = listener);
  }

  /**
   * Names what lets another thread stop what runs. It ends with a {@link
   * dev.outgrow.error.CancelledException} within about a second; so does it where its own thread is
   * interrupted.
   */
  public SqliteImport cancelledBy(Cancellation cancellation) {
    return with(o -> o.cancellation = cancellation);
  }

  /**
   * Sets how long one attempt to lock the target's tables waits, when everything is proven. Whoever
   * uses these waits behind it, so it should be shorter than they can wait.
   *
   * @param timeout 10 ms to 1 hour; 2 s if nothing is set
   * @throws ConfigurationException if it is outside that range
   */
  public SqliteImport lockTimeout(Duration timeout) {
    return with(o -> o.patience = new LockPatience(timeout, o.patience.retries()));
  }

  /**
   * Sets how often that is tried again, after pauses in which the others go on: from a fifth of the
   * time-out, each twice as long as the last, to 10 s. Then the import fails, and tells who uses
   * the tables.
   *
   * @param retries 0 to 1,000; 20 if nothing is set
   * @throws ConfigurationException if it is outside that range
   */
  public SqliteImport lockRetries(int retries) {
    return with(o -> o.patience = new LockPatience(o.patience.timeout(), retries));
  }

  /**
   * Says whether to go on with what an earlier run of the same import has loaded that was killed,
   * cancelled or cut off. That needs the same file, not written to since, the same rules and
   * options, and the same plan; else the listener is told what has changed, and the import starts
   * from the beginning. So it does where there is nothing to go on with.
   *
   * <p>A table that is taken over is not copied again. Its rows are read from the file once more,
   * have to be the ones it was loaded with, and are compared with those in PostgreSQL like all
   * others. What the file is known by at first (its size, the time of its last change, its {@code
   * -wal}) only decides whether that is worth the trouble.
   *
   * <p>Without it (the default), the import starts from the beginning and takes away what earlier
   * runs have left behind. It cannot be had together with {@link #intoExisting}, where nothing is
   * kept for a later run.
   */
  public SqliteImport resume(boolean goOn) {
    return with(o -> o.resume = goOn);
  }

  /**
   * Says whether tables that are loaded stay in the staging schema, for {@link #resume}, where the
   * import is cancelled or interrupted, or the server fails or has no room: yes, unless this is
   * said. The next import into the database takes them away. Where the rows are at fault, nothing
   * stays.
   */
  public SqliteImport keepLoaded(boolean keep) {
    return with(o -> o.keepLoaded = keep);
  }

  /**
   * Returns what imports have left behind in a PostgreSQL database, or are about to stage in it:
   * one or two sentences for each. Nothing is written.
   */
  public static List<String> leftOvers(Database database) {
    return LeftBehind.in(database);
  }

  /**
   * Opens the file and closes it again, for a caller who wants to know before anything else is
   * begun.
   *
   * @throws dev.outgrow.error.SourceFileException if the file cannot be read
   */
  public void requireReadable() {
    SqliteSource.open(file).close();
  }

  /**
   * Says what the file holds, what each column really holds, and what would become of it. Nothing
   * is written.
   *
   * @throws dev.outgrow.error.SourceFileException if the file cannot be read
   */
  public Inspection inspect() {
    return Course.of(options, this::inspect);
  }

  /**
   * Returns every step with its SQL. Nothing is written. Without a database, an empty target is
   * assumed. An import that is to do no more than that is held to it by {@link #asPlanned}.
   *
   * @throws dev.outgrow.error.SourceFileException if the file cannot be read
   */
  public ImportPlan plan() {
    return Course.of(options, this::plan);
  }

  /**
   * Carries the file. Returns only when every row was read back and found equal, and is in place.
   *
   * @throws BadRowsException if rows cannot be carried and may not be kept aside; it lists them
   * @throws VerificationFailedException if a row was read back different; it carries the report
   * @throws dev.outgrow.error.CancelledException if somebody stopped it
   * @throws dev.outgrow.error.OutgrowException if anything else prevents it; the target is then as
   *     it was
   */
  public ImportReport run() {
    Salvage.clearLeftOvers();
    Database target = required();
    if (isFile(target)) {
      return Course.of(options, o -> new FileRun(file, target, o).run());
    }
    if (options.resume() && options.intoExisting()) {
      throw new ConfigurationException(
          "resume", "true", "false for an import into tables that are there already");
    }
    if (options.resume() && options.dryRun()) {
      throw new ConfigurationException("resume", "true", "false for a dry run");
    }
    return Course.of(options, o -> run(target, o));
  }

  /**
   * Compares the file with the target, row for row, as it is now. Nothing is written but temporary
   * tables, where rows that are there already are compared with a file of which some were rejected.
   *
   * @throws BadRowsException if an import with these options would be refused for a row
   * @throws dev.outgrow.error.OutgrowException if one side cannot be read
   */
  public VerifyReport verify() {
    Database target = required();
    if (isFile(target)) {
      return Course.of(options, o -> new FileVerifyRun(file, target, o).run());
    }
    return Course.of(
        options,
        o ->
            o.intoExisting()
                ? new ExistingVerifyRun(file, target, o).run()
                : new VerifyRun(file, target, o).run());
  }

  private ImportReport run(Database target, ImportOptions running) {
    if (running.intoExisting()) {
      return new ExistingRun(file, target, running).run();
    }
    return running.dryRun()
        ? new DryRun(file, target, running).run()
        : new ImportRun(file, target, running, Survey::glimpse).run();
  }

  private Inspection inspect(ImportOptions running) {
    try (Survey survey = Survey.of(file, running, places(new Planning(running, database)))) {
      return survey.inspection();
    }
  }

  private ImportPlan plan(ImportOptions running) {
    Planning planning = new Planning(running, database);
    if (isFile(database)) {
      return FilePlan.of(file, running, planning.names());
    }
    try (Survey survey = Survey.of(file, running, places(planning))) {
      if (running.intoExisting()) {
        return planning
            .plan(survey.existing(), ExistingSieve.expectsRejects(survey, running))
            .of(survey.schemaPrints());
      }
      try (Sifted sifted = Sieve.forPlan(survey, running, planning.target())) {
        return planning.plan(survey, sifted).of(survey.schemaPrints());
      }
    }
  }

  private Places places(Planning planning) {
    return options.intoExisting()
        ? Places.existing(planning.existing(), options)
        : Places.made(options);
  }

  private static List<TableGlob> globs(List<TableGlob> known, String... more) {
    return Stream.concat(known.stream(), Stream.of(more).map(TableGlob::new)).toList();
  }

  SqliteImport with(Consumer<ImportOptions.Draft> change) {
    return new SqliteImport(file, database, options.with(change));
  }

  private static boolean isFile(@Nullable Database target) {
    return target != null && target.backend() == Backend.SQLITE;
  }

  private Database required() {
    if (database == null) {
      throw new IllegalStateException("No target: call into(database) first");
    }
    return database;
  }
}
