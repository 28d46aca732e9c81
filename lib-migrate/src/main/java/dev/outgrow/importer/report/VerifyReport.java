package dev.outgrow.importer.report;

import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.TableVerdict;
import java.util.List;

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
 * @since 0.1
 */
public record VerifyReport(
    String source,
    String target,
    List<TableVerdict> tables,
    List<Difference> differences,
    long millis) {

  /** Copies the lists. */
  public VerifyReport {
    tables = List.copyOf(tables);
    differences = List.copyOf(differences);
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
