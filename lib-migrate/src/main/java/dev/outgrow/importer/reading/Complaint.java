package dev.outgrow.importer.reading;

import dev.outgrow.error.ValueException;
import dev.outgrow.importer.source.SourceRow;

/**
 * Makes the exception for a cell that its reading has no meaning for.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public interface Complaint {

  /** Returns the exception; the reason is a phrase that begins with "it" or "its". */
  ValueException of(SourceRow row, String reason);
}
