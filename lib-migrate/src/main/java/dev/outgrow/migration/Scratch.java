package dev.outgrow.migration;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.TransactionOptions;
import dev.outgrow.database.catalog.LiveSchema;
import dev.outgrow.database.scratch.ScratchDatabase;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.MigrationException;
import dev.outgrow.migration.internal.flyway.FlywayRunner;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.comparison.Side;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A scratch database in which chains are made, script by script as somebody chooses. */
final class Scratch implements AutoCloseable {
  private static final String POSTGRES_IDENTITIES =
      "SELECT c.relname, c.oid::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p')";
  private static final String SQLITE_IDENTITIES =
      "SELECT name, rowid || ':' || rootpage FROM sqlite_schema WHERE type = 'table'";

  private final ChainSet set;
  private final Database database;
  private final Runnable end;
  private final Map<String, Set<String>> done = new HashMap<>();

  private Scratch(ChainSet set, Database database, Runnable end) {
    this.set = set;
    this.database = database;
    this.end = end;
  }

  /**
   * Opens one as the settings say, and runs the set-up in it.
   *
   * @throws dev.outgrow.error.OutgrowException if none can be made, or it is not empty
   */
  static Scratch open(ChainSet set) {
    Supplier<Database> source = set.settings().scratch();
    if (source == null) {
      ScratchDatabase made = ScratchDatabase.beside(set.database());
      return new Scratch(set, made.database(), made::close).prepared();
    }
    Database given = source.get();
    return new Scratch(set, given, given::close).prepared();
  }

  /** Uses the caller's, which stays open; otherwise as {@link #open(ChainSet)}. */
  static Scratch open(ChainSet set, @Nullable Database given) {
    return given == null ? open(set) : new Scratch(set, given, () -> {}).prepared();
  }

  private Scratch prepared() {
    try {
      if (database.backend() != set.database().backend()
          || !new HistoryReader(database).read(List.of()).tables().isEmpty()) {
        throw new ConfigurationException(
            "scratch", database.url().toString(), "an empty database of the same backend");
      }
      set.settings().setup().run(database);
      return this;
    } catch (RuntimeException failure) {
      closeAfter(failure);
      throw failure;
    }
  }

  private void closeAfter(RuntimeException failure) {
    try {
      end.run();
    } catch (RuntimeException second) {
      failure.addSuppressed(second);
    }
  }

  /** Returns it, for whoever makes something else in it. */
  Database database() {
    return database;
  }

  /**
   * Runs these of a chain's scripts, beside those of it that have run here.
   *
   * @throws dev.outgrow.error.MigrationException if one fails
   */
  void run(ChainScripts scripts, Collection<String> steps) {
    if (steps.isEmpty()) {
      return;
    }
    Set<String> all = done.computeIfAbsent(scripts.chain().name(), chain -> new HashSet<>());
    boolean first = all.isEmpty();
    all.addAll(steps);
    FlywayRunner runner = new FlywayRunner(database, scripts.forScratch(database, all));
    if (first) {
      runner.begin();
    }
    try {
      runner.migrate(null, true);
    } catch (MigrationException failure) {
      throw here(failure);
    }
  }

  /** A failure that says where it was: whoever reads it fears for the real database. */
  private static MigrationException here(MigrationException failure) {
    return new MigrationException(
        new MigrationException.Place(
            failure.chain(), failure.script().orElse(null), failure.line().orElse(0)),
        failure.what() + " That was in a scratch database; nothing was changed here.",
        "Mend the script; if it needs extensions that an empty database has not, hand in a scratch"
            + " database that has them.",
        failure.sqlState().orElse(null),
        failure.statement().orElse(null),
        failure);
  }

  /** Returns what is there now, without the history tables. */
  Side schema() {
    return schema(set, database);
  }

  /**
   * Returns numbers that a table keeps for its life, by name: one that is dropped and made anew, be
   * it the same as before, has another.
   */
  Map<String, String> identities() {
    String sql = database.backend() == Backend.POSTGRESQL ? POSTGRES_IDENTITIES : SQLITE_IDENTITIES;
    return database.transaction(
        TransactionOptions.reading(),
        tx -> {
          Map<String, String> identities = new HashMap<>();
          try (Statement statement = tx.connection().createStatement();
              ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
              identities.put(rows.getString(1), rows.getString(2));
            }
          }
          return identities;
        });
  }

  /** Returns the schema of a database of these chains, without their history tables. */
  static Side schema(ChainSet set, Database of) {
    Set<String> histories =
        set.chains().stream().map(Chain::historyTable).collect(Collectors.toSet());
    Side side = LiveSchema.readCurrent(of);
    Schema all = side.schema();
    return new Side(
        side.dialect(),
        new Schema(
            all.name(),
            all.tables().stream().filter(table -> !histories.contains(table.name())).toList(),
            all.views(),
            all.triggers(),
            all.sequences(),
            all.others()));
  }

  @Override
  public void close() {
    end.run();
  }
}
