package dev.outgrow.importer.translate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns an expression can see. */
interface Names {
  /**
   * Returns a column, or null if there is none of this name.
   *
   * @throws RefusedException if there is one that cannot be used, or more than one
   */
  @Nullable Typed find(Expr.Name name) throws RefusedException;

  /** No columns at all. */
  static Names none() {
    return name -> null;
  }

  /** The columns of one table, which can be called by their own names and the table's. */
  static Names of(Scope scope) {
    return of(scope, Map.of());
  }

  /**
   * The columns of one table, some of which are computed.
   *
   * @param computed the SQL that stands for a column, by its name in SQLite
   */
  static Names of(Scope scope, Map<String, String> computed) {
    return name -> {
      if (name.table() != null && !Ascii.same(name.table(), scope.table())) {
        return null;
      }
      for (Scope.Column column : scope.columns()) {
        if (Ascii.same(column.name(), name.column())) {
          String sql = computed.get(column.name());
          return sql == null
              ? Columns.typed(column, "")
              : Columns.of(column, "(" + sql + ")::" + column.type());
        }
      }
      return null;
    };
  }
}
