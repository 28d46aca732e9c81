package dev.outgrow.query;

import dev.outgrow.error.ConfigurationException;
import org.jooq.Condition;
import org.jooq.Context;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.CustomCondition;
import org.jooq.impl.CustomField;
import org.jooq.impl.CustomQueryPart;
import org.jooq.impl.DSL;

/**
 * Ordinary jOOQ that is written in one way for PostgreSQL and in another for SQLite, chosen when
 * the statement is rendered. Any other dialect is refused with a {@link ConfigurationException}.
 *
 * <p>{@code toString}, which knows no database, shows PostgreSQL's.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class PerBackend {
  private PerBackend() {}

  /** Returns a field of this type that is one of two. */
  public static <T> Field<T> field(DataType<T> type, Field<?> postgres, Field<?> sqlite) {
    return field("per_backend", type, postgres, sqlite);
  }

  /** Returns a field of this type that is one of two, and the name a row knows it by. */
  public static <T> Field<T> field(
      String name, DataType<T> type, Field<?> postgres, Field<?> sqlite) {
    return CustomField.of(name, type, context -> context.visit(choose(context, postgres, sqlite)));
  }

  /** Returns a condition that is one of two. */
  public static Condition condition(Condition postgres, Condition sqlite) {
    return CustomCondition.of(context -> context.visit(choose(context, postgres, sqlite)));
  }

  /** Returns a table, still without a name of its own, that is one of two. */
  public static Table<Record> table(QueryPart postgres, QueryPart sqlite) {
    return DSL.table(
        "{0}", CustomQueryPart.of(context -> context.visit(choose(context, postgres, sqlite))));
  }

  /**
   * Returns the one of two parts that a statement being rendered needs.
   *
   * @throws ConfigurationException if its dialect is of neither backend
   */
  public static <P extends QueryPart> P choose(Context<?> context, P postgres, P sqlite) {
    SQLDialect family = context.family();
    return switch (family) {
      case POSTGRES, DEFAULT -> postgres;
      case SQLITE -> sqlite;
      default ->
          throw new ConfigurationException(
              "jOOQ's dialect", family.getName(), "POSTGRES and SQLITE");
    };
  }
}
