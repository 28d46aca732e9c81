package dev.outgrow.importer;

import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.Trait;
import dev.outgrow.importer.sqlite.Glimpse;
import dev.outgrow.importer.sqlite.SqliteSource;
import dev.outgrow.importer.sqlite.WatchedRows;
import dev.outgrow.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What has been seen of the tables of a source: of some every row, of others the first ones, which
 * is enough to begin with.
 */
final class Looks {
  private final SqliteSource source;
  private final ImportOptions options;
  private final Function<Table, List<Set<Trait>>> traits;
  private final Map<String, SourceTable> seen = new LinkedHashMap<>();
  private final Map<String, List<Set<Trait>>> unsure = new LinkedHashMap<>();
  private long rows;

  /**
   * Prepares.
   *
   * @param source the source
   * @param options what of it is wanted
   * @param traits says what to look for in each column of a table
   */
  Looks(SqliteSource source, ImportOptions options, Function<Table, List<Set<Trait>>> traits) {
    this.source = source;
    this.options = options;
    this.traits = traits;
  }

  /** Looks at every row of every table. */
  void survey() {
    for (Table table : wanted()) {
      SourceTable surveyed = survey(table.name(), traits.apply(table));
      saw(surveyed, surveyed.rows());
    }
  }

  /** Looks at the first rows of every table; those with fewer it has then seen whole. */
  void glimpse() {
    for (Table table : wanted()) {
      List<Set<Trait>> sought = traits.apply(table);
      Optional<Glimpse> glimpse =
          source.glimpse(table.name(), sought, options.largestRow(), options.glimpsedRows());
      SourceTable known = glimpse.map(Glimpse::table).orElseGet(() -> survey(table.name(), sought));
      if (glimpse.isPresent() && !glimpse.get().whole()) {
        unsure.put(table.name(), sought);
        saw(known, options.glimpsedRows());
      } else {
        saw(known, known.rows());
      }
    }
  }

  /** Looks at every row of the tables of which it has seen the first ones only. */
  void surveyRest() {
    unsure.forEach((table, sought) -> seen.put(table, survey(table, sought)));
    unsure.clear();
  }

  /** Looks at every row of some of those tables. */
  void surveyRest(Set<String> tables) {
    for (String table : tables) {
      List<Set<Trait>> sought = unsure.remove(table);
      if (sought != null) {
        seen.put(table, survey(table, sought));
      }
    }
  }

  private List<Table> wanted() {
    return source.definitions().stream()
        .filter(t -> !options.rules().skipsTable(t.name()))
        .toList();
  }

  private SourceTable survey(String table, List<Set<Trait>> sought) {
    return source.survey(
        table, sought, options.largestRow(), done -> tell(table, done, rows + done));
  }

  private void saw(SourceTable table, long looked) {
    seen.put(table.name(), table);
    rows += looked;
    tell(table.name(), looked, rows);
  }

  private void tell(String table, long done, long all) {
    options.course().rows(Phase.SURVEY, Done.rows(table, done, all, 0));
  }

  /** Returns whether every row of every table was seen. */
  boolean isSure() {
    return unsure.isEmpty();
  }

  /** Returns whether every row of a table was seen. */
  boolean isSure(String table) {
    return !unsure.containsKey(table);
  }

  /** Begins a walk over a table that sees the rest of it on the way. */
  WatchedRows watch(String table) {
    return source.watch(table, unsure.getOrDefault(table, List.of()));
  }

  /** Ends a walk: what it has not come to is looked at now. */
  void finish(String table, WatchedRows walk) {
    List<Set<Trait>> sought = unsure.remove(table);
    SourceTable glimpsed = seen.get(table);
    if (sought == null || glimpsed == null) {
      throw new IllegalStateException("Table " + table + " was seen already");
    }
    Optional<SourceTable> whole = source.finish(glimpsed, walk, done -> tell(table, done, done));
    walk.close();
    seen.put(table, whole.orElseGet(() -> survey(table, sought)));
  }

  List<SourceTable> tables() {
    return new ArrayList<>(seen.values());
  }
}
