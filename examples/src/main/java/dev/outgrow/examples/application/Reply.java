package dev.outgrow.examples.application;

import io.undertow.server.HttpHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An answer.
 *
 * @param status the number of HTTP
 * @param type the content's type
 * @param content what it is
 * @param headers more headers than every answer has
 * @param cookie what the browser is to keep, if anything
 * @param stream what writes the content instead, for as long as it likes
 */
record Reply(
    int status,
    String type,
    ByteBuffer content,
    Map<String, String> headers,
    Optional<Keep> cookie,
    Optional<HttpHandler> stream) {
  static final String HTML = "text/html; charset=utf-8";
  static final String JSON = "application/json";

  /** A cookie; an empty value takes it away. */
  record Keep(String name, String value) {}

  Reply(
      int status,
      String type,
      ByteBuffer content,
      Map<String, String> headers,
      Optional<Keep> cookie) {
    this(status, type, content, headers, cookie, Optional.empty());
  }

  /** Answers piece by piece. */
  static Reply streamed(String type, HttpHandler stream) {
    return new Reply(
        200, type, ByteBuffer.allocate(0), Map.of(), Optional.empty(), Optional.of(stream));
  }

  static Reply html(int status, String page) {
    return of(status, HTML, page);
  }

  static Reply json(int status, String json) {
    return of(status, JSON, json);
  }

  static Reply of(int status, String type, String text) {
    return new Reply(status, type, StandardCharsets.UTF_8.encode(text), Map.of(), Optional.empty());
  }

  /** Sends the browser to another address, which it gets. */
  static Reply seeOther(String path) {
    return of(303, "text/plain; charset=utf-8", "").header("Location", path);
  }

  Reply header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, type, content, more, cookie, stream);
  }

  Reply keeping(String name, String value) {
    return new Reply(status, type, content, headers, Optional.of(new Keep(name, value)), stream);
  }

  Reply forgetting(String name) {
    return keeping(name, "");
  }
}
