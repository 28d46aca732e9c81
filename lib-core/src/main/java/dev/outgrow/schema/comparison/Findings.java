package dev.outgrow.schema.comparison;

import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Schema;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a comparison has found so far, and by which rules it compares. */
final class Findings {
  private static final String TWO_LANGUAGES = "as each backend has its own SQL";

  private final Side expected;
  private final Side actual;
  private final List<Difference> differences = new ArrayList<>();
  private final List<NotCompared> notCompared = new ArrayList<>();

  Findings(Side expected, Side actual) {
    this.expected = expected;
    this.actual = actual;
  }

  Side expected() {
    return expected;
  }

  Side actual() {
    return actual;
  }

  /** Returns whether the two are of different backends. */
  boolean across() {
    return expected.dialect() != actual.dialect();
  }

  /** Returns a name in the form in which two names are compared. */
  String key(String name) {
    boolean exact = expected.dialect() == Dialect.POSTGRESQL && !across();
    return exact ? name : Identifier.folded(name);
  }

  List<String> keys(List<String> names) {
    return names.stream().map(this::key).toList();
  }

  void missing(Place place, String definition) {
    differences.add(new Difference.Missing(place.part(), place.table(), place.name(), definition));
  }

  void unexpected(Place place, String definition) {
    differences.add(
        new Difference.Unexpected(place.part(), place.table(), place.name(), definition));
  }

  void changed(Place place, Property property, String before, String now) {
    differences.add(
        new Difference.Changed(place.part(), place.table(), place.name(), property, before, now));
  }

  void open(Place place, Property property, String before, String now, String reason) {
    notCompared.add(
        new NotCompared(place.part(), place.table(), place.name(), property, before, now, reason));
  }

  /** Compares two values that have one meaning on both backends. */
  void same(Place place, Property property, Object before, Object now) {
    if (!before.equals(now)) {
      changed(place, property, shown(before), shown(now));
    }
  }

  private static String shown(Object value) {
    return value instanceof Boolean yes ? yes ? "yes" : "no" : value.toString();
  }

  /** Compares names: exactly, and across backends only where both sides have one. */
  void name(Place place, @Nullable String before, @Nullable String now) {
    if (!across() || (before != null && now != null)) {
      same(place, Property.NAME, orNone(before), orNone(now));
    }
  }

  /** Compares names of columns, which within SQLite differ in more than their case. */
  void names(Place place, Property property, List<String> before, List<String> now) {
    if (!keys(before).equals(keys(now))) {
      changed(place, property, Words.names(before), Words.names(now));
    }
  }

  /** Compares expressions, conditions and the like, either of which may be missing. */
  void expression(Place place, Property property, @Nullable String before, @Nullable String now) {
    // Across backends, even the same text may not mean the same.
    if (Objects.equals(before, now) && (before == null || !across())) {
      return;
    }
    boolean alike =
        before != null
            && now != null
            && (across() ? Expressions.same(before, now) : sameSql(before, now));
    if (alike) {
      return;
    }
    if (across() && before != null && now != null && !Expressions.contradict(before, now)) {
      open(place, property, before, now, TWO_LANGUAGES);
    } else {
      changed(place, property, orNone(before), orNone(now));
    }
  }

  /** Compares texts of a backend, in which the schema's own name may stand. */
  private boolean sameSql(String before, String now) {
    Schema one = expected.schema();
    Schema other = actual.schema();
    return !one.name().equals(other.name()) && bare(expected, before).equals(bare(actual, now));
  }

  /** Returns a text of a backend without the name of its schema before other names. */
  String bare(Side side, String sql) {
    String name = side.schema().name();
    boolean needed = !expected.schema().name().equals(actual.schema().name());
    return needed && side.dialect() == Dialect.POSTGRESQL
        ? sql.replace(Dialect.POSTGRESQL.quote(name) + ".", "").replace(name + ".", "")
        : sql;
  }

  static String orNone(@Nullable String text) {
    return text == null ? "none" : text;
  }

  SchemaComparison finished() {
    return new SchemaComparison(differences, notCompared);
  }

  /**
   * Where a finding is.
   *
   * @param table the table that it belongs to, or null
   */
  record Place(Part part, @Nullable String table, String name) {
    /** Returns the place of a constraint, which may have no name. */
    static Place of(Part part, String table, @Nullable String name, String instead) {
      return new Place(part, table, name == null ? "(" + Words.line(instead) + ")" : name);
    }
  }
}
