package dev.outgrow.architecture.violations.importer.reject;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.copy.Frames;
import dev.outgrow.architecture.violations.importer.plan.Steps;
import dev.outgrow.architecture.violations.importer.postgres.Staging;
import dev.outgrow.architecture.violations.importer.sqlite.Pages;
import dev.outgrow.architecture.violations.importer.verify.Verdict;

/** A bin that knows where its rows come from and where they go. */
@Breaks({
  "importer.reject must not import importer.sqlite",
  "importer.reject must not import importer.postgres",
  "importer.reject must not import importer.copy",
  "importer.reject must not import importer.plan",
  "importer.reject must not import importer.verify"
})
public interface Bin {
  void know(Pages pages, Staging staging, Frames frames, Steps steps, Verdict verdict);
}
