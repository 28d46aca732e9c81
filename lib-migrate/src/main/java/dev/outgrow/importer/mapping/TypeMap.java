package dev.outgrow.importer.mapping;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The types of all columns. A column that refers to a key gets the key's type where its values fit
 * it, because PostgreSQL compares keys of one type only. Where they do not, and the key's type is
 * narrower than its affinity, the key gives way.
 */
final class TypeMap {
  private final SourceNames source;
  private final Rules rules;
  private final Map<String, List<TypeChoice>> choices = new HashMap<>();

  private TypeMap(SourceNames source, Rules rules) {
    this.source = source;
    this.rules = rules;
  }

  static TypeMap of(SourceNames source, Rules rules) {
    TypeMap map = new TypeMap(source, rules);
    source.tables().forEach(t -> map.choices.put(t.name(), map.choose(t)));
    map.followKeys();
    map.refuseOneSidedRules();
    return map;
  }

  TypeChoice choice(SourceTable table, int column) {
    return columns(table).get(column);
  }

  /** Returns whether PostgreSQL can compare two columns as a foreign key does. */
  boolean comparable(SourceTable table, int column, SourceTable other, int otherColumn) {
    return choice(table, column).type().comparesWith(choice(other, otherColumn).type());
  }

  private List<TypeChoice> choose(SourceTable table) {
    List<TypeChoice> chosen = new ArrayList<>();
    for (int i = 0; i < table.table().columns().size(); i++) {
      TypeRule.Facts facts = facts(table, i);
      chosen.add(
          ruleOf(table, i)
              .map(e -> TypeChoice.ruled(e, facts))
              .orElseGet(() -> TypeChoice.of(facts)));
    }
    return chosen;
  }

  /** Returns the rule on a column's values, if there is one. */
  private Optional<Rules.Entry> ruleOf(SourceTable table, int position) {
    Column column = table.table().columns().get(position);
    Optional<Rules.Entry> entry =
        rules.forColumn(table.name(), column).filter(e -> e.rule().isOnValues());
    TargetType type = entry.map(e -> e.rule().type()).orElse(null);
    if (type != null && !type.isInteger() && column.identity() != Identity.NONE) {
      throw new ConfigurationException(
          entry.orElseThrow().name(),
          type.sql(),
          "smallint, integer or bigint for "
              + nameOf(table, position)
              + ", which numbers the rows of its table; name that column in a rule of its own");
    }
    return entry;
  }

  private static TypeRule.Facts facts(SourceTable table, int position) {
    Column column = table.table().columns().get(position);
    return new TypeRule.Facts(
        column.type(), table.profiles().get(position), ColumnUse.of(table.table(), column.name()));
  }

  /**
   * A key may itself refer to another, so this goes on until nothing changes; each round settles at
   * least one. A key that gave way does so once and for all.
   */
  private void followKeys() {
    boolean changed = true;
    for (int round = 0; changed && round <= 2 * columnCount(); round++) {
      changed = false;
      for (SourceTable table : source.tables()) {
        for (ForeignKey key : table.table().foreignKeys()) {
          changed |= follow(table, key);
        }
      }
    }
  }

  private boolean follow(SourceTable table, ForeignKey key) {
    SourceNames.Target target = source.resolve(table, key).orElse(null);
    if (target == null) {
      return false;
    }
    boolean changed = false;
    for (int i = 0; i < target.columns().size(); i++) {
      changed |= follow(table, target.referring().get(i), target.table(), target.columns().get(i));
    }
    return changed;
  }

  private boolean follow(SourceTable table, int column, SourceTable keyTable, int keyColumn) {
    TypeChoice key = choice(keyTable, keyColumn);
    TypeChoice current = choice(table, column);
    if (key.ruled() || current.ruled()) {
      return key.ruled() && followRule(table, column, key);
    }
    if (current.type().equals(key.type())) {
      return false;
    }
    boolean mayFollow =
        (key.widened() || !current.widened())
            && table.table().columns().get(column).identity() == Identity.NONE;
    if (mayFollow && facts(table, column).admit(key.type())) {
      columns(table).set(column, TypeChoice.following(key, facts(table, column)));
      return true;
    }
    TypeChoice wider = TypeChoice.widened(facts(keyTable, keyColumn));
    boolean helps = facts(table, column).admit(wider.type());
    if (key.widened() || wider.type().equals(key.type()) || !helps) {
      return false;
    }
    columns(keyTable).set(keyColumn, wider);
    return true;
  }

  /**
   * What refers to a column with a rule is read by that rule as well, or equal cells would become
   * different values.
   */
  private boolean followRule(SourceTable table, int column, TypeChoice key) {
    TypeChoice current = choice(table, column);
    boolean numbers = table.table().columns().get(column).identity() != Identity.NONE;
    if (current.ruled() || (numbers && !key.type().isInteger())) {
      return false;
    }
    columns(table).set(column, TypeChoice.followingRule(key, current, facts(table, column)));
    return true;
  }

  /** Refuses a rule for one end of a foreign key that the other end does not agree with. */
  private void refuseOneSidedRules() {
    for (SourceTable table : source.tables()) {
      for (ForeignKey key : table.table().foreignKeys()) {
        source.resolve(table, key).ifPresent(target -> refuseOneSidedRules(table, target));
      }
    }
  }

  private void refuseOneSidedRules(SourceTable table, SourceNames.Target target) {
    for (int i = 0; i < target.columns().size(); i++) {
      int column = target.referring().get(i);
      TypeChoice key = choice(target.table(), target.columns().get(i));
      Optional<Rules.Entry> own = ruleOf(table, column).filter(e -> e.rule().type() != null);
      if (own.isPresent() && !agree(key, choice(table, column))) {
        throw oneSided(
            own.get(), nameOf(table, column), nameOf(target.table(), target.columns().get(i)));
      }
    }
  }

  static ConfigurationException oneSided(Rules.Entry entry, String column, String key) {
    return new ConfigurationException(
        entry.name(),
        entry.rule().toString(),
        "what agrees with "
            + key
            + ", to which "
            + column
            + " refers; write the rule for "
            + key
            + ", and what refers to it follows");
  }

  private static String nameOf(SourceTable table, int column) {
    return table.name() + "." + table.table().columns().get(column).name();
  }

  /** A number written as text is the number it says to SQLite as well, when it compares keys. */
  private static boolean agree(TypeChoice key, TypeChoice current) {
    boolean plain = key.reading().isPlain() && current.reading().isPlain();
    return plain ? key.type().comparesWith(current.type()) : key.readsAs(current);
  }

  private List<TypeChoice> columns(SourceTable table) {
    List<TypeChoice> columns = choices.get(table.name());
    if (columns == null) {
      throw new IllegalArgumentException("No table " + table.name());
    }
    return columns;
  }

  private int columnCount() {
    return choices.values().stream().mapToInt(List::size).sum();
  }
}
