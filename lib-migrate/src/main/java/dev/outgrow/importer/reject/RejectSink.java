package dev.outgrow.importer.reject;

import dev.outgrow.importer.report.Reject;
import dev.outgrow.importer.source.RawRow;

/**
 * Keeps rejected rows. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public interface RejectSink {

  /** Keeps a row, with every raw value it has. */
  void keep(Reject reject, RawRow row);
}
