package dev.outgrow.migration.safety;

import dev.outgrow.migration.statement.Reader;
import dev.outgrow.migration.statement.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one script has done so far, where it matters that it is one transaction. */
final class ScriptState {
  private final PendingScript script;
  private final List<Statement> statements;
  private final boolean outside;
  private final Set<String> exclusive = new HashSet<>();
  private final Set<String> added = new HashSet<>();
  private final List<String> enumValues = new ArrayList<>();
  private boolean changesSchema;

  ScriptState(PendingScript script, List<Statement> statements) {
    this.script = script;
    this.statements = statements;
    boolean some = statements.stream().anyMatch(ScriptState::isFoundByFlyway);
    this.outside =
        script.isOutside()
            || (some
                && (script.isMixed()
                    || statements.stream().allMatch(ScriptState::isFoundByFlyway)));
  }

  PendingScript script() {
    return script;
  }

  List<Statement> statements() {
    return statements;
  }

  /** Returns whether every statement is a transaction of its own. */
  boolean isOutside() {
    return outside;
  }

  /** Returns whether a lock that shuts out everybody is the second of its kind. */
  boolean lockExclusively(LiveTable table) {
    changesSchema = true;
    return exclusive.add(table.sql()) && exclusive.size() > 1 && !outside;
  }

  void changeSchema() {
    changesSchema = true;
  }

  boolean changesSchema() {
    return changesSchema;
  }

  void addUnvalidated(LiveTable table, String constraint) {
    added.add(table.sql() + " " + constraint);
  }

  boolean hasAdded(LiveTable table, String constraint) {
    return added.contains(table.sql() + " " + constraint);
  }

  List<String> enumValues() {
    return enumValues;
  }

  /** What makes Flyway run a script outside of a transaction by itself. */
  static boolean isFoundByFlyway(Statement statement) {
    Reader words = new Reader(statement);
    if (statement.begins("vacuum") || statement.begins("alter", "system")) {
      return true;
    }
    if (words.accept("reindex")) {
      words.accept("verbose");
      return words.accept("schema") || words.accept("database") || words.accept("system");
    }
    if (!words.accept("create") && !words.accept("drop")) {
      return false;
    }
    words.accept("unique");
    return words.accept("index", "concurrently")
        || words.accept("database")
        || words.accept("tablespace")
        || words.accept("subscription");
  }
}
