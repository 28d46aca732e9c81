package dev.outgrow.migration.safety;

import dev.outgrow.migration.statement.Name;

/** Rows that a new condition does not accept. */
final class NewCheck {
  private final Scene scene;
  private final LiveTable table;

  NewCheck(Scene scene, LiveTable table) {
    this.scene = scene;
    this.table = table;
  }

  void notNull(Name column, boolean fails) {
    LiveTable.Column found = table.column(column.name());
    if (found != null && !found.notNull()) {
      byKey(column.text() + " IS NULL", "have no value for " + column.text(), fails);
    }
  }

  void check(String condition, boolean fails) {
    byKey("NOT (" + condition + "\n)", "break CHECK (" + condition + ")", fails);
  }

  private void byKey(String where, String what, boolean fails) {
    new Counting(scene, table)
        .report(
            " FROM " + table.sql() + " WHERE " + where,
            table.key(),
            table.key().stream().map(scene.dialect()::quote).toList(),
            what,
            fails);
  }
}
