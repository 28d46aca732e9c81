package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.SourceView;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.NamingConvention;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL names of everything. Tables and columns choose first; then keys and indexes, which
 * live in one space with the tables. A key without a name gets one by the {@link NamingConvention}.
 */
final class Names {
  private final Findings findings;
  private final GivenNames given;
  private final PostgresNames objects = PostgresNames.ofObjects();
  private final Map<String, String> tables = new HashMap<>();
  private final Map<String, List<String>> columns = new HashMap<>();

  Names(Findings findings, List<SourceTable> tables, Rules rules) {
    this.findings = findings;
    this.given = new GivenNames(rules);
    Map<String, String> named = given.tables(tables, objects);
    for (SourceTable table : tables) {
      String own = named.get(table.name());
      String name = own == null ? objects.take(table.name(), "table\0" + table.name()) : own;
      findings.renamed("table", table.name(), name);
      this.tables.put(table.name(), name);
      columns.put(table.name(), columns(table));
    }
  }

  /** Names views, which live in one space with the tables, by their names in the source. */
  Map<String, String> views(List<SourceView> views) {
    Map<String, String> named = new HashMap<>();
    for (SourceView view : views) {
      String name = objects.take(view.name(), "view\0" + view.name());
      findings.renamed("view", view.name(), name);
      named.put(view.name(), name);
    }
    return named;
  }

  String table(String source) {
    return known(tables.get(source), source);
  }

  String column(SourceTable table, int position) {
    return known(columns.get(table.name()), table.name()).get(position);
  }

  List<String> columns(SourceTable table, List<Integer> positions) {
    return positions.stream().map(p -> column(table, p)).toList();
  }

  /** Names an index, which keeps its own name where it can. */
  String index(String source) {
    String name = objects.take(source, "index\0" + source);
    findings.renamed("index", source, name);
    return name;
  }

  /** Names an index that goes with a key or an index of the source. */
  String companion(String of, String suffix) {
    String wanted = of + "_" + suffix;
    return objects.take(wanted, "companion\0" + wanted);
  }

  /**
   * Names a key.
   *
   * @param declared the name it has in the source, or null
   * @param kind what kind of key it is
   * @param keyColumns its columns' PostgreSQL names
   */
  String key(
      @Nullable String declared,
      NamingConvention kind,
      SourceTable table,
      List<String> keyColumns) {
    String byConvention = kind.full(table(table.name()), keyColumns);
    String wanted = declared == null || declared.isEmpty() ? byConvention : declared;
    String name = objects.take(wanted, kind.identity(table.name(), wanted, keyColumns));
    if (declared != null) {
      findings.renamed("constraint", declared, name);
    }
    return name;
  }

  private List<String> columns(SourceTable table) {
    PostgresNames names = PostgresNames.ofColumns();
    Map<String, String> named = given.columns(table, names);
    List<String> taken = new ArrayList<>();
    for (Column column : table.table().columns()) {
      String own = named.get(column.name());
      String name = own == null ? names.take(column.name(), "column\0" + column.name()) : own;
      findings.renamed("column", column.name(), name);
      taken.add(name);
    }
    return taken;
  }

  private static <T> T known(@Nullable T name, String source) {
    if (name == null) {
      throw new IllegalArgumentException("No table " + source);
    }
    return name;
  }
}
