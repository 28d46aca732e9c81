package dev.outgrow.migration;

import dev.outgrow.database.Backend;
import dev.outgrow.migration.script.ScriptFile;
import dev.outgrow.migration.script.Version;
import dev.outgrow.sql.sqlite.Token;
import dev.outgrow.sql.sqlite.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has a SQLite file copied, once in a run, before the first chain of which a script may lose what
 * the file holds: one that drops a table, which is also how a table is made anew, or a column, or
 * that writes the catalogue. What a migration in Java does nobody can read, so it counts.
 */
final class Rebuilds {
  private final ChainSet set;
  private final boolean wanted;
  private @Nullable Path backup;

  /** Looks whether the file holds anything yet. Whoever makes one holds the lock. */
  Rebuilds(ChainSet set) {
    this.set = set;
    this.wanted =
        set.database().backend() == Backend.SQLITE
            && set.settings().backups() > 0
            && holdsTables(set);
  }

  private static boolean holdsTables(ChainSet set) {
    Set<String> tables = new HistoryReader(set.database()).read(List.of()).tables();
    set.chains().forEach(chain -> tables.remove(chain.historyTable()));
    return !tables.isEmpty();
  }

  /** Returns the copy, if one was made. */
  Optional<Path> backup() {
    return Optional.ofNullable(backup);
  }

  /**
   * Has it copied where these may lose something and it was not yet.
   *
   * @param pending what is about to run
   */
  void before(ChainScripts scripts, List<Step> pending) {
    if (!wanted || backup != null || pending.isEmpty()) {
      return;
    }
    List<String> names = pending.stream().map(Step::script).toList();
    boolean code = pending.stream().anyMatch(step -> step.type().equals("JDBC"));
    if (code || scripts.files(names).stream().map(ScriptFile::text).anyMatch(Rebuilds::loses)) {
      Version first = pending.get(0).version();
      String label = "migrate-" + scripts.chain().name() + (first == null ? "" : "-" + first);
      backup = new BackupCopy(set).take(label).orElse(null);
    }
  }

  /** Returns whether a script may lose what a table holds. */
  static boolean loses(String script) {
    boolean begin = true;
    boolean altering = false;
    Token before = null;
    for (Token token : Tokenizer.tokens(script)) {
      if (begin) {
        altering = token.is("alter");
      }
      if (token.is("writable_schema")
          || (token.is("table") && before != null && before.is("drop"))
          || (token.is("drop") && altering)) {
        return true;
      }
      begin = token.is(";");
      before = token;
    }
    return false;
  }
}
