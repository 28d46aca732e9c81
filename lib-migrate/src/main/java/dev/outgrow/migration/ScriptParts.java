package dev.outgrow.migration;

import dev.outgrow.database.Backend;
import dev.outgrow.database.setup.Script;
import dev.outgrow.sql.Dialect;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Puts the text of an offline script together. Each part looks first whether the history is where
 * it has to be: whoever applies the text to another database, twice, or goes on behind a failure,
 * is stopped there.
 */
final class ScriptParts {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private static final String SQLITE_BEGIN =
      """
      -- As migrations run on SQLite: keys off, so that a table can be made anew, and checked behind each.
      PRAGMA foreign_keys = OFF;
      CREATE TEMP TABLE "outgrow_orphans" ("child" TEXT, "parent" TEXT, "n" INTEGER);
      CREATE TEMP TABLE "outgrow_check" (
          "goes_on" INTEGER CONSTRAINT "the history is not where this script goes on" CHECK ("goes_on"),
          "whole" INTEGER CONSTRAINT "the migration would leave orphans" CHECK ("whole"));

      """;

  private static final String SQLITE_BEFORE =
      """
      INSERT INTO temp."outgrow_check" ("goes_on")
      SELECT (SELECT coalesce(max("installed_rank"), 0) FROM %s) = %d;
      DELETE FROM temp."outgrow_orphans";
      INSERT INTO temp."outgrow_orphans"
      SELECT "table", "parent", count(*) FROM pragma_foreign_key_check GROUP BY 1, 2;
      """;

  private static final String SQLITE_BEHIND =
      """
      INSERT INTO temp."outgrow_check" ("whole")
      SELECT NOT EXISTS (
          SELECT 1 FROM pragma_foreign_key_check AS f GROUP BY f."table", f."parent"
          HAVING count(*) > coalesce((SELECT o."n" FROM temp."outgrow_orphans" AS o
              WHERE o."child" IS f."table" AND o."parent" IS f."parent"), 0));
      """;

  private static final String SQLITE_END =
      """
      DROP TABLE temp."outgrow_check";
      DROP TABLE temp."outgrow_orphans";
      """;

  private static final String POSTGRES_BEFORE =
      """
      BEGIN
        IF (SELECT coalesce(max("installed_rank"), 0) FROM %s) <> %d THEN
          RAISE EXCEPTION USING MESSAGE = %s;
        END IF;
      END
      """;

  private final boolean postgres;
  private final Dialect dialect;
  private final StringBuilder text = new StringBuilder();

  ScriptParts(Backend backend) {
    this.postgres = backend == Backend.POSTGRESQL;
    this.dialect = backend.dialect();
  }

  /** Adds a line that is no SQL. Names come from files and may hold anything. */
  void comment(String line) {
    text.append("-- ").append(CONTROL.matcher(line).replaceAll(" ")).append('\n');
  }

  void blank() {
    text.append('\n');
  }

  /** Makes the session what migrations run in. */
  void session(String searchPath) {
    if (!postgres) {
      text.append(SQLITE_BEGIN);
      return;
    }
    text.append("SET TimeZone TO 'UTC';\n");
    if (!searchPath.isEmpty()) {
      String set =
          "BEGIN PERFORM pg_catalog.set_config('search_path', %s, false); END"
              .formatted(dialect.literal(searchPath));
      text.append("DO ").append(dialect.literal(set)).append(";\n");
    }
    blank();
  }

  void setup(String name, List<Script.Statement> statements) {
    comment("set-up " + name);
    text.append("BEGIN;\n");
    statements.forEach(statement -> text.append(ended(statement.sql())));
    text.append("COMMIT;\n\n");
  }

  void begin(HistoryInserts history, boolean create) {
    text.append(postgres ? "BEGIN;\n" : "BEGIN IMMEDIATE;\n");
    if (create) {
      text.append(history.create());
    }
    text.append(history.base(1)).append("COMMIT;\n\n");
  }

  /**
   * Adds a migration.
   *
   * @param rank the rank of its row, one above the last
   */
  void migration(Chain chain, int rank, String sql, String row, boolean transactional) {
    if (transactional) {
      text.append(postgres ? "BEGIN;\n" : "BEGIN IMMEDIATE;\n");
    }
    before(chain, rank - 1);
    text.append(ended(sql)).append(row);
    if (!postgres) {
      text.append(SQLITE_BEHIND);
    }
    text.append(transactional ? "COMMIT;\n\n" : "\n");
  }

  private void before(Chain chain, int rank) {
    String table = dialect.quote(chain.historyTable());
    if (!postgres) {
      text.append(SQLITE_BEFORE.formatted(table, rank));
      return;
    }
    String message = "The history of chain " + chain.name() + " is not where this script goes on.";
    String body = POSTGRES_BEFORE.formatted(table, rank, dialect.literal(message));
    text.append("DO ").append(dialect.literal(body)).append(";\n");
  }

  /** Whatever ends in a comment gets a semicolon of its own: one too many does nothing. */
  static String ended(String sql) {
    String bare = (sql.startsWith("\uFEFF") ? sql.substring(1) : sql).stripTrailing();
    String lastLine = bare.substring(bare.lastIndexOf('\n') + 1);
    boolean surely = bare.endsWith(";") && !lastLine.contains("--");
    return bare + (surely ? "\n" : "\n;\n");
  }

  /** Returns the text so far, without what ends a script. */
  String opened() {
    return text.toString();
  }

  String finished() {
    return postgres ? text.toString() : text + SQLITE_END;
  }
}
