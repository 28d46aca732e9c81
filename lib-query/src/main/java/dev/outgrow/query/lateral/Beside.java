package dev.outgrow.query.lateral;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sql;
import static org.jooq.impl.DSL.when;

import dev.outgrow.query.PerBackend;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.CustomQueryPart;
import org.jooq.impl.DSL;

/**
 * What stands beside each parent row: made by {@link Children}.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class Beside {
  static final String KEY = "outgrow_key";

  private final String alias;
  private final Select<?> ofOneParent;
  private final Select<?> byKey;
  private final Condition sameKey;
  private final Optional<Table<?>> aggregated;

  Beside(
      String alias,
      Select<?> ofOneParent,
      Select<?> byKey,
      Condition sameKey,
      Optional<Table<?>> aggregated) {
    this.alias = alias;
    this.ofOneParent = ofOneParent;
    this.byKey = byKey;
    this.sameKey = sameKey;
    this.aggregated = aggregated;
  }

  /** Returns the parents, each joined with what stands beside it: for {@code FROM}. */
  public Table<Record> besideEach(Table<?> parents) {
    Name joined = name(alias);
    QueryPart declared =
        CustomQueryPart.of(context -> context.declareTables(true, c -> c.visit(parents)));
    return PerBackend.table(
        sql("{0} left join lateral ({1}) as {2} on true", declared, ofOneParent, joined),
        sql("{0} left join ({1}) as {2} on {3}", declared, byKey, joined, sameKey));
  }

  /** Returns one of the aggregates, or a column of the child, to be selected or ordered by. */
  public <T> Field<T> get(Field<T> field) {
    Field<T> found = field(name(alias, field.getName()), field.getDataType());
    return aggregated.map(children -> orOfNoRows(field, found, children)).orElse(found);
  }

  /** On SQLite nothing is joined to a parent without children. */
  private <T> Field<T> orOfNoRows(Field<T> aggregate, Field<T> found, Table<?> children) {
    Field<T> none = field(select(aggregate).from(children).where(DSL.falseCondition()));
    Condition nothing = field(name(alias, KEY + 0)).isNull();
    return PerBackend.field(
        aggregate.getName(), aggregate.getDataType(), found, when(nothing, none).otherwise(found));
  }
}
