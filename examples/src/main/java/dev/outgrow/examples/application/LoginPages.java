package dev.outgrow.examples.application;

import dev.outgrow.examples.application.Route.Access;
import dev.outgrow.examples.media.Login;
import dev.outgrow.examples.media.Logins;
import dev.outgrow.examples.pages.Frame;
import dev.outgrow.examples.pages.Pages;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Logging in and out, and choosing a password. */
final class LoginPages {
  /** What the form that logs in sends along is compared to; there is no session to keep it in. */
  static final String FORM_COOKIE = "media_history_form";

  /** Where somebody is sent whose session has ended. */
  static final String AGAIN = "/login?again=yes";

  private static final String ENDED =
      "You are not logged in any more. Log in again; what you have begun under Move goes on.";

  private static final String WRONG =
      "No administrator has this name and this password. Capital letters matter.";

  private final Readiness readiness;
  private final LoginSessions sessions;
  private final Attempts attempts;
  private final Pages pages;

  LoginPages(Readiness readiness, LoginSessions sessions, Attempts attempts, Pages pages) {
    this.readiness = readiness;
    this.sessions = sessions;
    this.attempts = attempts;
    this.pages = pages;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/login", Access.VISITORS, this::ask),
        new Route("POST", "/login", Access.VISITORS, this::logIn),
        new Route("POST", "/logout", Access.ADMINISTRATORS, this::logOut),
        new Route("GET", "/password", Access.ADMINISTRATORS, visit -> password(visit, 200, "")),
        new Route("POST", "/password", Access.ADMINISTRATORS, this::change));
  }

  private Reply ask(Visit visit) {
    return form(visit, 200, visit.query("again").isEmpty() ? "" : ENDED);
  }

  private Reply form(Visit visit, int status, String problem) {
    String token = visit.cookie(FORM_COOKIE).filter(t -> t.length() >= 40).orElseGet(Secrets::next);
    Frame frame = new Frame("Log in", visit.path(), null, token);
    return Reply.html(status, pages.login(frame, problem)).keeping(FORM_COOKIE, token);
  }

  private Reply logIn(Visit visit) {
    String token = visit.cookie(FORM_COOKIE).orElse("");
    if (token.isEmpty() || !Secrets.same(token, visit.form("csrf"))) {
      return form(visit, 403, "The form was too old, or its cookie did not come back. Try again.");
    }
    String name = visit.form("username");
    Optional<Duration> wait = attempts.begin(visit.address(), name);
    if (wait.isPresent()) {
      long minutes = wait.get().toMinutes() + 1;
      return form(visit, 429, "Too many attempts. Try again in " + minutes + " minutes.")
          .header("Retry-After", Long.toString(wait.get().toSeconds() + 1));
    }
    Optional<Login> login =
        readiness.ready().logins().logIn(name, visit.form("password")).filter(Login::administrator);
    if (login.isEmpty()) {
      return form(visit, 401, WRONG);
    }
    attempts.succeeded(visit.address(), name);
    visit.cookie(Dispatcher.COOKIE).ifPresent(sessions::end); // what the browser brought is over
    return Reply.seeOther("/").keeping(Dispatcher.COOKIE, sessions.begin(login.get()));
  }

  private Reply logOut(Visit visit) {
    visit.cookie(Dispatcher.COOKIE).ifPresent(sessions::end);
    return Reply.seeOther("/login").forgetting(Dispatcher.COOKIE);
  }

  private Reply password(Visit visit, int status, String problem) {
    boolean first = visit.session().login().mustChange();
    return Reply.html(status, pages.password(visit.frame("Password"), first, problem));
  }

  private Reply change(Visit visit) {
    Login login = visit.session().login();
    String chosen = visit.form("chosen");
    if (!chosen.equals(visit.form("again"))) {
      return password(visit, 422, "The two new passwords differ.");
    }
    if (chosen.length() < Logins.SHORTEST_PASSWORD || chosen.length() > Logins.LONGEST_PASSWORD) {
      return password(visit, 422, "Choose 12 to 200 characters.");
    }
    if (chosen.equals(visit.form("current"))) {
      return password(visit, 422, "Choose another than the current one.");
    }
    Optional<Duration> wait = attempts.begin(visit.address(), login.username());
    if (wait.isPresent()) {
      return password(visit, 429, "Too many attempts. Try again later.");
    }
    if (!readiness.ready().logins().change(login.userId(), visit.form("current"), chosen)) {
      return password(visit, 401, "The current password is another one.");
    }
    attempts.succeeded(visit.address(), login.username());
    sessions.endAll(login.userId());
    Login now = readiness.ready().logins().of(login.userId()).orElse(login);
    return Reply.seeOther("/").keeping(Dispatcher.COOKIE, sessions.begin(now));
  }
}
