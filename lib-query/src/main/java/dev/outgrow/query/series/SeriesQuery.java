package dev.outgrow.query.series;

import static org.jooq.impl.DSL.denseRank;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.selectDistinct;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.with;

import dev.outgrow.query.Moment;
import dev.outgrow.query.Steps;
import java.util.ArrayList;
import java.util.List;
import org.jooq.CommonTableExpression;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * The statement of a series: groups of rows by step; the steps (with each value of the dimension)
 * beside the groups; what is read of them. Values are joined by their rank, which is never null.
 */
final class SeriesQuery {
  private static final Table<Record> GROUPS = table(name("outgrow_groups"));
  private static final Table<Record> VALUES = table(name("outgrow_values"));
  private static final Table<Record> FILLED = table(name("outgrow_filled"));
  private static final Field<Integer> POSITION =
      field(name("outgrow_position"), SQLDataType.INTEGER);
  private static final Field<Integer> RANK = field(name("outgrow_rank"), SQLDataType.INTEGER);

  private final Rows rows;
  private final Moment moment;
  private final Steps steps;
  private final @Nullable Split split;
  private final Measures measures;
  private final Table<Record> stepTable;

  SeriesQuery(
      Rows rows, Moment moment, Steps steps, @Nullable Split split, List<Field<?>> measures) {
    this.rows = rows;
    this.moment = moment;
    this.steps = steps;
    this.split = split;
    this.measures = new Measures(measures);
    this.stepTable = steps.table("outgrow_steps");
  }

  Select<Record> select() {
    return split == null ? whole() : splitBy(split);
  }

  private Select<Record> whole() {
    List<Field<?>> grouped = new ArrayList<>(List.of(steps.position(moment).as(POSITION)));
    grouped.addAll(measures.ofRows());
    CommonTableExpression<?> groups =
        name(GROUPS.getName())
            .as(DSL.select(grouped).from(rows.source()).where(rows.condition()).groupBy(inline(1)));
    CommonTableExpression<?> filled =
        name(FILLED.getName())
            .as(
                DSL.select(filledFields(List.of()))
                    .from(stepTable)
                    .leftJoin(GROUPS)
                    .on(of(GROUPS, POSITION).eq(Steps.position(stepTable))));
    return with(groups, filled)
        .select(readFields(List.of(), List.of()))
        .from(FILLED)
        .orderBy(of(FILLED, POSITION));
  }

  private Select<Record> splitBy(Split by) {
    Field<?> value = field(name(by.dimension().getName()), by.dimension().getDataType());
    List<CommonTableExpression<?>> parts = new ArrayList<>();
    by.topValues(rows).ifPresent(parts::add);
    parts.add(name("outgrow_grouped").as(grouped(by, value)));
    parts.add(name(GROUPS.getName()).as(ranked(value)));
    parts.add(name(VALUES.getName()).as(selectDistinct(RANK, value, Series.OTHER).from(GROUPS)));
    parts.add(name(FILLED.getName()).as(filledByValue(value)));
    return with(parts)
        .select(readFields(List.of(value, Series.OTHER), List.of(of(FILLED, RANK))))
        .from(FILLED)
        .orderBy(of(FILLED, POSITION), of(FILLED, RANK));
  }

  private Select<?> grouped(Split by, Field<?> value) {
    List<Field<?>> grouped = new ArrayList<>();
    grouped.add(steps.position(moment).as(POSITION));
    grouped.add(by.value(value.getName()));
    grouped.add(by.other(Series.OTHER.getName()));
    grouped.addAll(measures.ofRows());
    return DSL.select(grouped)
        .from(rows.source())
        .where(rows.condition())
        .groupBy(inline(1), inline(2), inline(3));
  }

  private static Select<?> ranked(Field<?> value) {
    Table<Record> grouped = table(name("outgrow_grouped"));
    Field<Integer> rank =
        denseRank().over(DSL.orderBy(Series.OTHER.asc(), Split.ascending(value))).as(RANK);
    return DSL.select(DSL.asterisk(), rank).from(grouped);
  }

  private Select<?> filledByValue(Field<?> value) {
    List<Field<?>> key = List.of(of(VALUES, RANK), of(VALUES, value), of(VALUES, Series.OTHER));
    return DSL.select(filledFields(key))
        .from(stepTable)
        .crossJoin(VALUES)
        .leftJoin(GROUPS)
        .on(of(GROUPS, POSITION).eq(Steps.position(stepTable)))
        .and(of(GROUPS, RANK).eq(of(VALUES, RANK)));
  }

  private List<Field<?>> filledFields(List<Field<?>> key) {
    List<Field<?>> fields = new ArrayList<>();
    fields.add(Steps.position(stepTable).as(POSITION));
    fields.add(Steps.begin(stepTable).as(Series.BEGIN));
    fields.addAll(key);
    fields.addAll(measures.orOfNoRows(GROUPS, of(GROUPS, POSITION), rows));
    return fields;
  }

  private List<Field<?>> readFields(List<Field<?>> key, List<Field<?>> partition) {
    List<Field<?>> fields = new ArrayList<>();
    fields.add(of(FILLED, Series.BEGIN));
    key.forEach(each -> fields.add(of(FILLED, each)));
    fields.addAll(measures.wanted(FILLED, partition, of(FILLED, POSITION)));
    return fields;
  }

  private static <T> Field<T> of(Table<?> table, Field<T> field) {
    return Measures.of(table.getName(), field);
  }
}
