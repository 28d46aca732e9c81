package dev.outgrow.importer.verify;

import java.sql.Connection;
import java.util.List;

/**
 * Further connections over which a large table is read back at once, each on a thread of its own.
 *
 * <p><em>Not thread-safe.</em> Only {@link #wake()} may be called by any thread.
 *
 * @since 0.1
 */
public interface SpareConnections {
  /** None: every table is read back over one connection. */
  SpareConnections NONE =
      new SpareConnections() {
        @Override
        public List<Connection> forTable(long bytes) {
          return List.of();
        }

        @Override
        public void wake() {
          // there is nobody
        }
      };

  /**
   * Returns connections that nobody else uses until the table is read.
   *
   * @param bytes how many bytes the table has on the server
   */
  List<Connection> forTable(long bytes);

  /** Has the server give up what it does on them. */
  void wake();
}
