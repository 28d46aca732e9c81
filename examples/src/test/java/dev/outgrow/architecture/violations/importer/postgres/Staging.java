package dev.outgrow.architecture.violations.importer.postgres;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.sqlite.Pages;

/** The writer, knowing the reader. */
@Breaks({"importer.postgres must not import importer.sqlite"})
public interface Staging {
  void know(Pages pages);
}
