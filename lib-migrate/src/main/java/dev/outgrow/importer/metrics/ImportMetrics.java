package dev.outgrow.importer.metrics;

import dev.outgrow.importer.progress.ProgressListener;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Measures imports with Micrometer: {@code
 * SqliteImport.from(file).onProgress(ImportMetrics.listener(registry))}, or after another listener
 * by {@link ProgressListener#andThen}. The meters:
 *
 * <ul>
 *   <li>{@code outgrow.import.phase}: a timer with the tag {@code phase};
 *   <li>{@code outgrow.import.table}: a timer with the tags {@code phase} and {@code table};
 *   <li>{@code outgrow.import.rows}: a counter with the tags {@code phase} and {@code table};
 *   <li>{@code outgrow.import.bytes}: a counter of bytes sent to PostgreSQL, with the tag {@code
 *       table};
 *   <li>{@code outgrow.imports}: a counter with the tag {@code outcome}: {@code completed} or
 *       {@code failed}.
 * </ul>
 *
 * <p>There is a timer for each table: that is a number of meters that the file decides. None tells
 * a host, a user, a path or a row.
 *
 * <p>Micrometer is an optional dependency, {@code io.micrometer:micrometer-core}.
 *
 * <p><em>Thread-safe.</em> A listener is for one import at a time.
 *
 * @since 0.1
 */
public final class ImportMetrics {
  private ImportMetrics() {}

  /**
   * Returns a listener that registers the meters as it comes to what they measure.
   *
   * @param tags more tags, each a key and its value
   * @throws dev.outgrow.error.MissingArtifactException if Micrometer is not there
   */
  public static ProgressListener listener(MeterRegistry registry, String... tags) {
    MicrometerLibrary.require();
    return new ImportMeters(registry, tags);
  }
}
