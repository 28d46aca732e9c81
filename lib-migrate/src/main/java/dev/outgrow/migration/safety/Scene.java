package dev.outgrow.migration.safety;

import dev.outgrow.migration.safety.SafetyFinding.Level;
import dev.outgrow.migration.statement.Name;
import dev.outgrow.migration.statement.Statement;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the database will be when a statement runs, as far as that is known: what is there now, and
 * what the statements before it make of it.
 */
final class Scene {
  private final Live live;
  private final Safety safety;
  private final Dialect dialect;
  private final Set<String> made = new HashSet<>();
  private final Map<String, Statement> definitions = new HashMap<>();
  private final Map<String, Name> renamed = new HashMap<>();
  private final Set<String> changed = new HashSet<>();
  private final Set<String> proven = new HashSet<>();
  private final Map<String, Statement> unvalidated = new HashMap<>();
  private final List<SafetyFinding> findings = new ArrayList<>();
  private final List<Offenders> offenders = new ArrayList<>();
  private boolean rowsChanged;
  private ScriptState state;
  private Allowed allowed = Allowed.NOTHING;
  private int line;

  Scene(Live live, Safety safety, Dialect dialect, PendingScript first) {
    this.live = live;
    this.safety = safety;
    this.dialect = dialect;
    this.state = new ScriptState(first, List.of());
  }

  void begin(ScriptState script) {
    state = script;
  }

  void begin(Statement statement) {
    line = statement.line();
    allowed = Allowed.by(statement.comments());
    allowed.problems().forEach(this::misunderstood);
  }

  private void misunderstood(String problem) {
    report(
        Rule.ALLOW_COMMENT, null, problem, "-- outgrow: allow <rule> <why it does no harm here>");
  }

  Live live() {
    return live;
  }

  Dialect dialect() {
    return dialect;
  }

  boolean isPostgres() {
    return dialect == Dialect.POSTGRESQL;
  }

  ScriptState script() {
    return state;
  }

  List<SafetyFinding> findings() {
    return findings;
  }

  List<Offenders> offenders() {
    return offenders;
  }

  /** Returns the table as it is now; null if it is not there, or the scripts make it themselves. */
  @Nullable LiveTable table(@Nullable Name name) {
    if (name == null || made.contains(key(name))) {
      return null;
    }
    return live.table(renamed.getOrDefault(key(name), name));
  }

  private static String key(Name name) {
    String schema = name.schema();
    String own = schema == null || schema.equals("public") || schema.equals("main") ? "" : schema;
    return own + "." + name.name().toLowerCase(Locale.ROOT);
  }

  /** From here on the name means a table that the scripts have made. */
  void make(Name name) {
    made.add(key(name));
  }

  /** The same, and how it was made. */
  void make(Name name, Statement definition) {
    make(name);
    definitions.put(key(name), definition);
  }

  /** Returns how the scripts have made a table, or null. */
  @Nullable Statement making(Name name) {
    return definitions.get(key(name));
  }

  void rename(Name from, Name to) {
    if (made.contains(key(from))) {
      made.add(key(to));
    } else {
      renamed.put(key(to), renamed.getOrDefault(key(from), from));
      made.remove(key(to));
    }
  }

  /** Returns whether a table that was there under another name has a successor of that name. */
  boolean isReplaced(Name name) {
    Name before = renamed.get(key(name));
    return before != null && made.contains(key(before));
  }

  /** What is asked of this table's columns now may be no answer for later. */
  void change(LiveTable table) {
    changed.add(table.sql());
  }

  /** Rows may be other ones from here on: in which tables, triggers and functions decide. */
  void changeRows() {
    rowsChanged = true;
  }

  /** Returns whether what is in these tables now is what the statement will find. */
  boolean isSettled(LiveTable table) {
    return !rowsChanged && !changed.contains(table.sql());
  }

  /** Remembers a constraint that is added without looking at the rows. */
  void unvalidated(LiveTable table, String constraint, Statement definition) {
    unvalidated.put(table.sql() + " " + constraint, definition);
  }

  /** Remembers that a valid CHECK says that a column holds no NULL. */
  void prove(LiveTable table, String column) {
    proven.add(table.sql() + " " + column);
  }

  boolean isProven(LiveTable table, String column) {
    return proven.contains(table.sql() + " " + column);
  }

  /** Returns how a constraint was added that is not valid yet, or null. */
  @Nullable Statement definition(LiveTable table, String constraint) {
    return unvalidated.get(table.sql() + " " + constraint);
  }

  /** Reports what the rule finds, if the table has the size for it. */
  void report(Rule rule, @Nullable LiveTable table, String what, String safeWay) {
    report(rule, Level.WARN, table, what, safeWay);
  }

  void report(Rule rule, Level level, @Nullable LiveTable table, String what, String safeWay) {
    if (safety.has(rule) && isLarge(rule, table) && !allowed.has(rule)) {
      PendingScript script = state.script();
      findings.add(
          new SafetyFinding(script.chain(), script.file(), line, rule, level, what, safeWay));
    }
  }

  boolean isBig(LiveTable table) {
    return table.rows() >= safety.bigFrom();
  }

  private boolean isLarge(Rule rule, @Nullable LiveTable table) {
    return switch (rule.scale()) {
      case ALWAYS -> true;
      case ROWS -> table != null && table.rows() > 0;
      case BIG -> table != null && isBig(table);
    };
  }

  void report(LiveTable table, String what, Count count, boolean fails) {
    PendingScript script = state.script();
    offenders.add(
        new Offenders(
            script.chain(),
            script.file(),
            line,
            table.sql(),
            what,
            count.rows(),
            count.columns(),
            count.examples(),
            fails && isSettled(table)));
  }

  /**
   * How many rows a statement would fail on.
   *
   * @param columns what the examples are the values of
   */
  record Count(long rows, List<String> columns, List<List<String>> examples) {}
}
