package dev.outgrow.importer.metrics;

import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.progress.ProgressListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** The meters, in a class of their own that is loaded only where Micrometer is. */
final class ImportMeters implements ProgressListener {
  private final MeterRegistry registry;
  private final Tags tags;

  ImportMeters(MeterRegistry registry, String... tags) {
    this.registry = registry;
    this.tags = Tags.of(tags);
  }

  @Override
  public void progressed(Progress progress) {
    switch (progress.event()) {
      case PHASE_ENDS ->
          took("phase", "time in a phase of an import", phase(progress), progress.elapsed());
      case TABLE_ENDS -> table(progress);
      case DONE -> ended("completed");
      case FAILED -> ended("failed");
      case PHASE_BEGINS, TABLE_BEGINS, ROWS -> {}
    }
  }

  private void table(Progress progress) {
    Tags table = tags.and("table", progress.table());
    Tags both = phase(progress).and("table", progress.table());
    took("table", "time a table was in a phase of an import", both, progress.elapsed());
    count("rows", "rows", "rows carried, or read back", both, progress.tableRows());
    if (progress.tableBytes() > 0) {
      count("bytes", "bytes", "bytes sent to PostgreSQL", table, progress.tableBytes());
    }
  }

  private Tags phase(Progress progress) {
    return tags.and("phase", progress.phase().word());
  }

  private void took(String what, String description, Tags tags, Duration time) {
    Timer.builder("outgrow.import." + what)
        .description(description)
        .tags(tags)
        .register(registry)
        .record(time);
  }

  private void count(String what, String unit, String description, Tags tags, long amount) {
    Counter.builder("outgrow.import." + what)
        .baseUnit(unit)
        .description(description)
        .tags(tags)
        .register(registry)
        .increment((double) amount);
  }

  private void ended(String outcome) {
    Counter.builder("outgrow.imports")
        .description("imports that have ended")
        .tags(tags.and("outcome", outcome))
        .register(registry)
        .increment();
  }
}
