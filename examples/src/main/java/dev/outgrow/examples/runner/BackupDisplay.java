package dev.outgrow.examples.runner;

import dev.outgrow.backup.BackupListener;
import dev.outgrow.backup.BackupProgress;
import java.time.Duration;
import java.util.Locale;

/** Says every few seconds how far a backup or a restore is. */
final class BackupDisplay implements BackupListener {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(3);

  private final Console console;
  private long lastLine = System.nanoTime();

  BackupDisplay(Console console) {
    this.console = console;
  }

  @Override
  public void progressed(BackupProgress progress) {
    long now = System.nanoTime();
    if (now - lastLine < BETWEEN_LINES.toNanos()) {
      return;
    }
    lastLine = now;
    String amount =
        progress.bytes() > 0 ? String.format(Locale.ROOT, " %,d bytes", progress.bytes()) : "";
    String rows =
        progress.rows() > 0 ? String.format(Locale.ROOT, " %,d rows", progress.rows()) : "";
    console.say(
        progress.phase().name().toLowerCase(Locale.ROOT)
            + ":"
            + amount
            + rows
            + " "
            + progress.table());
  }
}
