package dev.outgrow.architecture.violations.query.page;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.Front;
import dev.outgrow.architecture.violations.query.time.Clock;

/** A feature that knows its sibling, in a module that knows its own. */
@Breaks({"query features never import each other", "lib-query knows only lib-core"})
public interface Page {
  void know(Clock clock, Front front);
}
