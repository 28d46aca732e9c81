package dev.outgrow.exporter;

import dev.outgrow.importer.mapping.ChangedType;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.LeftOut;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.Renamed;
import dev.outgrow.importer.report.TableReport;
import dev.outgrow.importer.verify.Difference;
import java.util.Collection;
import java.util.List;

/**
 * What became of an export.
 *
 * <p><em>Immutable.</em>
 *
 * @param source the database and schema, without credentials
 * @param file the SQLite file
 * @param before where a file that was there before is kept; empty if there was none
 * @param tables the tables, in the order they were carried
 * @param notCarried what SQLite did not get as it was
 * @param renamed names that SQLite could not keep
 * @param changedTypes columns whose values are written as something else, and how
 * @param leftOut what stays behind because somebody said so
 * @param differences the first rows that differ; empty if everything is proven
 * @param millis how long all of it took
 * @since 0.1
 */
public record ExportReport(
    String source,
    String file,
    String before,
    List<TableReport> tables,
    List<NotCarried> notCarried,
    List<Renamed> renamed,
    List<ChangedType> changedTypes,
    List<LeftOut> leftOut,
    List<Difference> differences,
    long millis) {

  /** Copies the lists. */
  public ExportReport {
    tables = List.copyOf(tables);
    notCarried = List.copyOf(notCarried);
    renamed = List.copyOf(renamed);
    changedTypes = List.copyOf(changedTypes);
    leftOut = List.copyOf(leftOut);
    differences = List.copyOf(differences);
  }

  /** Returns whether every row is in the file, equal, and nothing else is. */
  public boolean verified() {
    return differences.isEmpty() && tables.stream().allMatch(TableReport::verified);
  }

  /** Returns how many rows are in the file. */
  public long rows() {
    return tables.stream().mapToLong(TableReport::rowsRead).sum();
  }

  /** Returns what was not carried and is of none of these kinds. */
  public List<NotCarried> leftBehind(Collection<Kind> accepted) {
    return notCarried.stream().filter(n -> !accepted.contains(n.kind())).toList();
  }
}
