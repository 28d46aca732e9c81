package dev.outgrow.importer.postgres;

import dev.outgrow.error.TargetException;
import dev.outgrow.importer.existing.ExistingColumn;
import dev.outgrow.importer.existing.ExistingSchema;
import dev.outgrow.importer.existing.ExistingTable;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.RestoreSql;
import dev.outgrow.importer.plan.TargetState.Holding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings back the rows that tables had before others were brought into them, and proves that they
 * are there. What the tables hold by then is kept aside.
 */
final class Restore {
  private final ImportSession session;
  private final ImportNames names;
  private final Moved moved;

  Restore(ImportSession session, ImportNames names, Moved moved) {
    this.session = session;
    this.names = names;
    this.moved = moved;
  }

  /** Does it, in the transaction that is open. */
  void run(LockRetry.Locks locks) throws SQLException {
    if (moved.tables().isEmpty()) {
      return;
    }
    locks.take(sql(look()).lock());
    RestoreSql sql = sql(look());
    session.runAll(sql.change(moved.loosened()));
    for (ExistingTable table : tables(look())) {
      prove(table, sql);
    }
    session.runAll(sql.finish());
  }

  private ExistingSchema look() throws SQLException {
    return ExistingTables.read(session.connection(), names.target());
  }

  private RestoreSql sql(ExistingSchema live) throws SQLException {
    Set<String> filled =
        TargetStates.read(session.connection(), names.before()).holds().stream()
            .map(Holding::name)
            .collect(Collectors.toSet());
    ExistingSchema kept = ExistingTables.read(session.connection(), names.before());
    List<ExistingTable> tables = tables(live);
    for (ExistingTable table : tables) {
      kept.table(table.name()).ifPresent(k -> refuseChanged(table, k));
    }
    return new RestoreSql(names, live, tables, filled);
  }

  private List<ExistingTable> tables(ExistingSchema live) {
    List<ExistingTable> tables = new ArrayList<>();
    for (String name : moved.tables()) {
      tables.add(live.table(name).orElseThrow(() -> changed(name, "is not there any more")));
    }
    return tables;
  }

  private void refuseChanged(ExistingTable table, ExistingTable kept) {
    if (!types(table).equals(types(kept))) {
      throw changed(table.name(), "has other columns by now");
    }
  }

  private static List<String> types(ExistingTable table) {
    return table.columns().stream().map(Restore::type).toList();
  }

  private static String type(ExistingColumn column) {
    return column.name() + " " + column.type();
  }

  private TargetException changed(String table, String what) {
    return new TargetException(
        names.target(),
        List.of(table),
        "The import cannot be undone: table "
            + table
            + " of schema "
            + names.target()
            + " "
            + what
            + ".",
        "Bring its former rows back by hand; schema " + names.before() + " keeps them.",
        null);
  }

  private void prove(ExistingTable table, RestoreSql sql) throws SQLException {
    try (Statement statement = session.connection().createStatement();
        ResultSet row = statement.executeQuery(sql.proof(table))) {
      if (!row.next() || !row.getBoolean(1)) {
        throw changed(table.name(), "does not take its former rows as they were");
      }
    }
  }
}
