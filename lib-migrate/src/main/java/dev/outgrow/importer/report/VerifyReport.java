package dev.outgrow.importer.report;

import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.TableVerdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verification on its own found.
 *
 * <p><em>Immutable.</em>
 *
 * @param source the SQLite file
 * @param target the database and schema, without a credential
 * @param tables the verdict on each table that both sides have
 * @param differences every difference found, of all tables, the missing tables first
 * @param millis milliseconds it took
 * @param rowsRejected rows of the source that were left out, because an import with the same
 *     options keeps them aside
 * @param rejects the first of them
 * @param since which side has changed since the import, or null where none is on record
 * @since 0.1
 */
public record VerifyReport(
    String source,
    String target,
    List<TableVerdict> tables,
    List<Difference> differences,
    long millis,
    long rowsRejected,
    List<Reject> rejects,
    @Nullable Since since) {

  /** Copies the lists. */
  public VerifyReport {
    tables = List.copyOf(tables);
    differences = List.copyOf(differences);
    rejects = List.copyOf(rejects);
  }

  /** Says what a verification found where no import is on record. */
  public VerifyReport(
      String source,
      String target,
      List<TableVerdict> tables,
      List<Difference> differences,
      long millis,
      long rowsRejected,
      List<Reject> rejects) {
    this(source, target, tables, differences, millis, rowsRejected, rejects, null);
  }

  /** Says what a verification found that left out no row. */
  public VerifyReport(
      String source,
      String target,
      List<TableVerdict> tables,
      List<Difference> differences,
      long millis) {
    this(source, target, tables, differences, millis, 0, List.of());
  }

  /** Returns whether both sides are equal, row for row. */
  public boolean verified() {
    return differences.isEmpty() && tables.stream().allMatch(TableVerdict::verified);
  }

  /** Returns the rows of the source that were compared. */
  public long rows() {
    return tables.stream().mapToLong(t -> t.source().rows()).sum();
  }
}
