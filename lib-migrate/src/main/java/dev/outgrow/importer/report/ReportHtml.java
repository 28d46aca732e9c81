package dev.outgrow.importer.report;

import dev.outgrow.importer.mapping.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * Writes the report of an import as one HTML page that stands for itself: no script, nothing from
 * anywhere else, and a policy in it that forbids both to whatever a name may hold. It can be read
 * on a phone, on paper, and by dark and by light.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ReportHtml {
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  private static final String STYLE = style();

  private ReportHtml() {}

  /**
   * Returns the report of an import.
   *
   * @param report the report
   * @param accepted kinds of what is not carried that the caller does not mind
   */
  public static String of(ImportReport report, Collection<Kind> accepted) {
    Markup html = new Markup().open("html", "lang", "en");
    head(html);
    html.open("body").open("main");
    summary(html, report, accepted);
    if (!report.phases().isEmpty()) {
      new HtmlTimeLine(report).write(html);
    }
    new HtmlTables(report).write(html);
    new HtmlFindings(report).write(html);
    html.close().close().close();
    return html.toString();
  }

  private static void head(Markup html) {
    html.open("head")
        .empty("meta", "charset", "utf-8")
        .empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
        .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
        .empty("meta", "name", "color-scheme", "content", "light dark")
        .empty("meta", "name", "referrer", "content", "no-referrer")
        .element("title", "Outgrow: report of an import")
        .style(STYLE)
        .close();
  }

  private static void summary(Markup html, ImportReport report, Collection<Kind> accepted) {
    html.open("header").element("h1", "Report of an import");
    html.element(
        "p", ReportText.verdict(report, accepted), "class", "verdict " + mood(report, accepted));
    html.open("dl", "class", "ends");
    end(html, "From", report.source());
    end(html, "To", report.target());
    if (!report.before().isEmpty()) {
      end(
          html,
          ReportText.before(report) + ReportText.place(report).stripTrailing(),
          report.before());
    }
    if (!report.rejectPlace().equals(RejectPlace.NONE)) {
      end(html, "Rejected rows are kept in", report.rejectPlace().describe());
    }
    html.close();
    html.open("dl", "class", "totals");
    total(html, "tables", ReportText.count(report.tables().size()));
    total(html, "rows read", ReportText.count(report.rowsRead()));
    total(html, "verified", ReportText.count(report.rowsVerified()));
    report
        .merged()
        .ifPresent(
            m -> {
              total(html, "inserted", ReportText.count(m.inserted()));
              total(html, "updated", ReportText.count(m.updated()));
              total(html, "equal", ReportText.count(m.equal()));
              total(html, "kept", ReportText.count(m.kept()));
            });
    total(html, "rejected", ReportText.count(report.rowsRejected()));
    total(html, "sent", Amounts.bytes(report.bytes()));
    total(html, "time", Amounts.time(report.millis()));
    html.close().close();
  }

  private static String mood(ImportReport report, Collection<Kind> accepted) {
    if (!report.verified()) {
      return "bad";
    }
    return report.leftBehind(accepted).isEmpty() ? "good" : "fair";
  }

  private static void end(Markup html, String term, String value) {
    html.open("div").element("dt", term).open("dd").name(value).close().close();
  }

  private static void total(Markup html, String term, String value) {
    html.open("div").element("dt", term).element("dd", value).close();
  }

  private static String style() {
    try (InputStream css = ReportHtml.class.getResourceAsStream("report.css")) {
      if (css == null) {
        throw new IllegalStateException("report.css is missing beside " + ReportHtml.class);
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("report.css cannot be read", e);
    }
  }
}
