package dev.outgrow.architecture.violations.importer.file;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.copy.Frames;
import dev.outgrow.architecture.violations.importer.mapping.Mapping;
import dev.outgrow.architecture.violations.importer.plan.Steps;
import dev.outgrow.architecture.violations.importer.postgres.Staging;
import dev.outgrow.architecture.violations.importer.sqlite.Pages;
import dev.outgrow.architecture.violations.importer.translate.Translation;

/** A copy of a file that knows PostgreSQL. */
@Breaks({
  "importer.file must not import importer.sqlite",
  "importer.file must not import importer.translate",
  "importer.file must not import importer.postgres",
  "importer.file must not import importer.copy",
  "importer.file must not import importer.mapping",
  "importer.file must not import importer.plan"
})
public interface Copy {
  void know(
      Pages pages,
      Translation translation,
      Staging staging,
      Frames frames,
      Mapping mapping,
      Steps steps);
}
