package dev.outgrow.importer.mapping;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.schema.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names that rules give. They are taken before any other, and exactly as they are given. */
final class GivenNames {
  private final Rules rules;

  GivenNames(Rules rules) {
    this.rules = rules;
  }

  /** Takes the given names of tables; returns them by the tables' own. */
  Map<String, String> tables(List<SourceTable> tables, PostgresNames names) {
    Map<String, String> given = new HashMap<>();
    for (SourceTable table : tables) {
      rules
          .forTable(table.name())
          .filter(e -> !e.rule().rename().isEmpty())
          .ifPresent(e -> given.put(table.name(), take(e, names)));
    }
    return given;
  }

  /** Takes the given names of a table's columns; returns them by the columns' own. */
  Map<String, String> columns(SourceTable table, PostgresNames names) {
    Map<String, String> given = new HashMap<>();
    for (Column column : table.table().columns()) {
      rules
          .forColumn(table.name(), column)
          .filter(e -> !e.rule().rename().isEmpty())
          .ifPresent(e -> given.put(column.name(), take(e, names)));
    }
    return given;
  }

  private static String take(Rules.Entry entry, PostgresNames names) {
    String wanted = entry.rule().rename();
    if (!names.take(wanted, wanted).equals(wanted)) {
      throw new ConfigurationException(
          entry.name() + " rename",
          wanted,
          "a name that no other rule gives and PostgreSQL does not use itself");
    }
    return wanted;
  }
}
