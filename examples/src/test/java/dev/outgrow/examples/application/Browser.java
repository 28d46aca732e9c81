package dev.outgrow.examples.application;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real browser, led over its own protocol: it remembers every address that its page asked for and
 * every complaint of its console.
 */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger commands = new AtomicInteger();
  private final Map<Long, CompletableFuture<Map<String, @Nullable Object>>> answers =
      new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private volatile CompletableFuture<Boolean> loaded = new CompletableFuture<>();

  private Browser(Process process, URI page) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(page, new Ear()).join();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      send(domain + ".enable", "{}");
    }
  }

  /** Returns where a browser is, if there is one. */
  static Optional<String> find() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(
            name ->
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  static Browser open(String program, Path folder) throws IOException {
    Path log = Files.createTempFile(folder, "browser", ".log");
    Path profile = Files.createTempDirectory(folder, "profile");
    Process process =
        new ProcessBuilder(
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(log.toFile())
            .redirectError(log.toFile())
            .start();
    return new Browser(process, page(port(process, profile)));
  }

  /** The browser writes its port into a file as soon as it listens. */
  private static int port(Process process, Path profile) throws IOException {
    Path file = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() > 1) {
          return Integer.parseInt(lines.get(0));
        }
      }
      Thread.onSpinWait();
    }
    process.destroyForcibly();
    throw new IllegalStateException("The browser did not start");
  }

  private static URI page(int port) throws IOException {
    String pages =
        new String(
            URI.create("http://127.0.0.1:" + port + "/json/list")
                .toURL()
                .openStream()
                .readAllBytes(),
            java.nio.charset.StandardCharsets.UTF_8);
    Object first =
        ((List<?>) Objects.requireNonNull(Json.object("{\"all\":" + pages + "}").get("all")))
            .get(0);
    return URI.create(String.valueOf(((Map<?, ?>) first).get("webSocketDebuggerUrl")));
  }

  /** Goes to an address, and returns when its page has loaded. */
  void go(String address) {
    loaded = new CompletableFuture<>();
    send("Page.navigate", "{\"url\":" + Json.quoted(address) + "}");
    awaitPage();
  }

  /** Does what loads another page. */
  void leave(String script) {
    loaded = new CompletableFuture<>();
    run(script);
    awaitPage();
  }

  private void awaitPage() {
    loaded.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Runs a script, waits for what it promises, and returns that as text. */
  String run(String script) {
    Map<String, @Nullable Object> answer =
        send(
            "Runtime.evaluate",
            "{\"awaitPromise\":true,\"returnByValue\":true,\"expression\":"
                + Json.quoted(script)
                + "}");
    if (Json.at(answer, "result", "exceptionDetails") != null) {
      throw new IllegalStateException(script + ": " + answer);
    }
    return String.valueOf(Json.at(answer, "result", "result", "value"));
  }

  /** Waits in the page, at most a minute, until an expression is true. */
  void until(String expression) {
    run(
        "new Promise((done, failed) => { const end = Date.now() + 60000; const look = () => {"
            + " if ("
            + expression
            + ") done(true); else if (Date.now() > end) failed('waited in vain');"
            + " else requestAnimationFrame(look); }; look(); })");
  }

  /** Presses a key as a person does. */
  void press(String key, int code) {
    for (String type : List.of("rawKeyDown", "keyUp")) {
      send(
          "Input.dispatchKeyEvent",
          "{\"type\":\"%s\",\"key\":\"%s\",\"code\":\"%s\",\"windowsVirtualKeyCode\":%d}"
              .formatted(type, key, key, code));
    }
  }

  /** Chooses a file in a field for files, as a person does in a dialogue. */
  void choose(String selector, Path file) {
    Map<String, @Nullable Object> field =
        send(
            "Runtime.evaluate",
            "{\"expression\":" + Json.quoted("document.querySelector('" + selector + "')") + "}");
    String id = String.valueOf(Json.at(field, "result", "result", "objectId"));
    send(
        "DOM.setFileInputFiles",
        "{\"objectId\":%s,\"files\":[%s]}"
            .formatted(Json.quoted(id), Json.quoted(file.toString())));
  }

  /** Makes the window so large, with or without a dark scheme. */
  void look(int width, int height, boolean dark) {
    send(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":%s}"
            .formatted(width, height, width < 600));
    send(
        "Emulation.setEmulatedMedia",
        "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"%s\"},{\"name\":\"prefers-reduced-motion\",\"value\":\"reduce\"}]}"
            .formatted(dark ? "dark" : "light"));
  }

  /** Returns the whole page as a picture. */
  byte[] picture() {
    Map<String, @Nullable Object> answer =
        send("Page.captureScreenshot", "{\"format\":\"png\",\"captureBeyondViewport\":true}");
    return Base64.getDecoder().decode(String.valueOf(Json.at(answer, "result", "data")));
  }

  List<String> requests() {
    return List.copyOf(requests);
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }

  private Map<String, @Nullable Object> send(String method, String parameters) {
    long id = commands.incrementAndGet();
    CompletableFuture<Map<String, @Nullable Object>> answer = new CompletableFuture<>();
    answers.put(id, answer);
    socket
        .sendText(
            "{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, parameters), true)
        .join();
    return answer.orTimeout(PATIENCE.toSeconds() + 10, TimeUnit.SECONDS).join();
  }

  private void heard(Map<String, @Nullable Object> message) {
    if (message.get("id") instanceof Long id) {
      Objects.requireNonNull(answers.remove(id)).complete(message);
      return;
    }
    switch (String.valueOf(message.get("method"))) {
      case "Page.loadEventFired" -> loaded.complete(true);
      case "Network.requestWillBeSent" ->
          requests.add(String.valueOf(Json.at(message, "params", "request", "url")));
      case "Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled" ->
          complaints.add(message.toString());
      default -> {}
    }
  }

  /** Puts the parts of a message together. */
  private final class Ear implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      parts.append(part);
      if (last) {
        String whole = parts.toString();
        parts.setLength(0);
        heard(Json.object(whole));
      }
      from.request(1);
      return null;
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }
}
