package dev.outgrow.exporter;

import dev.outgrow.importer.mapping.ChangedType;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.LeftOut;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.Renamed;
import java.util.Collection;
import java.util.List;

/**
 * What an export is going to do, as far as that can be told before the rows are read: values that
 * SQLite has no number or moment for, and rows that break a key, are in the report alone.
 *
 * <p><em>Immutable.</em>
 *
 * @param source the database and schema, without credentials
 * @param file the SQLite file that is to be made
 * @param tables the tables whose rows are carried, in their order
 * @param statements the file's schema, as SQLite's statements in the order they run; the rows come
 *     behind the tables and before the indexes, views and triggers
 * @param notCarried what SQLite does not get as it is
 * @param renamed names that SQLite cannot keep
 * @param changedTypes columns whose values are written as something else, and how
 * @param leftOut what stays behind because somebody said so
 * @param bytesNeeded how many bytes the tables take in PostgreSQL, for which there has to be room
 * @param bytesFree for how many bytes there is room on the file's disk
 * @since 0.1
 */
public record ExportPlan(
    String source,
    String file,
    List<Table> tables,
    List<String> statements,
    List<NotCarried> notCarried,
    List<Renamed> renamed,
    List<ChangedType> changedTypes,
    List<LeftOut> leftOut,
    long bytesNeeded,
    long bytesFree) {

  /**
   * A table whose rows are carried.
   *
   * <p><em>Immutable.</em>
   *
   * @param name its name in SQLite
   * @param from its name in PostgreSQL
   * @param rows about how many rows it has, as the server last counted; 0 if it never did
   * @param columns its columns
   * @since 0.1
   */
  public record Table(String name, String from, long rows, List<Column> columns) {
    /** Copies the list. */
    public Table {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A column whose values are carried.
   *
   * <p><em>Immutable.</em>
   *
   * @param name its name in SQLite
   * @param from its name in PostgreSQL
   * @param sent the type that its values leave PostgreSQL as
   * @param becomes what SQLite stores
   * @since 0.1
   */
  public record Column(String name, String from, String sent, String becomes) {}

  /** Copies the lists. */
  public ExportPlan {
    tables = List.copyOf(tables);
    statements = List.copyOf(statements);
    notCarried = List.copyOf(notCarried);
    renamed = List.copyOf(renamed);
    changedTypes = List.copyOf(changedTypes);
    leftOut = List.copyOf(leftOut);
  }

  /** Returns what is not carried and is of none of these kinds. */
  public List<NotCarried> leftBehind(Collection<Kind> accepted) {
    return notCarried.stream().filter(n -> !accepted.contains(n.kind())).toList();
  }
}
