package dev.outgrow.importer.report;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Writes in what the target is not the source: one table for each kind of finding. */
final class HtmlFindings {
  /** Columns of names, which SQLite lets be empty; what is empty elsewhere is nothing. */
  private static final Set<String> NAMES = Set.of("table", "column", "name", "from", "to");

  private final ImportReport report;

  HtmlFindings(ImportReport report) {
    this.report = report;
  }

  void write(Markup html) {
    section(
        html,
        "Differences (the first of each table)",
        List.of("table", "row", "what", "columns", "values"),
        report.differences(),
        d ->
            List.of(
                d.table(),
                d.key(),
                d.what().words(),
                String.join(", ", d.columns()),
                d.describeValues()));
    section(
        html,
        "Not carried",
        List.of("kind", "name", "reason"),
        report.notCarried(),
        n -> List.of(n.kind().word(), n.name(), n.reason()));
    section(
        html,
        rejected(),
        List.of("table", "row", "columns", "reason"),
        report.rejects(),
        r -> List.of(r.table(), r.key(), r.column(), r.reason()));
    section(
        html,
        "Changed types",
        List.of("table", "column", "declared", "became", "why"),
        report.changedTypes(),
        c -> List.of(c.table(), c.column(), c.declared(), c.target(), c.why()));
    section(
        html,
        "Renamed",
        List.of("kind", "from", "to"),
        report.renamed(),
        r -> List.of(r.kind(), r.from(), r.to()));
    section(
        html,
        "Carried, but answers not compared",
        List.of("kind", "name", "why"),
        report.notCompared(),
        n -> List.of(n.kind(), n.name(), n.why()));
    section(
        html,
        "Left out",
        List.of("kind", "name", "why"),
        report.leftOut(),
        l -> List.of(l.kind(), l.name(), l.why()));
  }

  private String rejected() {
    long all = report.rowsRejected();
    return all > report.rejects().size()
        ? "Rejected (the first of " + ReportText.count(all) + ")"
        : "Rejected";
  }

  private static <T> void section(
      Markup html,
      String title,
      List<String> columns,
      List<T> findings,
      Function<T, List<String>> cells) {
    if (findings.isEmpty()) {
      return;
    }
    html.open("section")
        .element("h2", title)
        .open("table", "class", "cards findings", "role", "table")
        .element("caption", ReportText.plural(findings.size(), "line"))
        .open("thead", "role", "rowgroup")
        .open("tr", "role", "row");
    columns.forEach(c -> html.element("th", c, "scope", "col", "role", "columnheader"));
    html.close().close().open("tbody", "role", "rowgroup");
    findings.forEach(finding -> row(html, columns, cells.apply(finding)));
    html.close().close().close();
  }

  private static void row(Markup html, List<String> columns, List<String> cells) {
    html.open("tr", "role", "row");
    for (int i = 0; i < cells.size(); i++) {
      html.open("td", "data-title", columns.get(i), "role", "cell");
      if (!cells.get(i).isEmpty() || NAMES.contains(columns.get(i))) {
        html.name(cells.get(i));
      }
      html.close();
    }
    html.close();
  }
}
