package dev.outgrow.architecture.violations.exporter;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.backup.Dump;

/** The other half of the cycle. */
@Breaks({"no package cycles"})
public interface Export {
  void know(Dump dump);
}
