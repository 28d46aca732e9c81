package dev.outgrow.architecture.violations.backup;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.exporter.Export;
import dev.outgrow.architecture.violations.query.page.Page;

/** One half of a cycle, and a sibling&#39;s friend. */
@Breaks({"no package cycles", "lib-migrate knows only lib-core"})
public interface Dump {
  void know(Export export, Page page);
}
