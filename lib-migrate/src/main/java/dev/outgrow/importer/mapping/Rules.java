package dev.outgrow.importer.mapping;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.Reading.Form;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What somebody says columns and tables are to become. Of several rules for one column the one that
 * names the column goes before one that has a pattern, and that before one by the declared type; of
 * equals the first. That one decides alone. A rule that is for nothing in the file is an error.
 *
 * <p>By default there are none: each column becomes what its declaration and its values ask for.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class Rules {
  /** No rules at all. */
  public static final Rules NONE = new Rules(List.of());

  private final List<Entry> entries;

  Rules(List<Entry> entries) {
    this.entries =
        entries.stream().sorted(Comparator.comparingInt(e -> e.selector().rank())).toList();
  }

  /** A rule, what it is for, and where it was written: {@code rules.ini, line 7}. */
  record Entry(Selector selector, Rule rule, String place) {
    /** Returns the rule as a person finds it again. */
    String name() {
      return "[" + selector + "]" + (place.isEmpty() ? "" : " of " + place);
    }
  }

  /** Begins a list of rules. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads a file of rules.
   *
   * @throws ConfigurationException if it cannot be read or is not written as it should be; it names
   *     the file, the line and what is allowed there
   */
  public static Rules read(Path file) {
    return new Rules(RuleFile.read(file));
  }

  /** Returns all of them as text, by which they can be told from others. */
  public String text() {
    return entries.stream()
        .map(e -> "[" + e.selector() + "] " + e.rule())
        .collect(Collectors.joining("\n"));
  }

  /** Returns whether there is none. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Returns whether a table is left out. */
  public boolean skipsTable(String table) {
    return forTable(table).filter(e -> e.rule().skips()).isPresent();
  }

  Optional<Entry> forTable(String table) {
    return entries.stream().filter(e -> e.selector().selects(table)).findFirst();
  }

  Optional<Entry> forColumn(String table, Column column) {
    return entries.stream().filter(e -> e.selector().selects(table, column)).findFirst();
  }

  /** Returns the name that a rule gives a table; nothing where it keeps its own. */
  public Optional<String> givenName(String table) {
    return forTable(table).map(e -> e.rule().rename()).filter(n -> !n.isEmpty());
  }

  /** Returns the name that a rule gives a column; nothing where it keeps its own. */
  public Optional<String> givenName(String table, Column column) {
    return forColumn(table, column).map(e -> e.rule().rename()).filter(n -> !n.isEmpty());
  }

  /** Returns what a column's cells mean by a rule; nothing where there is none for its cells. */
  public Optional<Reading> reading(String table, Column column) {
    return onValues(table, column).map(e -> e.rule().reading());
  }

  /** Returns whether a rule decides what a column's cells become, and not only which are null. */
  public boolean decides(String table, Column column) {
    return onValues(table, column).filter(e -> e.rule().type() != null).isPresent();
  }

  /** Returns whether the cells of a type can be read so. */
  public static boolean reads(TargetType type, Reading reading) {
    return RuleTypes.formsOf(type).contains(reading.form());
  }

  /**
   * Returns what is wrong with a rule for a column that refers to one which is read otherwise.
   *
   * @param key the table and column it refers to
   */
  public ConfigurationException oneSided(String table, Column column, String key) {
    return TypeMap.oneSided(
        onValues(table, column).orElseThrow(), table + "." + column.name(), key);
  }

  /**
   * Refuses a rule that reads a column's cells as something its type does not hold, where the type
   * is not for the rule to say.
   *
   * @param type the column's type
   * @throws ConfigurationException if it does; it names the rule
   */
  public void requireReadable(String table, Column column, TargetType type) {
    onValues(table, column)
        .filter(e -> e.rule().type() != null)
        .filter(e -> !RuleTypes.formsOf(type).contains(e.rule().reading().form()))
        .ifPresent(
            e -> {
              throw new ConfigurationException(
                  e.name() + " read",
                  e.rule().reading().form().word(),
                  String.join(", ", RuleTypes.formsOf(type).stream().map(Form::word).toList())
                      + " for "
                      + table
                      + "."
                      + column.name()
                      + ", which is "
                      + type.sql()
                      + " in the table that is there");
            });
  }

  private Optional<Entry> onValues(String table, Column column) {
    return forColumn(table, column).filter(e -> e.rule().isOnValues());
  }

  /**
   * Refuses rules that are for nothing.
   *
   * @param tables all tables there are
   * @throws ConfigurationException if there is one; it says what may have been meant
   */
  public void requireUse(List<Table> tables) {
    for (Entry entry : entries) {
      if (tables.stream().noneMatch(t -> isUsed(entry.selector(), t))) {
        throw new ConfigurationException(
            entry.place().isEmpty() ? "a rule" : entry.place(),
            "[" + entry.selector() + "]",
            "what is in the SQLite file" + NearNames.hint(entry.selector(), tables));
      }
    }
  }

  private static boolean isUsed(Selector selector, Table table) {
    return selector.selects(table.name())
        || table.columns().stream().anyMatch(c -> selector.selects(table.name(), c));
  }

  /**
   * Collects rules. <em>Not thread-safe.</em>
   *
   * @since 0.1
   */
  public static final class Builder {
    private final List<Entry> entries = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a rule.
     *
     * @param selector what it is for, as in a file of rules: {@code column sessions.started},
     *     {@code column *.created_at}, {@code type DATETIME}, {@code table log}
     * @param rule the rule
     * @throws ConfigurationException if the selector cannot be read, or has a rule already
     */
    public Builder rule(String selector, Rule rule) {
      add(Selector.parse(selector), rule, "");
      return this;
    }

    void add(Selector selector, Rule rule, String place) {
      if (entries.stream().anyMatch(e -> e.selector().equals(selector))) {
        throw new ConfigurationException(
            "a rule", "[" + selector + "]", "one rule for each; write all settings under one");
      }
      if (selector.kind() == Selector.Kind.TABLE && rule.isOnValues()) {
        throw new ConfigurationException(
            "[" + selector + "]", rule.toString(), "rename or skip for a table");
      }
      entries.add(new Entry(selector, rule, place));
    }

    List<Entry> entries() {
      return entries;
    }

    /** Returns the rules. */
    public Rules build() {
      return new Rules(entries);
    }
  }
}
