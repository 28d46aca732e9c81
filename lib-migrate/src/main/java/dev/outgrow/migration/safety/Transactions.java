package dev.outgrow.migration.safety;

import dev.outgrow.migration.safety.SafetyFinding.Level;
import dev.outgrow.migration.statement.Reader;
import dev.outgrow.migration.statement.Statement;
import dev.outgrow.migration.statement.Token;
import java.util.ArrayList;
import java.util.List;

/** What depends on whether a script is one transaction. */
final class Transactions {
  private final Scene scene;

  Transactions(Scene scene) {
    this.scene = scene;
  }

  void look(Statement statement) {
    if (scene.isPostgres() && !scene.script().isOutside()) {
      refuseOutside(statement);
      useOfEnumValue(statement);
    }
  }

  private void refuseOutside(Statement statement) {
    if (!needsNoTransaction(statement)) {
      return;
    }
    boolean alone = scene.script().statements().size() == 1;
    scene.report(
        Rule.CONCURRENTLY_IN_TRANSACTION,
        Level.REFUSE,
        null,
        "PostgreSQL does not run this in a transaction, which the script is.",
        (ScriptState.isFoundByFlyway(statement) && !alone
                ? "-- alone in a script of its own, which then runs outside of a transaction:\n"
                : "-- alone in a script of its own, beside it a file of the same name and \".conf\""
                    + " with the line\n-- executeInTransaction=false\n")
            + statement.text()
            + ";");
  }

  private static boolean needsNoTransaction(Statement statement) {
    if (ScriptState.isFoundByFlyway(statement)) {
      return true;
    }
    return statement.has("concurrently")
        && (statement.begins("reindex")
            || (statement.begins("alter", "table") && statement.has("detach")));
  }

  private void useOfEnumValue(Statement statement) {
    Reader words = new Reader(statement);
    List<String> values = scene.script().enumValues();
    if (words.accept("alter", "type") && words.name() != null && words.accept("add", "value")) {
      words.accept("if", "not", "exists");
      Token value = words.next();
      if (value != null && value.kind() == Token.Kind.TEXT) {
        values.add(value.text());
      }
      return;
    }
    for (String value : new ArrayList<>(values)) {
      boolean used =
          statement.tokens().stream()
              .anyMatch(t -> t.kind() == Token.Kind.TEXT && t.text().equals(value));
      if (used) {
        scene.report(
            Rule.ENUM_VALUE_USED,
            null,
            "The value " + value + " was added to its type in this script, and cannot be used yet.",
            "-- in a later script:\n" + statement.text() + ";");
      }
    }
  }
}
