package dev.outgrow.architecture.violations.migration.statement;

import dev.outgrow.architecture.Breaks;
import java.sql.Connection;

/** The words of a script, as a database sees them. */
@Breaks({"migration.statement must not import java.sql"})
public interface Words {
  void read(Connection connection);
}
