package dev.outgrow.importer.translate;

/**
 * A column that a query answers.
 *
 * @param sql what stands in the list of the select
 * @param typed the same as a value to compute with
 * @param column how a query around it sees it
 */
record Output(String sql, Typed typed, Scope.Column column) {

  /** Returns the same column, of whose group a value is shown. */
  Output shownAs(Typed shown) {
    return shown.sql().equals(typed.sql())
        ? this
        : new Output(shown.sql(), shown, column.ofType(shown.type()));
  }
}
