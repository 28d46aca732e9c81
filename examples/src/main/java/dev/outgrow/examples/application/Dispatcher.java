package dev.outgrow.examples.application;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.UnavailableException;
import dev.outgrow.examples.application.LoginSessions.Session;
import dev.outgrow.examples.application.Route.Access;
import dev.outgrow.examples.application.Route.Manner;
import dev.outgrow.examples.media.Login;
import dev.outgrow.examples.pages.Frame;
import dev.outgrow.examples.pages.Pages;
import dev.outgrow.query.table.TableRequestException;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who is asked, lets in who may, and makes an answer of every failure. */
final class Dispatcher implements HttpHandler {
  static final String COOKIE = "media_history";
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final List<Route> routes;
  private final Gate gate;
  private final Proxies proxies;
  private final LoginSessions sessions;
  private final Readiness readiness;
  private final Pages pages;
  private final RequestMeters meters;

  Dispatcher(
      List<Route> routes,
      Gate gate,
      Proxies proxies,
      LoginSessions sessions,
      Readiness readiness,
      Pages pages,
      RequestMeters meters) {
    this.routes = List.copyOf(routes);
    this.gate = gate;
    this.proxies = proxies;
    this.sessions = sessions;
    this.readiness = readiness;
    this.pages = pages;
    this.meters = meters;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    long begin = System.nanoTime();
    List<Route> here =
        routes.stream().filter(route -> route.leadsTo(exchange.getRequestPath())).toList();
    Reply reply = answer(exchange, here);
    meters.count(here.isEmpty() ? "none" : here.get(0).path(), reply.status(), begin);
    Sender.send(exchange, reply, proxies.isSecure(exchange));
  }

  private Reply answer(HttpServerExchange exchange, List<Route> here) {
    try {
      if (!gate.knows(
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host")).orElse(""))) {
        return problem(421, "Not this server", "It answers to localhost alone.", "Ask for that.");
      }
      if (here.isEmpty()) {
        return problem(404, "Not found", "There is no such page.", "See the address.");
      }
      String method = exchange.getRequestMethod().toString();
      String wanted = method.equals("HEAD") ? "GET" : method;
      Optional<Route> route = here.stream().filter(r -> r.method().equals(wanted)).findFirst();
      return route.map(found -> admit(exchange, found)).orElseGet(() -> notAllowed(here));
    } catch (RuntimeException failure) {
      return failed(failure);
    }
  }

  private Reply notAllowed(List<Route> here) {
    String methods = here.stream().map(Route::method).collect(Collectors.joining(", "));
    return problem(405, "Not that way", "This address is not used that way.", "Go to its page.")
        .header("Allow", methods);
  }

  private Reply admit(HttpServerExchange exchange, Route route) {
    if (route.access() == Access.EVERYBODY) {
      return route.action().answer(new Visit(exchange, null, proxies));
    }
    if (!readiness.isReady()) {
      return starting();
    }
    Session session = route.access() == Access.ADMINISTRATORS ? session(exchange) : null;
    Visit visit = new Visit(exchange, session, proxies);
    if (session != null && !session.login().administrator()) {
      return problem(
          403,
          "Not for you",
          "Only administrators get in.",
          "Ask one of them to make you an administrator, and log in again.");
    }
    if (route.method().equals("POST") && !isOwnForm(route, visit, session)) {
      return problem(
          403,
          "Not accepted",
          "This form was not sent by a page of this site, or is too old.",
          "Open the page again, and send its form.");
    }
    if (route.access() == Access.ADMINISTRATORS) {
      return session == null ? toLogin(visit) : forAdministrator(route, visit, session);
    }
    return act(route, visit);
  }

  /** Whoever moves the application to another database waits for those who write to this one. */
  private Reply act(Route route, Visit visit) {
    boolean writes = route.method().equals("POST") && route.manner() == Manner.USUAL;
    return writes
        ? readiness.writing(() -> route.action().answer(visit))
        : route.action().answer(visit);
  }

  private static boolean isOwnForm(Route route, Visit visit, @Nullable Session session) {
    // The form that logs in has no session yet; its token is compared to a cookie of its own.
    return Gate.isOwn(visit)
        && (session == null
            || route.manner() == Manner.STREAMED
            || Secrets.same(session.csrf(), visit.form("csrf")));
  }

  private Reply forAdministrator(Route route, Visit visit, Session session) {
    Login login = session.login();
    boolean changes = visit.path().equals("/password") || visit.path().equals("/logout");
    return login.mustChange() && !changes ? Reply.seeOther("/password") : act(route, visit);
  }

  /** Whoever was removed, is not active or no administrator any more is out at once. */
  private @Nullable Session session(HttpServerExchange exchange) {
    Optional<String> secret = Visit.cookie(exchange, COOKIE);
    Optional<Session> found = secret.flatMap(sessions::find);
    if (found.isEmpty()) {
      return null;
    }
    LongFunction<Optional<Login>> look = readiness.ready().logins()::of;
    Optional<Login> now = look.apply(found.get().login().userId());
    if (now.filter(Login::administrator).isEmpty()) {
      sessions.end(secret.orElseThrow());
    }
    return now.map(login -> found.get().of(login)).orElse(null);
  }

  private static Reply toLogin(Visit visit) {
    boolean page = visit.header("Accept").filter(types -> types.contains("text/html")).isPresent();
    boolean ended = visit.cookie(COOKIE).isPresent();
    return page
        ? Reply.seeOther(ended ? LoginPages.AGAIN : "/login")
        : Reply.json(401, "{\"error\":\"Nobody is logged in. Log in at /login.\"}");
  }

  private Reply starting() {
    return problem(
            503,
            "One moment",
            "The application waits for its database.",
            "This page tries again every five seconds.")
        .header("Retry-After", "5")
        .header("Refresh", "5");
  }

  private Reply failed(RuntimeException failure) {
    if (failure instanceof TableRequestException wrong) {
      return Reply.of(400, "text/plain; charset=utf-8", wrong.what() + " " + wrong.remedy());
    }
    if (failure instanceof UnavailableException away) {
      LOG.warn("The database is not available: {}", away.getMessage());
      return problem(
              503, "Not available", "The database does not answer.", "Try again in a moment.")
          .header("Retry-After", "5");
    }
    LOG.error("A request failed", failure);
    String what = failure instanceof OutgrowException known ? known.what() : "Something failed.";
    return problem(500, "That went wrong", what, "The server's log says more.");
  }

  private Reply problem(int status, String title, String what, String remedy) {
    Frame frame = new Frame(title, "", null, "");
    return Reply.html(status, pages.problem(frame, what, remedy));
  }
}
