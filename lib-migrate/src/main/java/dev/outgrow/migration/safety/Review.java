package dev.outgrow.migration.safety;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.migration.statement.Statement;
import dev.outgrow.migration.statement.Statements;
import dev.outgrow.sql.Dialect;
import java.util.List;
import java.util.Set;

/**
 * Goes through scripts that are about to run, in their order. The database is asked for the sizes
 * of the tables that they change, and for the rows that new constraints do not accept; nothing is
 * written. A statement that it does not know is none that it speaks of.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class Review {
  /** What changes no row of a table that stays; anything else may. */
  private static final Set<String> KEEPS_ROWS =
      Set.of(
          "create", "alter", "drop", "comment", "grant", "revoke", "set", "analyze", "reindex",
          "vacuum", "cluster", "begin", "commit", "pragma");

  private final Scene scene;

  private Review(Scene scene) {
    this.scene = scene;
  }

  /**
   * Looks at scripts.
   *
   * @throws dev.outgrow.error.OutgrowException if the database cannot be reached
   */
  public static Preflight of(Database database, Safety safety, List<PendingScript> scripts) {
    if (scripts.isEmpty()) {
      return Preflight.clean();
    }
    Dialect dialect = database.backend().dialect();
    try (Live live =
        database.backend() == Backend.POSTGRESQL
            ? new PostgresLive(database, safety.bigFrom())
            : new SqliteLive(database, safety.bigFrom())) {
      Scene scene = new Scene(live, safety, dialect, scripts.get(0));
      scripts.forEach(new Review(scene)::read);
      return new Preflight(scene.findings(), scene.offenders(), live.unanswered());
    }
  }

  private void read(PendingScript script) {
    String text = script.text();
    if (text == null) {
      scene.changeRows();
      return;
    }
    List<Statement> statements = Statements.of(text, scene.dialect());
    scene.begin(new ScriptState(script, statements));
    for (Statement statement : statements) {
      scene.begin(statement);
      new Transactions(scene).look(statement);
      new AlterTable(scene).look(statement);
      new Indexes(scene).look(statement);
      new Tables(scene).look(statement);
      new Rows(scene).look(statement);
      if (KEEPS_ROWS.stream().noneMatch(statement::begins)) {
        scene.changeRows();
      }
    }
  }
}
