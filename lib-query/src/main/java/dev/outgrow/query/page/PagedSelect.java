package dev.outgrow.query.page;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.internal.SortKey;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;
import org.jspecify.annotations.Nullable;

/** A user's select whose ordering and limit are ours to say; it is copied, never changed. */
record PagedSelect<R extends Record>(Select<R> select, Ordering ordering) {
  PagedSelect {
    require(select.$orderBy().isEmpty(), "an ORDER BY of its own", "orders it by the Ordering");
    require(
        select.$limit() == null && select.$offset() == null,
        "a LIMIT or OFFSET of its own",
        "limits it by the page");
    require(
        isPlain(select),
        "UNION, INTERSECT or EXCEPT",
        "stands on a derived table: selectFrom(query.asTable(\"q\"))");
  }

  /** Refuses what changes rows after WHERE, to which a position is added. */
  PagedSelect<R> requireRowsOfTables() {
    require(
        select.$groupBy().isEmpty()
            && select.$having() == null
            && !select.$distinct()
            && select.$distinctOn().isEmpty(),
        "GROUP BY, HAVING or DISTINCT",
        "stands on a derived table: selectFrom(query.asTable(\"q\"))");
    return this;
  }

  List<SortKey> keys(SQLDialect dialect) {
    List<Field<?>> primaryKey = primaryKey();
    List<Field<?>> tieBreakers =
        ordering.tieBreakers().isEmpty() ? primaryKey : ordering.tieBreakers();
    if (tieBreakers.isEmpty()) {
      throw new ConfigurationException(
          "An ordering without tieBreaker(…)",
          "rows that do not come from one table with a primary key",
          "tieBreaker(fields that are unique together)");
    }
    return SortKey.all(
        ordering.fields(), tieBreakers, SortKey.Place.of(select.$from(), primaryKey, dialect));
  }

  /** Returns the fields that the user selected. */
  List<Field<?>> fields() {
    return select.getSelect();
  }

  Select<?> selecting(List<? extends SelectFieldOrAsterisk> fields) {
    return select.$select(fields);
  }

  Condition where(Condition more) {
    Condition own = select.$where();
    return own == null ? more : own.and(more);
  }

  /** Returns a record of the user's own kind, from one that holds more. */
  @SuppressWarnings("unchecked")
  R own(Record row) {
    Class<? extends R> type = select.getRecordType();
    Table<?> table = table();
    if (TableRecord.class.isAssignableFrom(type)
        && table != null
        && table.getRecordType() == (Class<?>) type) {
      return (R) row.into(table);
    }
    return (R) row.into(fields().toArray(Field<?>[]::new));
  }

  private List<Field<?>> primaryKey() {
    Table<?> table = table();
    boolean rowsOfTable = select.$groupBy().isEmpty() && !select.$distinct();
    return table == null || !rowsOfTable ? List.of() : SortKey.primaryKey(table);
  }

  private @Nullable Table<?> table() {
    List<? extends Table<?>> from = select.$from();
    boolean single = from.size() == 1 && !(from.get(0) instanceof QOM.JoinTable<?, ?>);
    return single ? from.get(0) : null;
  }

  Select<?> probe(List<SortKey> keys) {
    return select
        .$select(List.of(DSL.inline(1)))
        .$orderBy(keys.stream().map(SortKey::sortField).toList());
  }

  /** jOOQ does not tell of set operations, so one looks at what is left when its parts are told. */
  private static boolean isPlain(Select<?> select) {
    Select<?> parts =
        DSL.select(select.getSelect())
            .from(select.$from())
            .window(select.$window())
            .$where(select.$where())
            .$groupBy(select.$groupBy())
            .$having(select.$having())
            .$distinct(select.$distinct())
            .$with(select.$with());
    DSLContext renderer = DSL.using(SQLDialect.POSTGRES);
    return renderer.render(parts).equals(renderer.render(select));
  }

  private static void require(boolean holds, String what, String instead) {
    if (!holds) {
      throw new ConfigurationException(
          "A select that is paged", what, "a select without it; the page " + instead);
    }
  }
}
