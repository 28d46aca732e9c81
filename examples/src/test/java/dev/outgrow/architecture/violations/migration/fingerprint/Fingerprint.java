package dev.outgrow.architecture.violations.migration.fingerprint;

import dev.outgrow.architecture.Breaks;
import java.sql.Connection;

/** A hash that asks a database. */
@Breaks({"migration.fingerprint must not import java.sql"})
public interface Fingerprint {
  void know(Connection connection);
}
