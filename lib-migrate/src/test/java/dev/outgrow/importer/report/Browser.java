package dev.outgrow.importer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real browser behind a proxy that answers everything by itself and remembers what it was asked
 * for, so that nothing goes out and nothing goes unseen.
 */
final class Browser implements AutoCloseable {
  private static final String PAGE = "http://report.invalid/page.html";
  private static final String HEADERS =
      String.join(
          "\r\n",
          "HTTP/1.1 200 OK",
          "Content-Type: text/html; charset=utf-8",
          "Connection: close",
          "Content-Length: %d",
          "",
          "");

  private final String program;
  private final Path folder;
  private final ServerSocket proxy;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile byte[] page = new byte[0];

  /** What a browser made of a page. */
  record Seen(String dom, List<String> console, List<String> requests) {}

  private Browser(String program, Path folder) throws IOException {
    this.program = program;
    this.folder = folder;
    this.proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    while (!proxy.isClosed()) {
      try (Socket socket = proxy.accept()) {
        answer(socket);
      } catch (IOException e) {
        // The browser has hung up, or the test is over.
      }
    }
  }

  /** One connection is asked one thing; the browser opens as many as it needs. */
  private void answer(Socket socket) throws IOException {
    socket.setSoTimeout(1_000); // one that is opened in advance asks for nothing
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    String line = in.readLine();
    String[] words = line == null ? new String[0] : line.split(" ", -1);
    while (line != null && !line.isEmpty()) {
      line = in.readLine();
    }
    if (words.length > 1) {
      requests.add(words[1]);
      byte[] body = words[1].equals(PAGE) ? page : new byte[0];
      OutputStream out = socket.getOutputStream();
      out.write(HEADERS.formatted(body.length).getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
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
    return new Browser(program, folder);
  }

  Seen show(String html) throws IOException, InterruptedException {
    page = html.getBytes(StandardCharsets.UTF_8);
    requests.clear();
    Path dom = Files.createTempFile(folder, "dom", ".html");
    Path log = Files.createTempFile(folder, "browser", ".log");
    Process process =
        new ProcessBuilder(command())
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("the browser ends").isTrue();
    List<String> console =
        Files.readString(log).lines().filter(line -> line.contains("CONSOLE")).toList();
    List<String> ofPages =
        requests.stream().filter(r -> r.toLowerCase(Locale.ROOT).contains(".invalid")).toList();
    return new Seen(Files.readString(dom), console, ofPages);
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(List.of(program, "--headless", "--no-sandbox"));
    command.addAll(
        List.of(
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--enable-logging=stderr",
            "--user-data-dir=" + folder.resolve("profile"),
            "--proxy-server=http://127.0.0.1:" + proxy.getLocalPort(),
            "--proxy-bypass-list=<-loopback>",
            "--window-size=360,800",
            "--virtual-time-budget=3000",
            "--dump-dom",
            PAGE));
    return command;
  }

  @Override
  public void close() throws IOException {
    proxy.close();
  }
}
