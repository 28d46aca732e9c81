package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.database.DatabaseUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The application as a process of its own: from DATABASE_URL alone to the signal that ends it. */
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class ServeProcessTest extends RunnerFixture {
  /** What the JVM gives back when it is asked to end: 128 and the signal's number. */
  private static final int ENDED_BY_TERM = 143;

  private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

  @TempDir private Path folder;

  /** A running one, its address, and the password it has shown. */
  private record Served(Process process, String url, String password) {}

  private Process start(String url) throws IOException {
    ProcessBuilder builder = builder();
    builder.command().addAll(List.of("--wait", "2m"));
    builder.environment().put("DATABASE_URL", url);
    return builder.start();
  }

  private ProcessBuilder builder() {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            Outgrow.class.getName(),
            "serve",
            "--port",
            "0");
    builder.command(new ArrayList<>(builder.command()));
    builder.environment().remove("DATABASE_URL");
    return builder.redirectError(folder.resolve("serve.log").toFile());
  }

  private Served listening(Process process) throws IOException {
    String password = "";
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.strip().startsWith("password ")) {
        password = line.strip().substring("password".length()).strip();
      }
      Matcher address = Pattern.compile("at (http://127\\.0\\.0\\.1:[0-9]+/)").matcher(line);
      if (address.find()) {
        return new Served(process, address.group(1), password);
      }
    }
    throw new AssertionError("No address, but: " + Files.readString(folder.resolve("serve.log")));
  }

  private static void endsCleanly(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ENDED_BY_TERM);
    assertThat(process.descendants()).isEmpty();
  }

  private static HttpResponse<String> get(HttpClient client, String address)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address)).header("Accept", "text/html").build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static int logIn(HttpClient client, Served served)
      throws IOException, InterruptedException {
    Matcher token = TOKEN.matcher(get(client, served.url() + "login").body());
    assertThat(token.find()).isTrue();
    String form =
        "csrf=%s&username=admin&password=%s"
            .formatted(
                token.group(1), URLEncoder.encode(served.password(), StandardCharsets.UTF_8));
    return client
        .send(
            HttpRequest.newBuilder(URI.create(served.url() + "login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void servesWhatTheEnvironmentNamesUntilItIsAskedToEnd(Backend backend) throws Exception {
    String database =
        backend == Backend.SQLITE ? "sqlite:///" + folder.resolve("media.db") : target();
    Process process = start(database);
    try {
      Served served = listening(process);
      HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

      assertThat(get(client, served.url() + "health").body()).contains(backend.title(), "\"up\"");
      assertThat(logIn(client, served)).isEqualTo(303);
      assertThat(get(client, served.url() + "password").body()).contains("Choose a password");
      endsCleanly(process);
      assertThat(Files.readString(folder.resolve("serve.log")))
          .doesNotContain("Exception", served.password());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void demonstratesOnFilesAndAServerOfItsOwn() throws Exception {
    ProcessBuilder builder = builder();
    builder.command().add("--demo");
    Process process = builder.start();
    try {
      Served served = listening(process);
      HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

      assertThat(demonstrations()).hasSize(1);
      assertThat(logIn(client, served)).isEqualTo(303);
      endsCleanly(process);
      assertThat(demonstrations()).isEmpty();
      assertThat(Files.readString(folder.resolve("serve.log")))
          .contains("media-history.sqlite", "embedded PostgreSQL")
          .doesNotContain("Exception");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aDemonstrationThatIsEndedBeforeItBeginsLeavesNothing() throws Exception {
    ProcessBuilder builder = builder();
    builder.command().add("--demo");
    Process process = builder.start();
    try {
      awaitWord(process, folder.resolve("serve.log"), "Making a year of media history");
      assertThat(demonstrations()).hasSize(1);
      endsCleanly(process);
      assertThat(demonstrations()).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  private List<Path> demonstrations() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().startsWith("outgrow-demo")).toList();
    }
  }

  @Test
  void theDemonstrationTakesNothingElse() {
    assertThat(run("serve", "--demo", "--to", "sqlite:///x.db").exitCode()).isEqualTo(2);
    assertThat(run("serve", "--demo", "--files", folder.toString()).err()).contains("--demo");
  }

  /** The port is there and refuses until the server is; who waits says so, and then serves. */
  @Test
  void waitsForADatabaseThatStartsLater() throws Exception {
    DatabaseUrl real = url();
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process =
        start(target().replace(":" + real.hosts().get(0).port() + "/", ":" + port + "/"));
    try {
      awaitWord(process, folder.resolve("serve.log"), "Waiting for the database");
      try (Relay relay = new Relay(port, real.hosts().get(0).port())) {
        Served served = listening(process);
        HttpClient client = HttpClient.newHttpClient();

        assertThat(get(client, served.url() + "health").statusCode()).isEqualTo(200);
        assertThat(relay.served()).isTrue();
        endsCleanly(process);
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static void awaitWord(Process process, Path log, String word) throws IOException {
    while (process.isAlive() && !Files.readString(log).contains(word)) {
      Thread.onSpinWait();
    }
    assertThat(process.isAlive()).isTrue();
  }

  /** The server under another port, from when this is made until it is closed. */
  private static final class Relay implements AutoCloseable {
    private final ServerSocket socket;
    private final int port;
    private volatile boolean served;

    Relay(int listens, int port) throws IOException {
      this.socket = new ServerSocket(listens, 50, InetAddress.getLoopbackAddress());
      this.port = port;
      daemon(this::accept);
    }

    boolean served() {
      return served;
    }

    private static void daemon(Runnable work) {
      Thread thread = new Thread(work, "relay");
      thread.setDaemon(true);
      thread.start();
    }

    private void accept() {
      try {
        while (true) {
          Socket client = socket.accept();
          Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
          served = true;
          daemon(() -> copy(client, server));
          daemon(() -> copy(server, client));
        }
      } catch (IOException closed) {
        // the end of the test
      }
    }

    private static void copy(Socket from, Socket to) {
      try (from;
          to;
          InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        in.transferTo(out);
      } catch (IOException closed) {
        // one side has gone: the other one goes, too
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
