package dev.outgrow.importer.report;

import java.util.Comparator;
import java.util.List;

/** Writes when each phase was, and under each which tables took longest in it. */
final class HtmlTimeLine {
  private static final int MOST_TABLES = 20;

  private final ImportReport report;
  private final long whole;

  HtmlTimeLine(ImportReport report) {
    this.report = report;
    this.whole =
        report.phases().stream()
            .mapToLong(p -> p.begin() + p.millis())
            .reduce(report.millis(), Math::max);
  }

  void write(Markup html) {
    html.open("section", "aria-labelledby", "time-line")
        .element("h2", "Time line", "id", "time-line")
        .open("ol", "class", "time-line");
    report.phases().forEach(phase -> phase(html, phase));
    html.close().close();
  }

  private void phase(Markup html, PhaseTime phase) {
    html.open("li");
    line(html, phase.begin(), phase.millis(), () -> html.element("span", phase.phase().word()));
    if (!phase.tables().isEmpty()) {
      tables(html, phase);
    }
    html.close();
  }

  private void tables(Markup html, PhaseTime phase) {
    List<TableTime> longest = longest(phase.tables());
    int all = phase.tables().size();
    html.open("details")
        .element(
            "summary",
            all == longest.size()
                ? ReportText.plural(all, "table")
                : ReportText.plural(all, "table")
                    + ", of which the "
                    + MOST_TABLES
                    + " that took longest")
        .open("ol", "class", "of-tables");
    for (TableTime table : longest) {
      html.open("li");
      line(html, table.begin(), table.millis(), () -> html.name(table.name()));
      html.close();
    }
    html.close().close();
  }

  /** The longest, in the order of time. */
  private static List<TableTime> longest(List<TableTime> tables) {
    return tables.stream()
        .sorted(Comparator.comparingLong(TableTime::millis).reversed())
        .limit(MOST_TABLES)
        .sorted(Comparator.comparingLong(TableTime::begin))
        .toList();
  }

  private void line(Markup html, long begin, long millis, Runnable name) {
    html.open("div", "class", "line").open("span", "class", "what");
    name.run();
    html.close();
    html.open("span", "class", "track", "aria-hidden", "true")
        .open(
            "span",
            "class",
            "bar",
            "style",
            "margin-left:"
                + Amounts.percent(begin, whole)
                + ";width:"
                + Amounts.percent(millis, whole))
        .close()
        .close();
    html.element("span", Amounts.time(millis) + ", from " + Amounts.time(begin), "class", "when");
    html.close();
  }
}
