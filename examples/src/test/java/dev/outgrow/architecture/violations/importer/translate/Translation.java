package dev.outgrow.architecture.violations.importer.translate;

import dev.outgrow.architecture.Breaks;
import java.sql.Connection;

/** A translation that asks a database. */
@Breaks({"importer.translate must not import java.sql"})
public interface Translation {
  void know(Connection connection);
}
