package dev.outgrow.importer.translate;

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
    return name -> {
      if (name.table() != null && !Ascii.same(name.table(), scope.table())) {
        return null;
      }
      for (Scope.Column column : scope.columns()) {
        if (Ascii.same(column.name(), name.column())) {
          return Columns.typed(column, "");
        }
      }
      return null;
    };
  }
}
