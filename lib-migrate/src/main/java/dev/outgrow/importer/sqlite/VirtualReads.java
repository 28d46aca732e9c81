package dev.outgrow.importer.sqlite;

import dev.outgrow.database.catalog.SqliteTable;
import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.schema.Identifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out which virtual tables can be read as if they were plain ones. */
final class VirtualReads {
  private final TableReads reads;
  private final Map<String, SqliteTable> tables;

  /**
   * Prepares.
   *
   * @param reads reads tables
   * @param tables the tables that are read, by folded name: what can be read is added to them
   */
  VirtualReads(TableReads reads, Map<String, SqliteTable> tables) {
    this.reads = reads;
    this.tables = tables;
  }

  /** Takes a virtual table among the tables if its rows can be read, and says what stays behind. */
  String take(SqliteTable table) {
    String module = module(table);
    String obstacle = VirtualTables.obstacle(table);
    if (obstacle == null) {
      SqliteTable plain = VirtualTables.plain(table);
      obstacle = failureOf(plain);
      if (obstacle == null) {
        tables.put(Identifier.folded(plain.name()), plain);
        return "Its rows are carried into a plain table; the index that the module "
            + module
            + " keeps is not, nor what can be asked of it only: "
            + table.sql();
      }
    }
    return "A virtual table of the module " + module + ", whose rows cannot be read: " + obstacle;
  }

  /** Describes the shadow tables whose rows do not arrive as those of their virtual table. */
  Map<String, String> kept(List<SqliteTable> shadows, List<String> virtual) {
    Map<String, String> kept = new LinkedHashMap<>();
    for (SqliteTable shadow : shadows) {
      if (VirtualTables.owner(shadow.name(), virtual)
          .filter(owner -> tables.containsKey(Identifier.folded(owner)))
          .isEmpty()) {
        kept.put(
            shadow.name(),
            "Kept by the module "
                + module(shadow)
                + " for one of its virtual tables"
                + rowsOf(shadow));
      }
    }
    return kept;
  }

  private static String module(SqliteTable table) {
    return table.module().orElse("unknown");
  }

  /** Reads all rows, and returns what SQLite says where it cannot. */
  private @Nullable String failureOf(SqliteTable plain) {
    try (RowCursor rows = reads.plainRows(plain)) {
      while (rows.next()) {
        // what cannot be read is told by the failure
      }
      return null;
    } catch (SourceFileException e) {
      return SqliteFailures.ownWords(e);
    }
  }

  private String rowsOf(SqliteTable shadow) {
    try {
      long rows = reads.count(shadow);
      return "; it holds " + rows + (rows == 1 ? " row" : " rows");
    } catch (SourceFileException e) {
      return "; its rows cannot be counted";
    }
  }
}
