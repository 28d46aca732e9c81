package dev.outgrow.examples.pages;

import dev.outgrow.examples.plugins.LogLine;
import dev.outgrow.examples.plugins.Newsletter;
import dev.outgrow.examples.plugins.Notifier;
import dev.outgrow.examples.statistics.Graphs;
import dev.outgrow.examples.statistics.Overview;
import dev.outgrow.examples.statistics.Period;
import dev.outgrow.examples.statistics.UserActivity;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes HTML of what it is given. Whatever a template writes is escaped for the place it is written
 * to: a name is text there, and never a tag, an attribute or a script.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Pages {
  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Pages.class.getClassLoader(), "media.pages");

  /** Returns the home page. */
  public String home(Frame frame, Period period, Overview overview) {
    return render("home", Map.of("frame", frame, "period", period, "overview", overview));
  }

  /** Returns the page of graphs. */
  public String graphs(Frame frame, Period period, Graphs graphs) {
    return render("graphs", Map.of("frame", frame, "period", period, "graphs", graphs));
  }

  /** Returns the users. */
  public String users(Frame frame, Period period, List<UserActivity> users) {
    return render("users", Map.of("frame", frame, "period", period, "users", users));
  }

  /** Returns the history; the browser asks for its rows. */
  public String history(Frame frame, String zone, List<String> kinds) {
    return render("history", Map.of("frame", frame, "zone", zone, "kinds", kinds));
  }

  /** Returns the notifiers and their log, with what was wrong with a form, if anything. */
  public String notifications(
      Frame frame, List<Notifier> notifiers, List<LogLine> log, ZoneId zone, String problem) {
    Map<String, Object> given =
        Map.of("notifiers", notifiers, "log", log, "zone", zone, "problem", problem);
    return framed("notifications", frame, given);
  }

  /** Returns the newsletters, with what was wrong with a form, if anything. */
  public String newsletters(
      Frame frame, List<Newsletter> newsletters, ZoneId zone, String problem) {
    return framed(
        "newsletters", frame, Map.of("newsletters", newsletters, "zone", zone, "problem", problem));
  }

  /** Returns the form to log in, with what was wrong before, if anything. */
  public String login(Frame frame, String problem) {
    return render("login", Map.of("frame", frame, "problem", problem));
  }

  /** Returns the form to choose a password, with what was wrong before, if anything. */
  public String password(Frame frame, boolean first, String problem) {
    return render("password", Map.of("frame", frame, "first", first, "problem", problem));
  }

  /** Returns a page that says what went wrong and what to do. */
  public String problem(Frame frame, String what, String remedy) {
    return render("problem", Map.of("frame", frame, "what", what, "remedy", remedy));
  }

  private String framed(String template, Frame frame, Map<String, Object> given) {
    Map<String, Object> all = new HashMap<>(given);
    all.put("frame", frame);
    return render(template, all);
  }

  private String render(String template, Map<String, Object> given) {
    StringOutput output = new StringOutput();
    engine.render(template + ".jte", given, output);
    return output.toString();
  }
}
