package dev.outgrow.schema.comparison;

import dev.outgrow.schema.Column;
import dev.outgrow.schema.Generated;
import dev.outgrow.schema.Identity;
import dev.outgrow.schema.Sequence;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.comparison.Findings.Place;
import dev.outgrow.schema.comparison.Pairs.Pair;
import dev.outgrow.sql.Dialect;
import org.jspecify.annotations.Nullable;

/** Compares the columns of two tables. */
final class ColumnComparer {
  private final Findings findings;
  private final Pair<Table> tables;

  ColumnComparer(Findings findings, Pair<Table> tables) {
    this.findings = findings;
    this.tables = tables;
  }

  void compare(Place place, Pair<Column> columns) {
    Column expected = columns.expected();
    Column actual = columns.actual();
    findings.name(place, expected.name(), actual.name());
    type(place, expected.type(), actual.type());
    if (!findings.across() || !inBothKeys(columns)) {
      findings.same(place, Property.NULLABLE, expected.nullable(), actual.nullable());
    }
    boolean serialBefore = isSerial(findings.expected(), tables.expected(), expected);
    boolean serialNow = isSerial(findings.actual(), tables.actual(), actual);
    findings.same(
        place,
        Property.IDENTITY,
        Words.identity(serialBefore ? Identity.BY_DEFAULT : expected.identity()),
        Words.identity(serialNow ? Identity.BY_DEFAULT : actual.identity()));
    findings.expression(
        place,
        Property.DEFAULT,
        serialBefore ? null : defaultOf(expected),
        serialNow ? null : defaultOf(actual));
    generated(place, expected.generated(), actual.generated());
    collation(place, expected.collation(), actual.collation());
  }

  /** Across backends a default of NULL is none. */
  private @Nullable String defaultOf(Column column) {
    String value = column.defaultValue();
    return findings.across() && value != null && Expressions.isNull(value) ? null : value;
  }

  private void type(Place place, String expected, String actual) {
    boolean same;
    if (!findings.across()) {
      same =
          expected.equals(actual)
              || findings.key(expected).equals(findings.key(actual))
              || sameInOtherSchema(expected, actual);
    } else if (expected.isEmpty() || actual.isEmpty()) {
      findings.open(
          place,
          Property.TYPE,
          Words.type(expected),
          Words.type(actual),
          "as a column without a type may hold anything");
      return;
    } else {
      same =
          findings.expected().dialect() == Dialect.SQLITE
              ? TypeEquivalence.equivalent(expected, actual)
              : TypeEquivalence.equivalent(actual, expected);
    }
    if (!same) {
      findings.changed(place, Property.TYPE, Words.type(expected), Words.type(actual));
    }
  }

  /** A type of the schema itself is written with its schema. */
  private boolean sameInOtherSchema(String expected, String actual) {
    return findings
        .bare(findings.expected(), expected)
        .equals(findings.bare(findings.actual(), actual));
  }

  private boolean inBothKeys(Pair<Column> columns) {
    return inKey(tables.expected(), columns.expected()) && inKey(tables.actual(), columns.actual());
  }

  private static boolean inKey(Table table, Column column) {
    return table.primaryKey() != null && table.primaryKey().columns().contains(column.name());
  }

  /** What {@code serial} makes is, to SQLite, the same as an identity. */
  private boolean isSerial(Side side, Table table, Column column) {
    String value = column.defaultValue();
    return findings.across()
        && value != null
        && value.startsWith("nextval(")
        && side.schema().sequences().stream()
            .anyMatch(s -> owns(s.owner(), table.name(), column.name()));
  }

  private static boolean owns(Sequence.@Nullable Owner owner, String table, String column) {
    return owner != null && owner.table().equals(table) && owner.column().equals(column);
  }

  private void generated(Place place, @Nullable Generated expected, @Nullable Generated actual) {
    if (expected == null || actual == null) {
      findings.same(place, Property.GENERATED, Words.of(expected), Words.of(actual));
      return;
    }
    if (!findings.across() && expected.stored() != actual.stored()) {
      findings.changed(place, Property.GENERATED, Words.of(expected), Words.of(actual));
    } else {
      findings.expression(place, Property.GENERATED, expected.expression(), actual.expression());
    }
  }

  private void collation(Place place, @Nullable String expected, @Nullable String actual) {
    String before = Findings.orNone(expected);
    String now = Findings.orNone(actual);
    if (!findings.across()) {
      findings.same(place, Property.COLLATION, before, now);
    } else if (expected != null || actual != null) {
      findings.open(
          place, Property.COLLATION, before, now, "as each backend has its own collations");
    }
  }
}
