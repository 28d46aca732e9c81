package dev.outgrow.importer.translate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a piece of SQLite's SQL.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public sealed interface Translation {

  /**
   * PostgreSQL's SQL with the same meaning.
   *
   * @param text the SQL
   * @param type the PostgreSQL type of its value
   */
  record Sql(String text, String type) implements Translation {}

  /**
   * A query of PostgreSQL.
   *
   * @param text the SQL, {@code SELECT} and what follows
   * @param columns what it answers, as another query would see it
   */
  record Select(String text, List<Scope.Column> columns) implements Translation {}

  /**
   * A trigger of PostgreSQL and the function it calls.
   *
   * @param timing {@code BEFORE} or {@code AFTER}
   * @param event {@code INSERT}, {@code UPDATE} or {@code DELETE}
   * @param columns the columns behind {@code UPDATE OF}, by their names in PostgreSQL
   * @param condition what stands behind {@code WHEN}, or null
   * @param body the function's body in PL/pgSQL, which names no table
   * @param touched the columns it sets, by their names in PostgreSQL
   * @param probes queries that it asks, each to be tried once without a row
   * @param here the name that stands in them for the schema of its table
   */
  record Trigger(
      String timing,
      String event,
      List<String> columns,
      @Nullable String condition,
      String body,
      List<String> touched,
      List<String> probes,
      String here)
      implements Translation {

    /** Copies the lists. */
    public Trigger {
      columns = List.copyOf(columns);
      touched = List.copyOf(touched);
      probes = List.copyOf(probes);
    }

    /** Makes one that asks nothing. */
    public Trigger(
        String timing,
        String event,
        List<String> columns,
        @Nullable String condition,
        String body,
        List<String> touched) {
      this(timing, event, columns, condition, body, touched, List.of(), "");
    }
  }

  /**
   * There is no SQL with the same meaning, or none that is known.
   *
   * @param reason why, for a person
   * @param offset where in the original text, in UTF-16 units from 0
   */
  record Untranslatable(String reason, int offset) implements Translation {}
}
