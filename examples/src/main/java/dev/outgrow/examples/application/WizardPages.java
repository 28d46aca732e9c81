package dev.outgrow.examples.application;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.examples.application.Route.Access;
import dev.outgrow.examples.application.Route.Manner;
import dev.outgrow.examples.pages.MovePages;
import dev.outgrow.examples.wizard.Choices;
import dev.outgrow.examples.wizard.Outcome;
import dev.outgrow.examples.wizard.Standing;
import dev.outgrow.examples.wizard.Step.Ended;
import dev.outgrow.examples.wizard.Upload;
import dev.outgrow.examples.wizard.Wizard;
import dev.outgrow.exporter.ExportText;
import dev.outgrow.importer.BadRows;
import dev.outgrow.importer.Orphans;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.ReportHtml;
import dev.outgrow.importer.report.ReportJson;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wizard over HTTP. All of it is one page, {@code /move}, which shows how things stand; each
 * form does one thing and leads back to it, so that it can be loaded again at any time.
 */
final class WizardPages {
  static final String PAGE = "/move";

  /** The report has its styles within it; nothing else may come from it, and no script runs. */
  private static final String REPORT_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'; sandbox";

  private static final Logger LOG = LoggerFactory.getLogger(WizardPages.class);
  private static final Duration QUICK = Duration.ofMillis(1_500);

  private final Wizard wizard;
  private final LoginSessions sessions;
  private final MovePages pages = new MovePages();

  WizardPages(Wizard wizard, LoginSessions sessions) {
    this.wizard = wizard;
    this.sessions = sessions;
  }

  List<Route> routes() {
    ProgressEvents events = new ProgressEvents(wizard, sessions);
    return List.of(
        get(PAGE, this::show),
        get(PAGE + "/events", visit -> Reply.streamed("text/event-stream", events::answer)),
        get(PAGE + "/report", visit -> report(visit, "html")),
        get(PAGE + "/report.html", visit -> report(visit, "html")),
        get(PAGE + "/report.txt", this::exported),
        get(PAGE + "/report.json", visit -> report(visit, "json")),
        new Route("POST", PAGE + "/upload", Access.ADMINISTRATORS, this::upload, Manner.STREAMED),
        post("/own", (visit, mark) -> wizard.chooseOwn(who(visit), mark)),
        post("/file", (visit, mark) -> wizard.chooseFile(who(visit), mark, visit.form("file"))),
        post("/choices", (visit, mark) -> wizard.decide(mark, choices(visit))),
        post("/target", this::aim),
        post("/begin", (visit, mark) -> wizard.confirm(mark, visit.form("name"))),
        post("/cancel", (visit, mark) -> wizard.cancel(mark)),
        post("/switch", (visit, mark) -> wizard.switchOver(mark)),
        post("/return", (visit, mark) -> wizard.goBack(mark, visit.form("name"))),
        post("/export", this::goBackAnew),
        post("/undo", (visit, mark) -> wizard.takeBack(mark, visit.form("name"))),
        post("/back", (visit, mark) -> wizard.back(mark)),
        post("/leave", (visit, mark) -> wizard.leave(mark)));
  }

  private static Route get(String path, Action action) {
    return new Route("GET", path, Access.ADMINISTRATORS, action, Manner.BESIDE);
  }

  private Route post(String path, BiConsumer<Visit, String> act) {
    Action action =
        visit -> {
          act.accept(visit, visit.form("mark"));
          return toPage();
        };
    return new Route("POST", PAGE + path, Access.ADMINISTRATORS, action, Manner.BESIDE);
  }

  private Reply toPage() {
    if (!wizard.awaitQuick(QUICK)) {
      LOG.debug("It takes longer; the page shows how far it is");
    }
    return Reply.seeOther(PAGE);
  }

  /** A session is known by what its forms send along, which nobody else knows. */
  private static String who(Visit visit) {
    return visit.session().csrf();
  }

  private Reply show(Visit visit) {
    return Reply.html(
        200,
        pages.page(
            visit.frame("Move to PostgreSQL"), wizard.standing(), wizard::offers, wizard::back));
  }

  private Reply upload(Visit visit) {
    long length = visit.exchange().getRequestContentLength();
    if (length < 0) {
      return problem(
          visit, 411, "The upload does not say how long it is.", "Send it with a Content-Length.");
    }
    if (length > UploadForm.longest(wizard)) {
      wizard.refuseTooLarge();
      return Reply.seeOther(PAGE).header("Connection", "close");
    }
    try (UploadForm form = UploadForm.read(visit.exchange(), wizard, who(visit))) {
      if (!form.isOwn()) {
        return problem(
            visit,
            403,
            "This form was not sent by a page of this site, or is too old.",
            "Open the page again, and send its form.");
      }
      Upload upload = form.upload();
      OutgrowException refused = form.refused();
      if (refused != null) {
        wizard.refuse(refused);
      } else if (upload != null) {
        wizard.take(who(visit), form.field("mark"), upload);
      }
    } catch (IOException e) {
      LOG.info("An upload was not sent whole: {}", e.getMessage());
      return Reply.seeOther(PAGE).header("Connection", "close");
    }
    return toPage();
  }

  private Reply problem(Visit visit, int status, String what, String remedy) {
    return Reply.html(status, pages.problem(visit.frame("Not accepted"), what, remedy));
  }

  private void aim(Visit visit, String mark) {
    String url = visit.form("here").isEmpty() ? visit.form("url") : "";
    wizard.aim(mark, url, visit.form("password"), visit.form("schema"));
  }

  private void goBackAnew(Visit visit, String mark) {
    wizard.goBackAnew(mark, visit.form("name"), visit.ticked("others"));
  }

  private static Choices choices(Visit visit) {
    Set<Integer> rules = new HashSet<>();
    Set<Kind> accepted = new HashSet<>();
    for (String field : visit.fields()) {
      if (field.matches("rule-[0-9]{1,6}")) {
        rules.add(Integer.valueOf(field.substring("rule-".length())));
      } else if (field.startsWith("accept-")) {
        Kind.ofWord(field.substring("accept-".length())).ifPresent(accepted::add);
      }
    }
    return new Choices(
        rules,
        Orphans.ofWord(visit.form("orphans")).orElse(Choices.FIRST.orphans()),
        BadRows.ofWord(visit.form("bad-rows")).orElse(Choices.FIRST.badRows()),
        accepted);
  }

  private Reply report(Visit visit, String form) {
    Standing standing = wizard.standing();
    Optional<ImportReport> report =
        standing.step() instanceof Ended ended ? ended.outcome().report() : Optional.empty();
    if (report.isEmpty()) {
      return Reply.seeOther(PAGE);
    }
    Reply reply =
        form.equals("json")
            ? Reply.json(200, ReportJson.of(report.get()))
            : Reply.html(200, ReportHtml.of(report.get(), accepted(standing)))
                .header("Content-Security-Policy", REPORT_POLICY);
    return visit.path().contains(".")
        ? reply.header("Content-Disposition", "attachment; filename=\"report." + form + "\"")
        : reply;
  }

  private Reply exported(Visit visit) {
    return wizard.standing().step() instanceof Ended ended
            && ended.outcome() instanceof Outcome.Returned returned
            && returned.made().isPresent()
        ? Reply.of(200, "text/plain; charset=utf-8", ExportText.of(returned.made().get(), Set.of()))
        : Reply.seeOther(PAGE);
  }

  private static Set<Kind> accepted(Standing standing) {
    return standing.step() instanceof Ended ended
            && ended.outcome() instanceof Outcome.Arrived arrived
        ? arrived.accepted()
        : Set.of();
  }
}
