package dev.outgrow.architecture.violations.sql;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.sql.sqlite.Tokens;

/** A rendering that knows the text of one backend. */
@Breaks({"sql may import schema, error"})
public interface Rendering {
  void know(Tokens tokens);
}
