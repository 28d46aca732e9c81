package dev.outgrow.importer.existing;

import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.Reading.Form;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Identity;
import dev.outgrow.schema.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the cells of each column mean: by the column's own rule, else by that of a column it refers
 * to, or equal cells would become different values.
 */
final class Readings {
  private final Rules rules;
  private final Map<Place, Reading> followed = new HashMap<>();

  private Readings(Rules rules) {
    this.rules = rules;
  }

  /** Returns what rules alone say. */
  static Readings of(Rules rules) {
    return new Readings(rules);
  }

  /**
   * Returns what rules say of columns, and of those that refer to them.
   *
   * @param rules the rules
   * @param reached which column refers to which
   * @throws dev.outgrow.error.ConfigurationException if a rule for one end of a reference does not
   *     agree with the other end
   */
  static Readings of(Rules rules, List<Reach> reached) {
    Readings readings = new Readings(rules);
    for (boolean changed = true; changed; ) {
      changed = false;
      for (Reach reach : reached) {
        changed |= readings.follow(reach);
      }
    }
    reached.forEach(readings::requireAgreement);
    return readings;
  }

  /** Returns what a column's cells mean. */
  Reading of(Table table, Column column) {
    Reading found = followed.get(Place.of(table, column));
    return found == null ? own(table, column) : found;
  }

  private Reading own(Table table, Column column) {
    return rules.reading(table.name(), column).orElse(Reading.STORED);
  }

  private boolean isDecided(Table table, Column column) {
    return rules.decides(table.name(), column) || followed.containsKey(Place.of(table, column));
  }

  private boolean follow(Reach reach) {
    if (isDecided(reach.table(), reach.column()) || !isDecided(reach.parent(), reach.key())) {
      return false;
    }
    Reading own = own(reach.table(), reach.column());
    Reading key = of(reach.parent(), reach.key()).withEmptyIsNull(own.emptyIsNull());
    boolean numbers = reach.column().identity() != Identity.NONE && key.form() != Form.NUMBER;
    boolean readable = Rules.reads(ColumnFit.of(reach.there()).ruled(reach.there()).staged(), key);
    if (numbers || !readable) {
      return false;
    }
    followed.put(Place.of(reach.table(), reach.column()), key);
    return true;
  }

  private void requireAgreement(Reach reach) {
    if (rules.decides(reach.table().name(), reach.column())) {
      Reading own = own(reach.table(), reach.column()).withEmptyIsNull(false);
      Reading key = of(reach.parent(), reach.key()).withEmptyIsNull(false);
      boolean plain = own.isPlain() && key.isPlain();
      if (!plain && !own.equals(key)) {
        String name = reach.parent().name() + "." + reach.key().name();
        throw rules.oneSided(reach.table().name(), reach.column(), name);
      }
    }
  }

  /**
   * A column of the file that refers to another.
   *
   * @param table the referring table
   * @param column the referring column
   * @param there the column that is there for it
   * @param parent the table referred to
   * @param key the column referred to
   */
  record Reach(Table table, Column column, ExistingColumn there, Table parent, Column key) {}

  /** A column, whatever its table's other columns. */
  private record Place(String table, String column) {
    static Place of(Table table, Column column) {
      return new Place(Identifier.folded(table.name()), Identifier.folded(column.name()));
    }
  }
}
