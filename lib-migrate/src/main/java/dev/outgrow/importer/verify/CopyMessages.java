package dev.outgrow.importer.verify;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a binary COPY that the server sends, in their order, whoever has taken them from
 * the connection. A message is not changed by who reads it. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface CopyMessages {
  /**
   * Returns the next one; null behind the last.
   *
   * @throws SQLException if it does not come
   */
  byte @Nullable [] next() throws SQLException;
}
