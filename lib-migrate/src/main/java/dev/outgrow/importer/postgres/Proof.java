package dev.outgrow.importer.postgres;

import java.sql.SQLException;

/**
 * Compares tables before it is decided whether what was done to them stays.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public interface Proof {
  /** Compares them; what it throws undoes everything. */
  void prove(Comparison comparison) throws SQLException;
}
