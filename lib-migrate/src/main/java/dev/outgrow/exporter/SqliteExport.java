package dev.outgrow.exporter;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.Cancellation;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.progress.ProgressListener;
import dev.outgrow.migration.Chain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The way back: PostgreSQL into a SQLite file. {@code SqliteExport.from(database).into(path).run()}
 * writes the rows of one moment, however much is written meanwhile, has SQLite check the file,
 * proves that every row is equal on both sides, and only then gives the file its name.
 *
 * <p>By default: the schema {@code public}; SQLite's schema is made out of PostgreSQL's; no rules;
 * a file that is there is not replaced; nothing may stay behind that holds rows; 12 hours. The file
 * can be read by its owner alone. Of the heap it takes less than 32 MiB, whatever a table, a row or
 * a value takes, but for values over 1 MiB in tables that SQLite fills itself ({@code WITHOUT
 * ROWID}, virtual, with computed columns): of these one row may take an eighth of the heap. Of the
 * database it takes a connection of its own, and another for rows of more than 4 MiB and values
 * that SQLite keeps as text.
 *
 * <p>On failure, and however the process ends, there is no file under the name, or the one that was
 * there before. What a killed export left is deleted by the next one to the same place.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class SqliteExport {
  private final Database database;
  private final Path file;
  private final ExportOptions options;

  private SqliteExport(Database database, Path file, ExportOptions options) {
    this.database = database;
    this.file = file;
    this.options = options;
  }

  /**
   * Begins an export of a database.
   *
   * @throws ConfigurationException if it is SQLite already
   */
  public static From from(Database database) {
    if (database.backend() != Backend.POSTGRESQL) {
      throw new ConfigurationException(
          "the database to export", database.describe(), "PostgreSQL; a SQLite file is copied");
    }
    return new From(database);
  }

  /**
   * A database to export. <em>Immutable.</em>
   *
   * @since 0.1
   */
  public static final class From {
    private final Database database;

    private From(Database database) {
      this.database = database;
    }

    /** Says which file is made. */
    public SqliteExport into(Path file) {
      return new SqliteExport(database, file, ExportOptions.USUAL);
    }
  }

  private SqliteExport with(Consumer<ExportOptions.Draft> change) {
    return new SqliteExport(database, file, options.with(change));
  }

  /** Exports another schema than {@code public}. */
  public SqliteExport schema(String name) {
    return with(o -> o.schema = name);
  }

  /**
   * Makes the schema by the application's own SQLite migrations, so that the application starts on
   * the file as on its own: with their history, and as they declare each column. Rows that they
   * insert give way to PostgreSQL's. The history tables of PostgreSQL's migrations are left out.
   */
  public SqliteExport chains(Chain... chains) {
    return with(o -> o.chains = List.of(chains));
  }

  /**
   * Makes the schema of another SQLite file, such as the one that was once imported: its tables,
   * indexes, views and triggers as they are written there. Moments, truth and UUIDs are written as
   * that file writes them. It is only read.
   */
  public SqliteExport like(Path former) {
    return with(o -> o.former = former);
  }

  /** Turns values back by these rules, which were those of the import. */
  public SqliteExport rules(Rules rules) {
    return with(o -> o.rules = rules);
  }

  /** Lets a file that is there give way; it is kept as {@code <name>.before_<id>}. */
  public SqliteExport replace(boolean may) {
    return with(o -> o.replace = may);
  }

  /**
   * Says what may stay behind: with {@code chains} or {@code like}, tables and columns that their
   * schema has not refuse the export unless {@link Kind#MISSING_TABLE} and {@link
   * Kind#MISSING_COLUMN} are among these.
   */
  public SqliteExport accept(Collection<Kind> kinds) {
    Set<Kind> set = EnumSet.noneOf(Kind.class);
    set.addAll(kinds);
    return with(o -> o.accepted = set);
  }

  /** Is told how far it is, on the thread that runs the export. What it throws ends it. */
  public SqliteExport onProgress(ProgressListener listener) {
    return with(o -> o.listener = listener);
  }

  /** Lets another thread end it; within about a second it throws and leaves no file. */
  public SqliteExport cancelledBy(Cancellation cancellation) {
    return with(o -> o.cancellation = cancellation);
  }

  /**
   * Ends it when it takes longer: 1 ms to 7 days; 12 hours by default. No file is left then.
   *
   * @throws ConfigurationException if it is outside of that
   */
  public SqliteExport timeout(Duration timeout) {
    return with(o -> o.timeout = timeout);
  }

  /**
   * Makes the file.
   *
   * @throws dev.outgrow.error.TargetException if the file is there already or cannot be written, or
   *     the schema it is to have has no place for what PostgreSQL holds
   * @throws ConfigurationException if there is no such schema, or options do not go together
   * @throws ExportDifferenceException if a row is not equal when it is read back
   * @throws dev.outgrow.error.CancelledException if it was cancelled
   * @throws dev.outgrow.error.TimeLimitException if it took too long
   * @throws dev.outgrow.error.OutgrowException if either side cannot be read or written
   */
  public ExportReport run() {
    requireOneSchema();
    return new ExportRun(database, file, options).run();
  }

  /**
   * Says what {@link #run} would do, as far as that can be told before the rows are read. Nothing
   * is written to either side; with {@link #chains} their migrations run in a temporary file, which
   * is deleted.
   *
   * @throws dev.outgrow.error.OutgrowException what {@link #run} is refused with, but for the room
   *     on the disk, which the plan tells
   */
  public ExportPlan plan() {
    requireOneSchema();
    return new Planning(database, file, options).plan();
  }

  private void requireOneSchema() {
    if (!options.chains().isEmpty() && options.former() != null) {
      throw new ConfigurationException(
          "like", String.valueOf(options.former()), "nothing beside chains");
    }
  }
}
