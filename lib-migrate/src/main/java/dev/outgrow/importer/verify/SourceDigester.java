package dev.outgrow.importer.verify;

import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.source.SourceRow;

/**
 * Condenses the source's rows of one table while somebody walks over them.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class SourceDigester {
  private final RowDigester digester;
  private final TableDigest digest = new TableDigest();
  private final SourceRowView row;

  /** Makes a digester for the row object of one cursor. */
  public SourceDigester(TableMapping table, SourceRow row) {
    this.digester = new RowDigester(table);
    this.row = new SourceRowView(table, row);
  }

  /** Adds what the row now holds. */
  public void add() {
    digester.digest(row);
    digester.addTo(digest);
  }

  /** Returns the digest of what was added so far. */
  public TableDigest digest() {
    digest.holdsLarge(row.metLarge());
    return digest;
  }
}
