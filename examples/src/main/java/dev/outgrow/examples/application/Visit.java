package dev.outgrow.examples.application;

import dev.outgrow.examples.pages.Frame;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.Cookie;
import io.undertow.server.handlers.form.FormData;
import io.undertow.server.handlers.form.FormDataParser;
import io.undertow.server.handlers.form.FormEncodedDataDefinition;
import io.undertow.server.handlers.form.FormParserFactory;
import io.undertow.util.HeaderMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One request, as the actions see it. */
final class Visit {
  private static final FormParserFactory FORMS =
      FormParserFactory.builder(false).addParser(new FormEncodedDataDefinition()).build();

  private final HttpServerExchange exchange;
  private final LoginSessions.@Nullable Session session;
  private final Proxies proxies;
  private @Nullable FormData form;

  Visit(HttpServerExchange exchange, LoginSessions.@Nullable Session session, Proxies proxies) {
    this.exchange = exchange;
    this.proxies = proxies;
    this.session = session;
  }

  /** Returns the request itself, for whoever reads or answers it piece by piece. */
  HttpServerExchange exchange() {
    return exchange;
  }

  String path() {
    return exchange.getRequestPath();
  }

  /** Returns a parameter of the address, empty if there is none. */
  String query(String name) {
    Deque<String> values = exchange.getQueryParameters().get(name);
    return values == null || values.isEmpty() ? "" : values.getFirst();
  }

  Map<String, String[]> queries() {
    Map<String, String[]> all = new HashMap<>();
    exchange
        .getQueryParameters()
        .forEach((name, values) -> all.put(name, values.toArray(String[]::new)));
    return all;
  }

  /** Returns a field of the form that was sent, empty if there is none. */
  String form(String name) {
    FormData.FormValue value = form().getFirst(name);
    return value == null ? "" : value.getValue();
  }

  /** Returns whether a box of the form that was sent is ticked. */
  boolean ticked(String name) {
    return form().contains(name);
  }

  /** Returns the names of all fields of the form that was sent. */
  Set<String> fields() {
    Set<String> names = new TreeSet<>();
    form().forEach(names::add);
    return names;
  }

  private FormData form() {
    FormData read = form;
    if (read == null) {
      try (FormDataParser parser = FORMS.createParser(exchange)) {
        read = parser == null ? new FormData(1) : parser.parseBlocking();
      } catch (IOException e) {
        throw new UncheckedIOException("The form was not sent whole", e);
      }
      form = read;
    }
    return read;
  }

  Optional<String> header(String name) {
    HeaderMap headers = exchange.getRequestHeaders();
    return Optional.ofNullable(headers.getFirst(name));
  }

  Optional<String> cookie(String name) {
    return cookie(exchange, name);
  }

  static Optional<String> cookie(HttpServerExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestCookie(name)).map(Cookie::getValue);
  }

  /** Returns who asks, by address. */
  String address() {
    return proxies.client(exchange);
  }

  /** Returns who is logged in; an address that is not for administrators may have nobody. */
  LoginSessions.Session session() {
    LoginSessions.Session present = session;
    if (present == null) {
      throw new IllegalStateException("Nobody is logged in at " + path());
    }
    return present;
  }

  Frame frame(String title) {
    LoginSessions.Session present = session;
    return present == null
        ? new Frame(title, path(), null, "")
        : new Frame(title, path(), present.login().username(), present.csrf());
  }
}
