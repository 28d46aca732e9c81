package dev.outgrow.query.series;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.when;

import dev.outgrow.error.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.QOM;

/** What is measured, by alias: as it is asked of the rows, and as it is read again further out. */
final class Measures {
  private final Map<String, Field<?>> byAlias = new LinkedHashMap<>();
  private final List<Field<?>> wanted;

  Measures(List<Field<?>> wanted) {
    this.wanted = wanted;
    for (Field<?> each : wanted) {
      add(each instanceof Running<?> running ? running.measure() : each);
    }
  }

  /** Also asks for this one, though nobody wants to read it. */
  Measures and(Field<?> hidden) {
    Measures more = new Measures(wanted);
    more.byAlias.putAll(byAlias);
    more.add(hidden);
    return more;
  }

  private void add(Field<?> measure) {
    if (!(measure instanceof QOM.FieldAlias<?>)) {
      throw new ConfigurationException(
          "The measure " + measure.getName(), "without an alias", "one with .as(\"…\")");
    }
    byAlias.putIfAbsent(measure.getName(), measure);
  }

  /** The fields to select where the rows are. */
  List<Field<?>> ofRows() {
    return List.copyOf(byAlias.values());
  }

  /** The fields to select from groups of rows, where a group may be missing. */
  List<Field<?>> orOfNoRows(Table<?> groups, Field<?> present, Rows rows) {
    List<Field<?>> filled = new ArrayList<>();
    byAlias.values().forEach(each -> filled.add(orOfNoRows(each, groups, present, rows)));
    return filled;
  }

  private static <T> Field<T> orOfNoRows(
      Field<T> measure, Table<?> groups, Field<?> present, Rows rows) {
    Field<T> found = of(groups.getName(), measure);
    return when(present.isNull(), rows.ofNoRows(measure)).otherwise(found).as(measure.getName());
  }

  /** The fields that are wanted, of the filled groups. */
  List<Field<?>> wanted(Table<?> filled, List<Field<?>> partition, Field<?> order) {
    List<Field<?>> fields = new ArrayList<>();
    for (Field<?> each : wanted) {
      fields.add(
          each instanceof Running<?> running
              ? running.over(filled.getName(), partition, order)
              : of(filled.getName(), each));
    }
    return fields;
  }

  /** A measure without its alias, as it is ordered by. */
  static Field<?> bare(Field<?> measure) {
    return measure instanceof QOM.FieldAlias<?> alias ? alias.$field() : measure;
  }

  /** A measure as a column of a table. */
  static <T> Field<T> of(String table, Field<T> measure) {
    Name column = name(table, measure.getName());
    return field(column, measure.getDataType());
  }
}
