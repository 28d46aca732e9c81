package dev.outgrow.migration.safety;

import dev.outgrow.migration.statement.Name;
import dev.outgrow.migration.statement.Reader;
import dev.outgrow.migration.statement.Statement;
import dev.outgrow.migration.statement.Token;
import java.util.List;

/** Statements that change or remove all rows of a table. */
final class Rows {
  private final Scene scene;

  Rows(Scene scene) {
    this.scene = scene;
  }

  void look(Statement statement) {
    if (!scene.isPostgres()) {
      return;
    }
    if (statement.begins("truncate")) {
      truncate(statement);
    } else if (statement.begins("update") || statement.begins("delete", "from")) {
      backfill(statement);
    }
  }

  private void truncate(Statement statement) {
    Reader words = new Reader(statement);
    words.accept("truncate");
    words.accept("table");
    for (List<Token> part : words.parts()) {
      Reader one = new Reader(statement, part);
      one.accept("only");
      Name name = one.name();
      LiveTable table = scene.table(name);
      if (name != null && table != null) {
        Tables.lock(scene, table, statement);
        scene.report(
            Rule.TRUNCATE,
            table,
            "It empties "
                + table.shown()
                + ", which nothing reads or writes until the script is done.",
            "-- behind a backup, in batches, until no row is left:\nDELETE FROM "
                + name.text()
                + " WHERE ctid IN (SELECT ctid FROM "
                + name.text()
                + " LIMIT 10000);");
      }
    }
  }

  private void backfill(Statement statement) {
    Reader words = new Reader(statement);
    words.next();
    words.accept("from");
    words.accept("only");
    Name name = words.name();
    LiveTable table = scene.table(name);
    boolean mixed = scene.script().changesSchema() && !scene.script().isOutside();
    if (name == null || table == null || statement.has("where") || !mixed) {
      return;
    }
    scene.report(
        Rule.BACKFILL_WITH_DDL,
        table,
        "It writes every row of "
            + table.shown()
            + " while the script holds the locks of what it changed in the schema.",
        "-- in a later script, and in batches where instances write the table:\n"
            + statement.text()
            + ";");
  }
}
