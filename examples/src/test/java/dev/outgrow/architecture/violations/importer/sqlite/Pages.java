package dev.outgrow.architecture.violations.importer.sqlite;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.copy.Frames;
import dev.outgrow.architecture.violations.importer.mapping.Mapping;
import dev.outgrow.architecture.violations.importer.postgres.Staging;

/** The reader, knowing the writer. */
@Breaks({
  "importer.sqlite must not import importer.postgres",
  "importer.sqlite must not import importer.copy",
  "importer.sqlite must not import importer.mapping"
})
public interface Pages {
  void know(Staging staging, Frames frames, Mapping mapping);
}
