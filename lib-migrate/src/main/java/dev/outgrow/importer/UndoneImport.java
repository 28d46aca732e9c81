package dev.outgrow.importer;

import dev.outgrow.importer.mapping.NotCarried;
import java.util.List;
import java.util.Optional;

/**
 * What undoing an import has done.
 *
 * <p><em>Immutable.</em>
 *
 * @param id the import
 * @param schema the target schema, which is what it was before the import
 * @param keptIn the schema that keeps what it held until then, with all that was written since;
 *     empty if it held nothing
 * @param notGiven publications that the tables brought back are not in
 * @since 0.1
 */
public record UndoneImport(
    String id, String schema, Optional<String> keptIn, List<NotCarried> notGiven) {
  /** Copies the list. */
  public UndoneImport {
    notGiven = List.copyOf(notGiven);
  }
}
