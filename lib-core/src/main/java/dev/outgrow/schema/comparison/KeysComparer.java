package dev.outgrow.schema.comparison;

import dev.outgrow.schema.Check;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.PrimaryKey;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.UniqueKey;
import dev.outgrow.schema.comparison.Findings.Place;
import dev.outgrow.schema.comparison.Pairs.Pair;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares the constraints of two tables. */
final class KeysComparer {
  private final Findings findings;
  private final Table expected;
  private final Table actual;
  private final String table;

  KeysComparer(Findings findings, Pair<Table> tables) {
    this.findings = findings;
    this.expected = tables.expected();
    this.actual = tables.actual();
    this.table = expected.name();
  }

  void compare() {
    primaryKey(expected.primaryKey(), actual.primaryKey());
    uniqueKeys();
    foreignKeys();
    checks();
  }

  private void primaryKey(@Nullable PrimaryKey before, @Nullable PrimaryKey now) {
    if (before == null || now == null) {
      if (before != null) {
        findings.missing(place(before), Words.names(before.columns()));
      } else if (now != null) {
        findings.unexpected(place(now), Words.names(now.columns()));
      }
      return;
    }
    Place place = place(before);
    findings.name(place, before.name(), now.name());
    findings.names(place, Property.COLUMNS, before.columns(), now.columns());
    collations(place, before.collations(), now.collations());
    findings.same(
        place,
        Property.DEFERRABILITY,
        Words.of(before.deferrability()),
        Words.of(now.deferrability()));
  }

  private Place place(PrimaryKey key) {
    return Place.of(Part.PRIMARY_KEY, table, key.name(), String.join(", ", key.columns()));
  }

  private void uniqueKeys() {
    Pairs<UniqueKey> pairs =
        Pairs.of(
            expected.uniqueKeys(),
            actual.uniqueKeys(),
            List.of(UniqueKey::name, k -> findings.keys(k.columns())));
    pairs.missing().forEach(k -> findings.missing(place(k), Words.unique(k)));
    pairs.unexpected().forEach(k -> findings.unexpected(place(k), Words.unique(k)));
    pairs.both().forEach(pair -> uniqueKey(pair.expected(), pair.actual()));
  }

  private Place place(UniqueKey key) {
    return Place.of(Part.UNIQUE_KEY, table, key.name(), String.join(", ", key.columns()));
  }

  private void uniqueKey(UniqueKey before, UniqueKey now) {
    Place place = place(before);
    findings.name(place, before.name(), now.name());
    findings.names(place, Property.COLUMNS, before.columns(), now.columns());
    collations(place, before.collations(), now.collations());
    findings.same(
        place,
        Property.DEFERRABILITY,
        Words.of(before.deferrability()),
        Words.of(now.deferrability()));
    findings.same(place, Property.NULLS_DISTINCT, before.nullsDistinct(), now.nullsDistinct());
  }

  private void collations(Place place, Map<String, String> before, Map<String, String> now) {
    if (!findings.across()) {
      findings.same(place, Property.COLLATION, Words.collations(before), Words.collations(now));
    } else if (!before.isEmpty() || !now.isEmpty()) {
      findings.open(
          place,
          Property.COLLATION,
          Words.collations(before),
          Words.collations(now),
          "as each backend has its own collations");
    }
  }

  private void foreignKeys() {
    Pairs<ForeignKey> pairs =
        Pairs.of(
            expected.foreignKeys(),
            actual.foreignKeys(),
            List.of(
                ForeignKey::name,
                k ->
                    List.of(
                        findings.keys(k.columns()),
                        findings.key(k.referencedTable()),
                        findings.keys(k.referencedColumns())),
                k -> findings.keys(k.columns())));
    pairs.missing().forEach(k -> findings.missing(place(k), Words.foreign(k)));
    pairs.unexpected().forEach(k -> findings.unexpected(place(k), Words.foreign(k)));
    pairs.both().forEach(pair -> foreignKey(pair.expected(), pair.actual()));
  }

  private Place place(ForeignKey key) {
    return Place.of(Part.FOREIGN_KEY, table, key.name(), String.join(", ", key.columns()));
  }

  private void foreignKey(ForeignKey before, ForeignKey now) {
    Place place = place(before);
    findings.name(place, before.name(), now.name());
    findings.names(place, Property.COLUMNS, before.columns(), now.columns());
    if (!findings.key(before.referencedTable()).equals(findings.key(now.referencedTable()))) {
      findings.changed(place, Property.TABLE, before.referencedTable(), now.referencedTable());
    }
    findings.names(
        place, Property.REFERENCED_COLUMNS, before.referencedColumns(), now.referencedColumns());
    findings.same(
        place, Property.ON_DELETE, Words.action(before.onDelete()), Words.action(now.onDelete()));
    findings.same(
        place, Property.ON_UPDATE, Words.action(before.onUpdate()), Words.action(now.onUpdate()));
    findings.same(
        place,
        Property.DEFERRABILITY,
        Words.of(before.deferrability()),
        Words.of(now.deferrability()));
    findings.same(place, Property.MATCH, before.match(), now.match());
    findings.same(place, Property.VALIDATED, before.validated(), now.validated());
  }

  /** Across backends, checks of the same columns are taken to be meant for each other. */
  private void checks() {
    Pairs<Check> pairs =
        Pairs.of(
            expected.checks(),
            actual.checks(),
            List.of(
                Check::name,
                Check::expression,
                c -> findings.across() ? Expressions.plain(c.expression()) : null,
                c -> findings.across() ? mentioned(c) : null));
    pairs.missing().forEach(c -> findings.missing(place(c), Words.check(c)));
    pairs.unexpected().forEach(c -> findings.unexpected(place(c), Words.check(c)));
    pairs.both().forEach(pair -> check(pair.expected(), pair.actual()));
  }

  private Set<String> mentioned(Check check) {
    Set<String> columns =
        expected.columns().stream()
            .map(Column::name)
            .map(findings::key)
            .collect(Collectors.toSet());
    return Expressions.words(check.expression()).stream()
        .filter(columns::contains)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Place place(Check check) {
    return Place.of(Part.CHECK, table, check.name(), check.expression());
  }

  private void check(Check before, Check now) {
    Place place = place(before);
    findings.name(place, before.name(), now.name());
    findings.expression(place, Property.CONDITION, before.expression(), now.expression());
    findings.same(place, Property.VALIDATED, before.validated(), now.validated());
  }
}
