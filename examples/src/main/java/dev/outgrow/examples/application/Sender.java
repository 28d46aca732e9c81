package dev.outgrow.examples.application;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.CookieImpl;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** Writes answers, each with the headers that keep a browser from doing what no page asked for. */
final class Sender {
  /** No script, style, picture, font or form but the application's own; nobody frames it. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private Sender() {}

  static void send(HttpServerExchange exchange, Reply reply, boolean secure) throws Exception {
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(Headers.CONTENT_TYPE, reply.type());
    headers.put(new HttpString("Content-Security-Policy"), CONTENT_SECURITY_POLICY);
    headers.put(new HttpString("X-Content-Type-Options"), "nosniff");
    headers.put(new HttpString("Referrer-Policy"), "same-origin");
    headers.put(new HttpString("Cross-Origin-Opener-Policy"), "same-origin");
    headers.put(new HttpString("Cross-Origin-Resource-Policy"), "same-origin");
    headers.put(Headers.CACHE_CONTROL, "no-store");
    reply.headers().forEach((name, value) -> headers.put(new HttpString(name), value));
    reply.cookie().ifPresent(cookie -> keep(exchange, cookie, secure));
    exchange.setStatusCode(reply.status());
    if (reply.stream().isPresent()) {
      reply.stream().get().handleRequest(exchange);
    } else {
      exchange.getResponseSender().send(reply.content().duplicate());
    }
  }

  private static void keep(HttpServerExchange exchange, Reply.Keep cookie, boolean secure) {
    CookieImpl kept = new CookieImpl(cookie.name(), cookie.value());
    kept.setPath("/").setHttpOnly(true).setSameSiteMode("Strict").setSecure(secure);
    if (cookie.value().isEmpty()) {
      kept.setMaxAge(0).setExpires(Date.from(Instant.now().minus(Duration.ofDays(1))));
    }
    exchange.setResponseCookie(kept);
  }
}
