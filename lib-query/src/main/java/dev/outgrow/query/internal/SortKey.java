package dev.outgrow.query.internal;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.SQLDialect;
import org.jooq.SortField;
import org.jooq.SortOrder;
import org.jooq.Table;
import org.jooq.impl.QOM;

/**
 * One field of an ordering with nothing left to the backend: direction, and where nulls stand.
 *
 * <p><em>Immutable.</em>
 *
 * @param field what is sorted by
 * @param ascending whether small comes first
 * @param nullsFirst whether nulls come before everything else
 * @param nullable whether there can be nulls; without any, no clause is rendered for them, so that
 *     a plain index serves the ordering
 * @since 0.1
 */
public record SortKey(Field<?> field, boolean ascending, boolean nullsFirst, boolean nullable) {

  /**
   * Where a field is sorted by.
   *
   * <p><em>Immutable.</em>
   *
   * @param primaryKey the primary key of the rows
   * @param outer which tables may have no row
   * @param dialect whose rules hold
   * @since 0.1
   */
  public record Place(List<Field<?>> primaryKey, OuterTables outer, SQLDialect dialect) {
    /** Copies the key. */
    public Place {
      primaryKey = List.copyOf(primaryKey);
    }

    /** Returns the place of a FROM clause whose rows have this primary key. */
    public static Place of(
        List<? extends Table<?>> from, List<Field<?>> primaryKey, SQLDialect dialect) {
      return new Place(primaryKey, OuterTables.of(from), dialect);
    }

    /** SQLite lets a primary key hold nulls, unless it is the number of the row. */
    private boolean mayBeNull(Field<?> field) {
      boolean keysHoldNoNull = dialect.family() != SQLDialect.SQLITE;
      return outer.mayLack(field)
          || (field.getDataType().nullable()
              && !field.getDataType().identity()
              && !(keysHoldNoNull && primaryKey.contains(field)));
    }
  }

  /** Reads an order field; nulls come last unless it says otherwise. */
  public static SortKey of(OrderField<?> order, Place place) {
    SortField<?> sort =
        order instanceof SortField<?> said ? said : ((Field<?>) order).sort(SortOrder.DEFAULT);
    Field<?> field = sort.$field();
    return new SortKey(
        field,
        sort.getOrder() != SortOrder.DESC,
        sort.$nullOrdering() == QOM.NullOrdering.NULLS_FIRST,
        place.mayBeNull(field));
  }

  /**
   * Reads an ordering and adds what tells equal rows apart.
   *
   * @param orders the ordering; a field that is named again counts once
   * @param tieBreakers fields that are unique together
   */
  public static List<SortKey> all(
      List<? extends OrderField<?>> orders, List<? extends Field<?>> tieBreakers, Place place) {
    List<SortKey> keys = new ArrayList<>();
    for (OrderField<?> order : orders) {
      add(keys, of(order, place));
    }
    boolean ascending = keys.isEmpty() || keys.get(keys.size() - 1).ascending();
    for (Field<?> field : tieBreakers) {
      // In the direction of the last field, so that one index and one comparison serve them all.
      add(keys, new SortKey(field, ascending, false, place.mayBeNull(field)));
    }
    return List.copyOf(keys);
  }

  /** Returns the primary key of a table as fields of that table, which may be an alias. */
  public static List<Field<?>> primaryKey(Table<?> table) {
    List<Field<?>> fields = new ArrayList<>();
    if (table.getPrimaryKey() != null) {
      for (Field<?> field : table.getPrimaryKey().getFields()) {
        Field<?> own = table.field(field.getName());
        fields.add(own == null ? field : own);
      }
    }
    return List.copyOf(fields);
  }

  /** Returns this key the other way round, nulls included. */
  public SortKey flipped() {
    return new SortKey(field, !ascending, !nullsFirst, nullable);
  }

  /** Returns this key for rows of which all or none have a null in it. */
  public SortKey withoutNulls() {
    return new SortKey(field, ascending, nullsFirst, false);
  }

  /** Returns the key as jOOQ takes it. */
  public SortField<?> sortField() {
    SortField<?> sort = ascending ? field.asc() : field.desc();
    if (!nullable) {
      return sort;
    }
    return nullsFirst ? sort.nullsFirst() : sort.nullsLast();
  }

  private static void add(List<SortKey> keys, SortKey key) {
    if (keys.stream().noneMatch(known -> known.field().equals(key.field()))) {
      keys.add(key);
    }
  }
}
