package dev.outgrow.examples.runner;

import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.progress.ProgressListener;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far an import is: a bar for each phase on a terminal, else a line every few seconds.
 */
final class ProgressDisplay implements ProgressListener, AutoCloseable {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(3);

  private final Console console;
  private @Nullable ProgressBar bar;
  private @Nullable Phase phase;
  private long lastLine = System.nanoTime();

  private ProgressDisplay(Console console) {
    this.console = console;
  }

  static ProgressDisplay of(Console console) {
    return new ProgressDisplay(console);
  }

  @Override
  public void progressed(Progress progress) {
    if (console.terminal()) {
      onBar(progress);
    } else {
      onLines(progress);
    }
  }

  /** Says it on a line of its own, above the bar that comes next. */
  @Override
  public void noted(String sentence) {
    close();
    console.say(sentence);
  }

  /** Ends the bar. Does nothing the second time. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private void onBar(Progress progress) {
    if (bar == null || progress.phase() != phase) {
      close();
      phase = progress.phase();
      bar = newBar(progress);
    }
    bar.stepTo(progress.rows());
    bar.setExtraMessage(Console.printable(progress.table()));
  }

  private ProgressBar newBar(Progress progress) {
    return new ProgressBarBuilder()
        .setTaskName(progress.phase().word())
        .setUnit(" rows", 1)
        .setInitialMax(progress.totalRows() == 0 ? -1 : progress.totalRows())
        .setStyle(
            console.plain() ? ProgressBarStyle.ASCII : ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
        .setConsumer(new ConsoleProgressBarConsumer(console.err()))
        .setUpdateIntervalMillis(200)
        .clearDisplayOnFinish()
        .build();
  }

  /** Says how fast it goes and how long it takes, as far as that is known. */
  private static String pace(Progress progress) {
    if (progress.rowsPerSecond() <= 0) {
      return "";
    }
    String rate = String.format(Locale.ROOT, ", %,.0f/s", progress.rowsPerSecond());
    Duration left = progress.timeLeft();
    return left == null ? rate : rate + ", " + clock(left) + " left";
  }

  private static String clock(Duration time) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }

  private void onLines(Progress progress) {
    long now = System.nanoTime();
    if (progress.rows() == 0 || now - lastLine < BETWEEN_LINES.toNanos()) {
      return;
    }
    lastLine = now;
    String of =
        progress.totalRows() == 0
            ? ""
            : String.format(Locale.ROOT, " of %,d", progress.totalRows());
    console.say(
        String.format(
                Locale.ROOT,
                "%s: %,d%s rows%s %s",
                progress.phase().word(),
                progress.rows(),
                of,
                pace(progress),
                progress.table())
            .stripTrailing());
  }
}
