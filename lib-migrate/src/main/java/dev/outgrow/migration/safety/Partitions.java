package dev.outgrow.migration.safety;

import dev.outgrow.migration.statement.Name;
import dev.outgrow.migration.statement.Reader;
import org.jspecify.annotations.Nullable;

/** Tables that become, or stop being, partitions of another. */
final class Partitions {
  private final Scene scene;
  private final AlterTable.Action action;

  Partitions(Scene scene, AlterTable.Action action) {
    this.scene = scene;
    this.action = action;
  }

  void attach(@Nullable Name partition) {
    scene.changeRows(); // those of the parent
    LiveTable table = scene.table(partition);
    if (partition == null || table == null || table.checked()) {
      return;
    }
    scene.report(
        Rule.ATTACH_PARTITION,
        table,
        "It reads all of "
            + table.shown()
            + " to see that the rows fit, and nothing else reads or writes it meanwhile.",
        "-- in one script, with the bounds of the partition as the condition:\nALTER TABLE "
            + partition.text()
            + " ADD CONSTRAINT ck_bounds CHECK (<the bounds>) NOT VALID;\n-- in the next:\n"
            + "ALTER TABLE "
            + partition.text()
            + " VALIDATE CONSTRAINT ck_bounds;\n-- in the next:\n"
            + action.alter(action.text())
            + "\nALTER TABLE "
            + partition.text()
            + " DROP CONSTRAINT ck_bounds;");
  }

  void detach(Reader words) {
    scene.changeRows();
    Name partition = words.name();
    if (partition == null || words.accept("concurrently") || words.accept("finalize")) {
      return;
    }
    Tables.lock(scene, action.table(), action.statement());
    scene.report(
        Rule.DETACH_PARTITION,
        action.table(),
        "It waits for every query of "
            + action.table().shown()
            + ", and those that come later wait behind it.",
        "-- alone in a script of its own, beside it a file of the same name and \".conf\" with the"
            + " line\n-- executeInTransaction=false\n"
            + action.alter("DETACH PARTITION " + partition.text() + " CONCURRENTLY"));
  }
}
