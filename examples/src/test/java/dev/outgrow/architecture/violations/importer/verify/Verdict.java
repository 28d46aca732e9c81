package dev.outgrow.architecture.violations.importer.verify;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.copy.Frames;
import dev.outgrow.architecture.violations.importer.plan.Steps;
import dev.outgrow.architecture.violations.importer.reading.Meaning;

/** A judge who knows the defendant. */
@Breaks({
  "importer.verify must not import importer.plan",
  "importer.verify must not import importer.copy",
  "importer.verify must not import importer.reading"
})
public interface Verdict {
  void know(Steps steps, Frames frames, Meaning meaning);
}
