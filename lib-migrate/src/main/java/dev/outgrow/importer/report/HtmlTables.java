package dev.outgrow.importer.report;

import dev.outgrow.importer.plan.Phase;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes what became of each table, with bars for its rows and its time. The roles say again what
 * the elements say, because on a phone each row is laid out as a card, and then browsers forget it.
 */
final class HtmlTables {
  private static final int SHOWN_CHECKSUM = 8;
  private static final String[] TITLES = {
    "rejected", "sent", "load", "verify", "checksum", "state"
  };

  private final ImportReport report;
  private final long mostRows;
  private final long mostMillis;

  HtmlTables(ImportReport report) {
    this.report = report;
    this.mostRows = report.tables().stream().mapToLong(TableReport::rowsRead).max().orElse(0);
    this.mostMillis = report.tables().stream().mapToLong(this::millis).max().orElse(0);
  }

  private long millis(TableReport table) {
    return Math.max(
        report.millis(Phase.LOAD, table.name()), report.millis(Phase.VERIFY, table.name()));
  }

  void write(Markup html) {
    html.open("section", "aria-labelledby", "tables").element("h2", "Tables", "id", "tables");
    if (report.tables().isEmpty()) {
      html.element("p", "No table was carried.").close();
      return;
    }
    html.open("table", "class", "cards", "role", "table")
        .element("caption", "Rows and time of each table, in the order of loading");
    html.open("thead", "role", "rowgroup").open("tr", "role", "row");
    Stream.of(Stream.of("table", "rows read"), counted().stream(), Stream.of(TITLES))
        .flatMap(titles -> titles)
        .forEach(t -> html.element("th", t, "scope", "col", "role", "columnheader"));
    html.close().close().open("tbody", "role", "rowgroup");
    report.tables().forEach(table -> row(html, table));
    html.close().close().close();
  }

  private void row(Markup html, TableReport table) {
    html.open("tr", "role", "row");
    html.open("th", "scope", "row", "role", "rowheader").name(table.name()).close();
    barred(html, "rows read", ReportText.count(table.rowsRead()), table.rowsRead(), mostRows);
    List<Long> counts = counts(table);
    for (int i = 0; i < counts.size(); i++) {
      cell(html, counted().get(i), ReportText.count(counts.get(i)), "n");
    }
    cell(
        html,
        "rejected",
        ReportText.count(table.rowsRejected()),
        table.rowsRejected() == 0 ? "n" : "n warn");
    cell(html, "sent", Amounts.bytes(table.bytes()), "n");
    time(html, "load", report.millis(Phase.LOAD, table.name()));
    time(html, "verify", report.millis(Phase.VERIFY, table.name()));
    String sum = table.checksum();
    cell(html, "checksum", sum.substring(0, Math.min(SHOWN_CHECKSUM, sum.length())), "sum");
    cell(
        html,
        "state",
        table.verified() ? "verified" : "NOT verified",
        table.verified() ? "ok" : "bad");
    html.close();
  }

  /** What is counted of the rows that are not rejected. */
  private List<String> counted() {
    return report.merged().isPresent()
        ? List.of("inserted", "updated", "equal", "kept")
        : List.of("verified");
  }

  private List<Long> counts(TableReport table) {
    return ReportText.counts(table, report.merged().isPresent());
  }

  private void time(Markup html, String title, long millis) {
    barred(html, title, Amounts.time(millis), millis, mostMillis);
  }

  private static void cell(Markup html, String title, String text, String kind) {
    html.element("td", text, "data-title", title, "class", kind, "role", "cell");
  }

  private static void barred(Markup html, String title, String text, long part, long whole) {
    html.open("td", "data-title", title, "class", "n barred", "role", "cell")
        .element("span", text)
        .open("span", "class", "track", "aria-hidden", "true")
        .open("span", "class", "bar", "style", "width:" + Amounts.percent(part, whole))
        .close()
        .close()
        .close();
  }
}
