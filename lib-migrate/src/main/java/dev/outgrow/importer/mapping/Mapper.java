package dev.outgrow.importer.mapping;

import dev.outgrow.error.TargetException;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.SourceView;
import dev.outgrow.importer.translate.Scope;
import dev.outgrow.schema.Check;
import dev.outgrow.schema.Trigger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides what the tables of a source become in PostgreSQL. <em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Mapper {
  private static final int MOST_COLUMNS = 1600;

  private Mapper() {}

  /**
   * Maps tables with everything on them.
   *
   * @param tables the tables, in the order they are to be loaded
   * @param alreadyNotCarried what is known beforehand not to be carried
   * @throws TargetException if a table has more columns than PostgreSQL can hold
   */
  public static SchemaMapping map(List<SourceTable> tables, List<NotCarried> alreadyNotCarried) {
    return map(tables, List.of(), List.of(), alreadyNotCarried, Rules.NONE);
  }

  /**
   * Maps tables with everything on them, views and triggers, as rules say.
   *
   * @param tables the tables, in the order they are to be loaded, and what the rules leave of them
   * @param views the views
   * @param triggers the triggers
   * @param alreadyNotCarried what is known beforehand not to be carried
   * @param rules the rules
   * @throws TargetException if a table has more columns than PostgreSQL can hold
   * @throws dev.outgrow.error.ConfigurationException if a rule contradicts another, or what its
   *     column is for
   */
  public static SchemaMapping map(
      List<SourceTable> tables,
      List<SourceView> views,
      List<Trigger> triggers,
      List<NotCarried> alreadyNotCarried,
      Rules rules) {
    tables.forEach(Mapper::refuseTooManyColumns);
    SourceNames source = new SourceNames(tables);
    Findings findings = new Findings();
    alreadyNotCarried.forEach(findings::notCarried);
    Names names = new Names(findings, tables, rules);
    Map<String, String> viewNames = names.views(views);
    TypeMap types = TypeMap.of(source, rules);
    Map<String, Scope> scopes = new HashMap<>();
    Map<String, Keys> keys = new HashMap<>();
    for (SourceTable table : tables) {
      Scope scope = Scopes.of(table, names, types);
      scopes.put(table.name(), scope);
      keys.put(table.name(), Keys.of(table, scope, names, findings));
    }
    References references = new References(source, types, names, keys, findings);
    List<TableMapping> mapped = new ArrayList<>();
    for (SourceTable table : tables) {
      mapped.add(
          table(
              table,
              scope(scopes, table),
              names,
              types,
              keys.getOrDefault(table.name(), Keys.NONE),
              Checks.of(table, scopes, names, findings),
              references,
              findings));
    }
    List<Scope> readable = tables.stream().map(t -> scope(scopes, t)).toList();
    List<ViewMapping> made = Views.of(views, viewNames, readable, findings);
    return findings.mapping(mapped, made, Triggers.of(triggers, tables, scopes, made, findings));
  }

  private static TableMapping table(
      SourceTable table,
      Scope scope,
      Names names,
      TypeMap types,
      Keys keys,
      List<Check> checks,
      References references,
      Findings findings) {
    return new TableMapping(
        table.name(),
        names.table(table.name()),
        table.rows(),
        Columns.of(table, scope, names, types, findings),
        keys.primaryKey(),
        keys.uniqueKeys(),
        keys.indexes(),
        references.of(table),
        checks,
        table.lastId());
  }

  private static Scope scope(Map<String, Scope> scopes, SourceTable table) {
    Scope scope = scopes.get(table.name());
    if (scope == null) {
      throw new IllegalArgumentException("No table " + table.name());
    }
    return scope;
  }

  private static void refuseTooManyColumns(SourceTable table) {
    int columns = table.table().columns().size();
    if (columns > MOST_COLUMNS) {
      throw new TargetException(
          "",
          List.of(),
          "Table "
              + table.name()
              + " has "
              + columns
              + " columns; a table of PostgreSQL has at most "
              + MOST_COLUMNS
              + ".",
          "Split the table in the SQLite file before the import.",
          null);
    }
  }
}
