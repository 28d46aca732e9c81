package dev.outgrow.examples.application;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.examples.application.Route.Access;
import dev.outgrow.examples.pages.Pages;
import dev.outgrow.examples.plugins.LogLine;
import dev.outgrow.examples.plugins.Newsletter;
import dev.outgrow.examples.plugins.Newsletters;
import dev.outgrow.examples.plugins.Notifications;
import dev.outgrow.examples.plugins.Notifier;
import dev.outgrow.examples.statistics.Statistics;
import dev.outgrow.query.Jooq;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.jooq.DSLContext;

/** The pages of the plugins: notifiers with their log, newsletters with who gets them. */
final class PluginPages {
  private static final String NOTIFICATIONS = "/notifications";
  private static final String NEWSLETTERS = "/newsletters";

  private final Readiness readiness;
  private final Pages pages;
  private final InstantSource clock;

  PluginPages(Readiness readiness, Pages pages, InstantSource clock) {
    this.readiness = readiness;
    this.pages = pages;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        route("GET", NOTIFICATIONS, visit -> notifications(visit, 200, "")),
        route("POST", NOTIFICATIONS, this::changeNotifier),
        route("GET", NEWSLETTERS, visit -> newsletters(visit, 200, "")),
        route("POST", NEWSLETTERS, this::saveNewsletter),
        route("POST", NEWSLETTERS + "/readers", this::changeReaders));
  }

  private static Route route(String method, String path, Action action) {
    return new Route(method, path, Access.ADMINISTRATORS, action);
  }

  private record Told(List<Notifier> notifiers, List<LogLine> log, ZoneId zone) {}

  private Reply notifications(Visit visit, int status, String problem) {
    Told told =
        readiness
            .ready()
            .database()
            .read(
                tx -> {
                  DSLContext sql = Jooq.on(tx);
                  Notifications plugin = Notifications.of(sql);
                  return new Told(plugin.notifiers(), plugin.log(), Statistics.of(sql).zone());
                });
    return Reply.html(
        status,
        pages.notifications(
            visit.frame("Notifications"), told.notifiers(), told.log(), told.zone(), problem));
  }

  private Reply changeNotifier(Visit visit) {
    Notifier wanted =
        new Notifier(
            number(visit.form("id")),
            "",
            visit.form("name").strip(),
            visit.form("template"),
            visit.form("play").equals("on"),
            visit.form("stop").equals("on"));
    try {
      write(sql -> Notifications.of(sql).change(wanted));
    } catch (ConfigurationException wrong) {
      return notifications(visit, 422, said(wrong));
    }
    return Reply.seeOther(NOTIFICATIONS);
  }

  private record Written(List<Newsletter> newsletters, ZoneId zone) {}

  private Reply newsletters(Visit visit, int status, String problem) {
    Written written =
        readiness
            .ready()
            .database()
            .read(
                tx -> {
                  DSLContext sql = Jooq.on(tx);
                  return new Written(Newsletters.of(sql).all(), Statistics.of(sql).zone());
                });
    return Reply.html(
        status,
        pages.newsletters(
            visit.frame("Newsletters"), written.newsletters(), written.zone(), problem));
  }

  private Reply saveNewsletter(Visit visit) {
    String name = visit.form("name").strip();
    String subject = visit.form("subject").strip();
    int weekday = (int) number(visit.form("weekday"));
    try {
      write(sql -> Newsletters.of(sql).save(name, subject, weekday));
    } catch (ConfigurationException wrong) {
      return newsletters(visit, 422, said(wrong));
    }
    return Reply.seeOther(NEWSLETTERS);
  }

  private Reply changeReaders(Visit visit) {
    String newsletter = visit.form("newsletter");
    long user = number(visit.form("user"));
    boolean add = visit.form("change").equals("add");
    write(
        sql -> {
          Newsletters plugin = Newsletters.of(sql);
          if (add) {
            plugin.subscribe(newsletter, user, clock.instant());
          } else {
            plugin.unsubscribe(newsletter, user);
          }
        });
    return Reply.seeOther(NEWSLETTERS);
  }

  private static String said(ConfigurationException wrong) {
    return wrong.what() + " " + wrong.remedy();
  }

  private void write(Consumer<DSLContext> work) {
    readiness.ready().database().inTransaction(tx -> work.accept(Jooq.on(tx)));
  }

  /** Returns a number of a form, 0 for anything else: no row and no day has that. */
  private static long number(String text) {
    return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
  }
}
