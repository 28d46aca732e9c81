package dev.outgrow.schema.comparison;

import dev.outgrow.schema.Column;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.comparison.Findings.Place;
import dev.outgrow.schema.comparison.Pairs.Pair;
import java.util.List;

/** Compares the tables of two schemas. */
final class TablesComparer {
  private final Findings findings;

  TablesComparer(Findings findings) {
    this.findings = findings;
  }

  void compare() {
    Pairs<Table> pairs =
        Pairs.of(
            findings.expected().schema().tables(),
            findings.actual().schema().tables(),
            List.of(Table::name, t -> findings.key(t.name())));
    pairs.missing().forEach(t -> findings.missing(place(t), Words.names(columns(t))));
    pairs.unexpected().forEach(t -> findings.unexpected(place(t), Words.names(columns(t))));
    pairs.both().forEach(this::table);
  }

  private static Place place(Table table) {
    return new Place(Part.TABLE, null, table.name());
  }

  private static List<String> columns(Table table) {
    return table.columns().stream().map(Column::name).toList();
  }

  private void table(Pair<Table> tables) {
    Table expected = tables.expected();
    Table actual = tables.actual();
    Place place = place(expected);
    findings.name(place, expected.name(), actual.name());
    if (!findings.across()) {
      findings.expression(
          place, Property.PARTITIONED_BY, expected.partitionedBy(), actual.partitionedBy());
    }
    Pairs<Column> columns =
        Pairs.of(
            expected.columns(),
            actual.columns(),
            List.of(Column::name, c -> findings.key(c.name())));
    columns.missing().forEach(c -> findings.missing(column(expected, c), Words.column(c)));
    columns.unexpected().forEach(c -> findings.unexpected(column(expected, c), Words.column(c)));
    order(place, columns, actual);
    ColumnComparer comparer = new ColumnComparer(findings, tables);
    columns.both().forEach(pair -> comparer.compare(column(expected, pair.expected()), pair));
    new KeysComparer(findings, tables).compare();
    new IndexComparer(findings, tables).compare();
  }

  static Place column(Table table, Column column) {
    return new Place(Part.COLUMN, table.name(), column.name());
  }

  /** Compares the order of the columns that both have. */
  private void order(Place place, Pairs<Column> columns, Table actual) {
    List<String> now = columns.both().stream().map(pair -> pair.actual().name()).toList();
    List<String> inOrder = columns(actual).stream().filter(now::contains).toList();
    if (!now.equals(inOrder)) {
      List<String> expected = columns.both().stream().map(p -> p.expected().name()).toList();
      findings.changed(place, Property.COLUMN_ORDER, Words.names(expected), Words.names(inOrder));
    }
  }
}
