package dev.outgrow.architecture.violations.importer.page;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.copy.Frames;
import dev.outgrow.architecture.violations.importer.mapping.Mapping;
import dev.outgrow.architecture.violations.importer.postgres.Staging;
import dev.outgrow.architecture.violations.importer.sqlite.Pages;
import java.sql.Connection;

/** The reader of pages, asking SQLite what it should know. */
@Breaks({
  "importer.page must not import java.sql",
  "importer.page must not import importer.sqlite",
  "importer.page must not import importer.postgres",
  "importer.page must not import importer.copy",
  "importer.page must not import importer.mapping"
})
public interface Leaves {
  void ask(Connection connection, Pages source, Staging staging, Frames frames, Mapping mapping);
}
