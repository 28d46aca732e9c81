package dev.outgrow.examples.application;

import dev.outgrow.examples.media.FirstLogin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody with a browser that keeps cookies and follows nothing by itself. */
final class Visitor {
  static final String PASSWORD = "a password that was chosen";
  private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]*)\"");

  private static final Pattern MARK = Pattern.compile("name=\"mark\" value=\"([^\"]*)\"");

  private final CookieManager cookies = new CookieManager();
  private final HttpClient client = HttpClient.newBuilder().cookieHandler(cookies).build();
  private final String base;

  Visitor(MediaApplication application) {
    this(application.url());
  }

  Visitor(String base) {
    this.base = base;
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(URI.create(base + path)).header("Accept", "text/html"));
  }

  /** Returns what comes, as it comes. */
  InputStream stream(String path) {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> post(String path, Map<String, String> fields, String... headers) {
    String form =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /** Opens a page and sends its form. */
  HttpResponse<String> fill(String page, Map<String, String> fields) {
    Map<String, String> all = new java.util.HashMap<>(fields);
    all.put("csrf", token(get(page).body()));
    return post(page, all);
  }

  HttpResponse<String> logIn(String name, String password) {
    return fill("login", Map.of("username", name, "password", password));
  }

  /** Opens a page and sends one of its forms, which goes elsewhere. */
  HttpResponse<String> sendForm(String page, String form, Map<String, String> fields) {
    String open = get(page).body();
    Map<String, String> all = new java.util.HashMap<>(fields);
    all.put("csrf", token(open));
    all.put("mark", mark(open));
    return post(form, all);
  }

  /** Opens a page and uploads a file by its form. */
  HttpResponse<String> upload(String page, String form, String name, byte[] content) {
    String open = get(page).body();
    return upload(form, token(open), mark(open), name, content);
  }

  /** Begins an upload and goes away in the middle of it. */
  void breakOff(String page, String form, byte[] content) {
    String open = get(page).body();
    URI address = URI.create(base);
    byte[] head = head(token(open), mark(open), "broken.db").getBytes(StandardCharsets.UTF_8);
    String request =
        "POST /%s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nContent-Length: %d\r\n"
                .formatted(form, address.getAuthority(), cookies(), 2L * content.length)
            + "Content-Type: multipart/form-data; boundary=line\r\n\r\n";
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(joined(head, content));
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String cookies() {
    return cookies.getCookieStore().getCookies().stream()
        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  /** Uploads a file with a token of one's own making. */
  HttpResponse<String> uploadWith(String token, String form, byte[] content) {
    return upload(form, token, "", "file.db", content);
  }

  private static String head(String token, String mark, String name) {
    String part = "--line\r\nContent-Disposition: form-data; name=\"";
    return part
        + "csrf\"\r\n\r\n"
        + token
        + "\r\n"
        + part
        + "mark\"\r\n\r\n"
        + mark
        + "\r\n"
        + part
        + "file\"; filename=\""
        + name
        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
  }

  private HttpResponse<String> upload(
      String form, String token, String mark, String name, byte[] content) {
    String head = head(token, mark, name);
    byte[] end = "\r\n--line--\r\n".getBytes(StandardCharsets.UTF_8);
    return send(
        HttpRequest.newBuilder(URI.create(base + form))
            .header("Accept", "text/html")
            .header("Content-Type", "multipart/form-data; boundary=line")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    joined(head.getBytes(StandardCharsets.UTF_8), content, end))));
  }

  private static byte[] joined(byte[]... parts) {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** Opens a page again and again until it is as wanted, for a minute at most. */
  String await(String path, Predicate<String> wanted) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    String page = get(path).body();
    while (!wanted.test(page) && System.nanoTime() < end) {
      page = get(path).body();
    }
    return page;
  }

  /** Logs in, and chooses a password where that is asked for. */
  void enter(FirstLogin first) {
    if (logIn(first.username(), PASSWORD).statusCode() != 303) {
      logIn(first.username(), first.password());
      fill("password", Map.of("current", first.password(), "chosen", PASSWORD, "again", PASSWORD));
    }
  }

  static String mark(String page) {
    Matcher mark = MARK.matcher(page);
    return mark.find() ? mark.group(1) : "";
  }

  static String token(String page) {
    Matcher token = TOKEN.matcher(page);
    return token.find() ? token.group(1) : "";
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
