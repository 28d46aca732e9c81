package dev.outgrow.importer.translate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns behind {@code GROUP BY}: any may be gathered, but only the groups' own shown. */
record Grouped(Names rows, List<String> groups) implements Names {
  @Override
  public @Nullable Typed find(Expr.Name name) throws RefusedException {
    Typed found = rows.find(name);
    if (found != null && !groups.contains(found.sql())) {
      throw new RefusedException(
          "a column that is neither grouped nor gathered: " + name.column(), name.at());
    }
    return found;
  }
}
