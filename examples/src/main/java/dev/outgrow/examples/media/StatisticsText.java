package dev.outgrow.examples.media;

import dev.outgrow.importer.report.TextTable;
import dev.outgrow.importer.report.TextTable.Side;
import java.time.Duration;
import java.time.format.TextStyle;
import java.util.Locale;

/** The statistics as a person reads them. Names stand last, where their script does no harm. */
final class StatisticsText {
  private StatisticsText() {}

  static String of(MediaStatistics statistics) {
    return String.join(
        "\n",
        titled("Who watched longest", users(statistics)),
        titled("What was played most", items(statistics)),
        titled("Month by month", months(statistics)),
        titled("The busiest hours of the week (UTC)", hours(statistics)),
        titled("Transcoding by platform", platforms(statistics)));
  }

  private static String titled(String title, TextTable table) {
    return title + "\n" + table;
  }

  private static TextTable users(MediaStatistics statistics) {
    TextTable table = columns("hours", "plays").column("user", Side.LEFT);
    statistics
        .topUsers()
        .forEach(user -> table.row(hours(user.watched()), number(user.plays()), user.user()));
    return table;
  }

  private static TextTable items(MediaStatistics statistics) {
    TextTable table =
        columns("plays", "viewers").column("kind", Side.LEFT).column("title", Side.LEFT);
    statistics
        .mostPlayed()
        .forEach(
            item ->
                table.row(
                    number(item.plays()), number(item.viewers()), item.mediaType(), item.title()));
    return table;
  }

  private static TextTable months(MediaStatistics statistics) {
    TextTable table = new TextTable().column("month", Side.LEFT);
    table.column("plays", Side.RIGHT).column("hours", Side.RIGHT);
    statistics
        .months()
        .forEach(
            month ->
                table.row(month.month().toString(), number(month.plays()), hours(month.watched())));
    return table;
  }

  private static TextTable hours(MediaStatistics statistics) {
    TextTable table = new TextTable().column("day", Side.LEFT);
    table.column("from", Side.LEFT).column("plays", Side.RIGHT);
    statistics
        .busiestHours()
        .forEach(
            slot ->
                table.row(
                    slot.day().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
                    String.format(Locale.ROOT, "%02d:00", slot.hour()),
                    number(slot.plays())));
    return table;
  }

  private static TextTable platforms(MediaStatistics statistics) {
    TextTable table = columns("plays", "transcoded", "share", "kbit/s");
    table.column("platform", Side.LEFT);
    statistics
        .platforms()
        .forEach(
            platform ->
                table.row(
                    number(platform.plays()),
                    number(platform.transcoded()),
                    String.format(
                        Locale.ROOT, "%.1f %%", 100.0 * platform.transcoded() / platform.plays()),
                    platform.kilobits().isPresent() ? number(platform.kilobits().getAsLong()) : "–",
                    platform.name()));
    return table;
  }

  private static TextTable columns(String... numbers) {
    TextTable table = new TextTable();
    for (String title : numbers) {
      table.column(title, Side.RIGHT);
    }
    return table;
  }

  private static String hours(Duration watched) {
    return String.format(Locale.ROOT, "%,.1f", watched.toSeconds() / 3_600.0);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
