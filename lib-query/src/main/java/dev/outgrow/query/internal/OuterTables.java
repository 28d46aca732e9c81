package dev.outgrow.query.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.QOM;

/**
 * Which tables of a FROM clause have a row for every row of the result. Where an outer join finds
 * none for the others, each of their columns is null, also those that never are in the table.
 *
 * <p><em>Immutable.</em>
 *
 * @param any whether there is an outer join at all
 * @param kept the tables that always have a row
 * @since 0.1
 */
public record OuterTables(boolean any, Set<Table<?>> kept) {
  /** Copies the tables. */
  public OuterTables {
    kept = Set.copyOf(kept);
  }

  /** Reads a FROM clause. */
  public static OuterTables of(List<? extends Table<?>> from) {
    Set<Table<?>> kept = new HashSet<>();
    boolean any = false;
    for (Table<?> table : from) {
      any |= addKept(table, true, kept);
    }
    return new OuterTables(any, kept);
  }

  /** Adds the tables that always have a row; returns whether others may have none. */
  private static boolean addKept(Table<?> table, boolean always, Set<Table<?>> kept) {
    if (!(table instanceof QOM.JoinTable<?, ?> join)) {
      if (always) {
        kept.add(table);
      }
      return !always;
    }
    boolean left = always && !isOuterForTheLeft(join);
    boolean right = always && !isOuterForTheRight(join);
    boolean outerLeft = addKept(join.$table1(), left, kept);
    boolean outerRight = addKept(join.$table2(), right, kept);
    return outerLeft || outerRight;
  }

  private static boolean isOuterForTheLeft(QOM.JoinTable<?, ?> join) {
    return join instanceof QOM.RightJoin<?>
        || join instanceof QOM.NaturalRightJoin<?>
        || isFull(join);
  }

  private static boolean isOuterForTheRight(QOM.JoinTable<?, ?> join) {
    return join instanceof QOM.LeftJoin<?>
        || join instanceof QOM.NaturalLeftJoin<?>
        || join instanceof QOM.OuterApply<?>
        || isFull(join);
  }

  private static boolean isFull(QOM.JoinTable<?, ?> join) {
    return join instanceof QOM.FullJoin<?> || join instanceof QOM.NaturalFullJoin<?>;
  }

  /**
   * Returns whether a field may be null though its type says that it never is. A column of a table
   * that is not named is one to which jOOQ finds the way by a foreign key, with an outer join.
   */
  public boolean mayLack(Field<?> field) {
    return field instanceof TableField<?, ?> column ? !kept.contains(column.getTable()) : any;
  }
}
