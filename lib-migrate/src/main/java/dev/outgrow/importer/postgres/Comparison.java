package dev.outgrow.importer.postgres;

import dev.outgrow.importer.existing.Merged;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.verify.TableDigest;
import dev.outgrow.importer.verify.TableVerdict;
import dev.outgrow.importer.verify.Verifier;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Compares one table with the source. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public interface Comparison {
  /** Does what {@link Verifier#verify} does, of the table that is there. */
  TableVerdict verify(
      TableMapping table, TableDigest source, Supplier<RowCursor> rows, LongConsumer progress)
      throws SQLException;

  /** Returns what became of rows that were added to a table; nothing where none were added. */
  default Optional<Merged> merged(TableMapping table) {
    return Optional.empty();
  }
}
