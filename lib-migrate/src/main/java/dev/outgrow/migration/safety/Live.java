package dev.outgrow.migration.safety;

import dev.outgrow.migration.statement.Name;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is in the database now. It is asked read-only, and each question has a limit of time. */
interface Live extends AutoCloseable {
  /** Returns a table, or null if it is not there or could not be looked at. */
  @Nullable LiveTable table(Name name);

  /** Returns the table that an index is of, or null. */
  @Nullable LiveTable tableOfIndex(Name index);

  /** Returns whether one of these functions can give another value for each row. */
  boolean isVolatile(Collection<String> functions);

  /** Returns the definition of a constraint that is not valid yet, or null. */
  @Nullable String unvalidated(LiveTable table, String constraint);

  /** Returns the rows of a query, each value as text; null if it cannot be answered. */
  @Nullable List<List<String>> rows(String what, String sql);

  /** Returns what could not be looked at, and why. */
  List<String> unanswered();

  @Override
  void close();
}
