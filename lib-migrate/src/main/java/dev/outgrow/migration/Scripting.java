package dev.outgrow.migration;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.database.setup.Script;
import dev.outgrow.error.MigrationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.migration.internal.flyway.Transactional;
import dev.outgrow.migration.script.ScriptFile;
import dev.outgrow.migration.script.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes what would run as SQL. The database, where there is one, is only read. */
final class Scripting {
  private final Backend backend;
  private final List<ChainScripts> all;
  private final MigrationSettings settings;
  private final Snapshot snapshot;
  private final MigrationStatus status;
  private final @Nullable Database database;
  private final Map<String, Version> at = new HashMap<>();
  private final List<String> steps = new ArrayList<>();

  private Scripting(
      Backend backend,
      List<ChainScripts> all,
      MigrationSettings settings,
      Snapshot snapshot,
      @Nullable Database database) {
    this.backend = backend;
    this.all = all;
    this.settings = settings;
    this.snapshot = snapshot;
    this.database = database;
    this.status =
        new Inspection(
                all,
                settings.commands(),
                settings.outOfOrder(),
                snapshot,
                backend == Backend.SQLITE)
            .status();
    for (ChainStatus chain : status.chains()) {
      chain.version().flatMap(Version::parse).ifPresent(v -> at.put(chain.chain(), v));
    }
  }

  /** Goes on from where a database is. */
  static Scripting of(ChainSet set) {
    List<String> tables = set.chains().stream().map(Chain::historyTable).toList();
    Database database = set.database();
    Snapshot snapshot = new HistoryReader(database).read(tables);
    return new Scripting(database.backend(), set.read(), set.settings(), snapshot, database);
  }

  /** Begins with an empty database, of which only the backend is known. */
  static Scripting fromNothing(Backend backend, List<Chain> chains) {
    List<ChainScripts> all =
        ChainOrder.of(chains).stream().map(chain -> ChainScripts.read(chain, backend)).toList();
    Snapshot nothing = new Snapshot(Set.of(), Set.of(), Map.of());
    return new Scripting(backend, all, MigrationSettings.ofDefaults(), nothing, null);
  }

  MigrationScript all() {
    return write(all, MigrateTo.end());
  }

  MigrationScript one(Chain chain, MigrateTo to) {
    return write(all.stream().filter(scripts -> scripts.chain().equals(chain)).toList(), to);
  }

  private MigrationScript write(List<ChainScripts> chosen, MigrateTo to) {
    List<String> names = chosen.stream().map(scripts -> scripts.chain().name()).toList();
    ChainSet.refuse(status, chain -> names.contains(chain.chain()) && !chain.state().canMigrate());
    ScriptParts parts = new ScriptParts(backend);
    chosen.forEach(scripts -> chain(parts, scripts, to));
    ScriptParts whole = new ScriptParts(backend);
    header(whole, names);
    String body = "";
    if (!steps.isEmpty()) {
      whole.session(searchPath());
      setup(whole);
      body = parts.finished();
    } else {
      whole.comment("Nothing is left to run.");
    }
    return new MigrationScript(backend, steps, whole.opened() + body);
  }

  private void header(ScriptParts parts, List<String> names) {
    parts.comment("Migrations as they would run. Nothing of this has been executed.");
    parts.comment(
        database == null
            ? "For an empty " + backend.title() + " database."
            : "For " + database.url() + ", " + backend.title() + ", as it is:");
    for (String name : names) {
      ChainStatus chain = status.chain(name);
      parts.comment(
          "  chain "
              + name
              + ": "
              + chain.version().map(v -> "at version " + v).orElse(chain.state().toString())
              + ", then at "
              + Optional.ofNullable(at.get(name)).map(Version::toString).orElse("no version"));
    }
    parts.comment(
        "Apply it with "
            + (backend == Backend.POSTGRESQL
                ? "\"psql --set ON_ERROR_STOP=1 --file FILE URL\"."
                : "\"sqlite3 -bail DATABASE < FILE\".")
            + " It changes nothing where the history is not as it says.");
    steps.forEach(step -> parts.comment("  " + step));
    parts.blank();
  }

  private String searchPath() {
    Database live = database;
    if (live == null || backend == Backend.SQLITE) {
      return "";
    }
    return live.<String>read(
        tx -> {
          try (Statement statement = tx.connection().createStatement();
              ResultSet row =
                  statement.executeQuery("SELECT pg_catalog.current_setting('search_path')")) {
            row.next();
            return row.getString(1);
          } catch (SQLException failure) {
            throw SqlFailures.translate(failure, "Asking for the search_path");
          }
        });
  }

  private void setup(ScriptParts parts) {
    if (backend == Backend.SQLITE) {
      return;
    }
    Map<String, List<Script.Statement>> scripts = new LinkedHashMap<>();
    for (Script.Statement statement : settings.setup().statements()) {
      scripts.computeIfAbsent(statement.script(), s -> new ArrayList<>()).add(statement);
    }
    scripts.forEach(parts::setup);
  }

  private void chain(ScriptParts parts, ChainScripts scripts, MigrateTo to) {
    Chain chain = scripts.chain();
    ChainStatus before = status.chain(chain.name());
    if (before.state() == ChainState.CURRENT) {
      return;
    }
    OutgrowException unmet =
        MigrationRun.unmet(chain, required -> Optional.ofNullable(at.get(required)));
    if (unmet != null) {
      throw unmet;
    }
    HistoryInserts history = new HistoryInserts(backend, chain.historyTable());
    List<HistoryRow> rows = snapshot.histories().get(chain.historyTable());
    int rank = rows == null || rows.isEmpty() ? 1 : rows.get(rows.size() - 1).rank();
    List<Step> pending = pending(scripts, before, to);
    if ((rows == null || rows.isEmpty()) && !pending.isEmpty()) {
      parts.comment("chain " + chain.name() + ": its history");
      parts.begin(history, rows == null);
    }
    for (Step step : pending) {
      rank++;
      ScriptFile file = scripts.filled(scripts.file(step).orElseThrow(() -> inJava(chain, step)));
      parts.comment("chain " + chain.name() + ": " + step.script());
      boolean transactional = Transactional.of(backend, file);
      parts.migration(chain, rank, file.text(), history.row(rank, step), transactional);
      done(chain, step);
    }
  }

  private static List<Step> pending(ChainScripts scripts, ChainStatus before, MigrateTo to) {
    Version last = to.last(scripts, MigrationRun.pendingVersions(scripts, before));
    List<Step> steps = new ArrayList<>();
    scripts
        .versioned()
        .forEach(
            (version, step) -> {
              if (last == null || version.compareTo(last) <= 0) {
                steps.add(step);
              }
            });
    if (last == null) {
      steps.addAll(scripts.repeatable().values());
    }
    steps.removeIf(step -> !before.pending().contains(step.script()));
    return steps;
  }

  private void done(Chain chain, Step step) {
    steps.add(chain.name() + ": " + step.script());
    Version version = step.version();
    if (version != null) {
      at.merge(chain.name(), version, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }
  }

  private static MigrationException inJava(Chain chain, Step step) {
    return new MigrationException(
        new MigrationException.Place(chain.name(), step.script(), 0),
        "Migration "
            + step.script()
            + " of chain "
            + chain.name()
            + " is written in Java, so that there is no SQL of it.",
        "Write the script up to the version before "
            + step.version()
            + ", migrate to "
            + step.version()
            + ", and write the rest from there.",
        null,
        null,
        null);
  }
}
