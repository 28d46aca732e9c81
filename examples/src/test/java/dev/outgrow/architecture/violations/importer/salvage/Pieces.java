package dev.outgrow.architecture.violations.importer.salvage;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.copy.Frames;
import dev.outgrow.architecture.violations.importer.mapping.Mapping;
import dev.outgrow.architecture.violations.importer.postgres.Staging;

/** The salvager, knowing where its pieces go. */
@Breaks({
  "importer.salvage must not import importer.postgres",
  "importer.salvage must not import importer.copy",
  "importer.salvage must not import importer.mapping"
})
public interface Pieces {
  void know(Staging staging, Frames frames, Mapping mapping);
}
