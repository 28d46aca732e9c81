package dev.outgrow.examples.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.examples.media.MediaChains;
import dev.outgrow.migration.StartPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The application as it is asked over HTTP, on either backend. */
@Tag("slow")
class ApplicationTest {
  private static final List<String> PAGES = List.of("", "users", "graphs", "history");
  private static final String HOSTILE = "<script>alert(1)</script>";

  private static @Nullable SameHistory history;

  @BeforeAll
  static void make(@TempDir Path folder) {
    history = SameHistory.in(folder, 3_000);
  }

  @AfterAll
  static void drop() {
    Objects.requireNonNull(history).close();
  }

  private static MediaApplication serve(Backend backend) {
    return serve(backend, InstantSource.system());
  }

  private static MediaApplication serve(Backend backend, InstantSource clock) {
    MediaApplication application = MediaApplication.listen("127.0.0.1", 0, clock);
    open(application, backend);
    return application;
  }

  private static void open(MediaApplication application, Backend backend) {
    application.open(
        place(backend).config(),
        Duration.ofSeconds(30),
        database -> MediaChains.of(database, login -> {}),
        StartPolicy.CHECK_ONLY);
  }

  private static SameHistory.Place place(Backend backend) {
    return Objects.requireNonNull(history).on(backend);
  }

  private static Visitor administrator(MediaApplication application, Backend backend) {
    Visitor visitor = new Visitor(application);
    visitor.enter(place(backend).first());
    return visitor;
  }

  private static void sql(Backend backend, String... statements) {
    try (Database database = place(backend).open()) {
      database.inTransaction(
          tx -> {
            try (Statement statement = tx.connection().createStatement()) {
              for (String sql : statements) {
                statement.execute(sql);
              }
            }
          });
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void showsItsPagesToAdministratorsAlone(Backend backend) {
    try (MediaApplication application = serve(backend)) {
      Visitor stranger = new Visitor(application);
      Visitor administrator = administrator(application, backend);

      for (String page : PAGES) {
        assertThat(stranger.get(page).statusCode()).as(page).isEqualTo(303);
        assertThat(stranger.get(page).headers().firstValue("Location")).contains("/login");
        assertThat(administrator.get(page).statusCode()).as(page).isEqualTo(200);
      }
      assertThat(administrator.get("").body())
          .contains("<h1>What was watched</h1>", "Asia/Kolkata", "Łukasz 1", "Streams at once")
          .doesNotContain("null");
    }
  }

  /** Byte for byte, so every number of every page. */
  @Test
  void showsTheSamePagesOnBothBackends() {
    try (MediaApplication postgres = serve(Backend.POSTGRESQL);
        MediaApplication sqlite = serve(Backend.SQLITE)) {
      Visitor there = administrator(postgres, Backend.POSTGRESQL);
      Visitor here = administrator(sqlite, Backend.SQLITE);

      for (String page : List.of("", "users", "graphs")) {
        for (int days : List.of(7, 30, 90, 365)) {
          String path = page + "?days=" + days;
          String body = shown(there, path);
          assertThat(shown(here, path)).as(path).isEqualTo(body);
          assertThat(body).as(path).contains("<table", "aria-current=\"true\">" + days + " days");
        }
      }
      for (String request :
          List.of(
              rows("started", "desc", "", 0, 25),
              rows("title", "asc", "", 100, 100),
              rows("seconds", "desc", "lighthouse", 0, 10))) {
        assertThat(here.get(request).body())
            .contains("\"recordsTotal\":3000", "\"title\"")
            .isEqualTo(there.get(request).body());
      }
    }
  }

  private static String shown(Visitor visitor, String path) {
    String page = visitor.get(path).body();
    return page.replace(Visitor.token(page), "token");
  }

  private static String rows(String order, String direction, String title, int start, int length) {
    List<String> columns = List.of("started", "user", "title", "seconds");
    StringBuilder request = new StringBuilder("history/rows?draw=7");
    request.append("&start=").append(start).append("&length=").append(length);
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i);
      append(request, "columns[" + i + "][data]", name);
      append(request, "columns[" + i + "][searchable]", String.valueOf(!name.equals("seconds")));
      append(request, "columns[" + i + "][search][value]", name.equals("title") ? title : "");
    }
    append(request, "order[0][column]", String.valueOf(columns.indexOf(order)));
    append(request, "order[0][dir]", direction);
    return request.toString();
  }

  private static void append(StringBuilder request, String name, String value) {
    request.append('&').append(Visitor.encoded(name)).append('=').append(Visitor.encoded(value));
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void refusesRowsThatAreNotToBeHad(Backend backend) {
    try (MediaApplication application = serve(backend)) {
      Visitor administrator = administrator(application, backend);

      assertThat(administrator.get(rows("started", "desc", "", 0, 101)).statusCode())
          .isEqualTo(400);
      HttpResponse<String> other =
          administrator.get(rows("started", "desc", "", 0, 10).replace("=user", "=email"));
      assertThat(other.statusCode()).isEqualTo(400);
      assertThat(other.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void writesHostileNamesAsText(Backend backend) {
    sql(
        backend,
        "UPDATE users SET friendly_name = '" + HOSTILE + "' WHERE id = 2",
        "UPDATE items SET title = '\"><img src=x onerror=alert(1)>' WHERE id = "
            + "(SELECT item_id FROM sessions ORDER BY started DESC LIMIT 1)",
        "UPDATE sessions SET platform = '</th>" + HOSTILE + "' WHERE platform = 'Android'");
    try (MediaApplication application = serve(backend)) {
      Visitor administrator = administrator(application, backend);

      for (String page : List.of("", "users")) {
        assertThat(administrator.get(page).body())
            .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
            .doesNotContain(HOSTILE, "<img src=x");
      }
    } finally {
      sql(
          backend,
          "UPDATE users SET friendly_name = 'José 2' WHERE id = 2",
          "UPDATE sessions SET platform = 'Android' WHERE platform LIKE '</th>%'");
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void makesTheFirstAdministratorChooseAPassword(Backend backend, @TempDir Path folder) {
    try (SameHistory own = SameHistory.in(folder, 50);
        MediaApplication application = MediaApplication.listen("127.0.0.1", 0)) {
      application.open(
          own.on(backend).config(),
          Duration.ofSeconds(30),
          database -> MediaChains.of(database, login -> {}),
          StartPolicy.CHECK_ONLY);
      Visitor visitor = new Visitor(application);
      String given = own.on(backend).first().password();
      visitor.logIn("user1", given);

      assertThat(visitor.get("").headers().firstValue("Location")).contains("/password");
      assertThat(change(visitor, "wrong", "another password", "another password")).isEqualTo(401);
      assertThat(change(visitor, given, "short", "short")).isEqualTo(422);
      assertThat(change(visitor, given, "another password", "another passw0rd")).isEqualTo(422);
      assertThat(change(visitor, given, given, given)).isEqualTo(422);
      assertThat(change(visitor, given, "another password", "another password")).isEqualTo(303);
      assertThat(visitor.get("").statusCode()).isEqualTo(200);
      assertThat(new Visitor(application).logIn("user1", given).statusCode()).isEqualTo(401);
    }
  }

  private static int change(Visitor visitor, String current, String chosen, String again) {
    return visitor
        .fill("password", Map.of("current", current, "chosen", chosen, "again", again))
        .statusCode();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void letsNobodyInWithoutThePassword(Backend backend) {
    try (MediaApplication application = serve(backend)) {
      HttpResponse<String> wrong = new Visitor(application).logIn("user1", "wrong");
      HttpResponse<String> unknown = new Visitor(application).logIn("nobody", "wrong");

      assertThat(wrong.statusCode()).isEqualTo(401);
      assertThat(unknown.statusCode()).isEqualTo(401);
      assertThat(wrong.body().replace(Visitor.token(wrong.body()), ""))
          .isEqualTo(unknown.body().replace(Visitor.token(unknown.body()), ""));
      assertThat(new Visitor(application).logIn("user2", "").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void makesWhoeverGuessesTooOftenWait() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    try (MediaApplication application = serve(Backend.SQLITE, now::get)) {
      administrator(application, Backend.SQLITE);
      Visitor visitor = new Visitor(application);
      for (int i = 0; i < Attempts.MOST; i++) {
        assertThat(visitor.logIn("user1", "guess " + i).statusCode()).isEqualTo(401);
      }

      HttpResponse<String> right = visitor.logIn("user1", Visitor.PASSWORD);
      assertThat(right.statusCode()).isEqualTo(429);
      assertThat(right.headers().firstValue("Retry-After")).isPresent();
      now.set(Instant.EPOCH.plus(Attempts.WINDOW));
      assertThat(visitor.logIn("user1", Visitor.PASSWORD).statusCode()).isEqualTo(303);
    }
  }

  @Test
  void acceptsFormsOfItsOwnPagesAlone() {
    try (MediaApplication application = serve(Backend.SQLITE)) {
      Visitor administrator = administrator(application, Backend.SQLITE);
      String token = Visitor.token(administrator.get("").body());

      assertThat(administrator.post("logout", Map.of()).statusCode()).isEqualTo(403);
      assertThat(administrator.post("logout", Map.of("csrf", "guessed")).statusCode())
          .isEqualTo(403);
      for (String[] foreign :
          List.of(
              new String[] {"Origin", "http://evil.example"},
              new String[] {"Origin", "null"},
              new String[] {"Sec-Fetch-Site", "cross-site"})) {
        assertThat(administrator.post("logout", Map.of("csrf", token), foreign).statusCode())
            .as(foreign[1])
            .isEqualTo(403);
      }
      assertThat(administrator.get("").statusCode()).isEqualTo(200);
      assertThat(new Visitor(application).post("login", Map.of("username", "user1")).statusCode())
          .isEqualTo(403);
      assertThat(administrator.post("logout", Map.of("csrf", token)).statusCode()).isEqualTo(303);
      assertThat(administrator.get("").statusCode()).isEqualTo(303);
    }
  }

  @Test
  void keepsABrowserFromDoingWhatNoPageAskedFor() {
    try (MediaApplication application = serve(Backend.SQLITE)) {
      Visitor visitor = new Visitor(application);
      for (String path : List.of("", "login", "health", "nowhere", "assets/style.css")) {
        var headers = visitor.get(path).headers();
        assertThat(headers.firstValue("Content-Security-Policy"))
            .as(path)
            .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        assertThat(headers.firstValue("X-Content-Type-Options")).as(path).contains("nosniff");
      }
      HttpResponse<String> entered = visitor.logIn("user1", "wrong");
      assertThat(entered.headers().firstValue("Set-Cookie"))
          .hasValueSatisfying(
              cookie -> assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/"));
      assertThat(visitor.get("nowhere").statusCode()).isEqualTo(404);
      assertThat(visitor.post("", Map.of()).statusCode()).isEqualTo(405);
      assertThat(visitor.get("assets/..%2Fapplication.properties").statusCode()).isEqualTo(404);
    }
  }

  /** What another site's name leads to this machine with is not for it. */
  @Test
  void answersToItsOwnNamesAlone() throws IOException {
    try (MediaApplication application = serve(Backend.SQLITE)) {
      assertThat(firstLine(application, "evil.example")).contains(" 421 ");
      assertThat(firstLine(application, "localhost:" + port(application))).contains(" 200 ");
    }
  }

  private static int port(MediaApplication application) {
    return URI.create(application.url()).getPort();
  }

  private static String firstLine(MediaApplication application, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(application))) {
      String request = "GET /login HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .orElse("");
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void putsAnAdministratorOutWhoIsNoneAnyMore(Backend backend) {
    try (MediaApplication application = serve(backend)) {
      Visitor administrator = administrator(application, backend);
      sql(backend, "UPDATE users SET is_active = 0 WHERE id = 1");
      try {
        assertThat(administrator.get("").statusCode()).isEqualTo(303);
        assertThat(administrator.logIn("user1", Visitor.PASSWORD).statusCode()).isEqualTo(401);
      } finally {
        sql(backend, "UPDATE users SET is_active = 1 WHERE id = 1");
      }
      assertThat(administrator.get("").statusCode()).isEqualTo(303);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void saysHowItIs(Backend backend) {
    try (MediaApplication application = serve(backend)) {
      Visitor watcher = new Visitor(application);
      HttpResponse<String> health = watcher.get("health");
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(Json.at(Json.object(health.body()), "status")).isEqualTo("up");
      assertThat(Json.at(Json.object(health.body()), "database", "backend"))
          .isEqualTo(backend.title());
      assertThat(Json.at(Json.object(health.body()), "checks", "migrations")).isEqualTo("well");

      assertThat(watcher.get("metrics").body())
          .contains(
              "http_server_requests_seconds_count{route=\"/health\",status=\"200\"} 1",
              "# TYPE jvm_memory_used_bytes gauge");
    }
  }

  @Test
  void listensBeforeItHasADatabase() {
    try (MediaApplication application = MediaApplication.listen("127.0.0.1", 0)) {
      Visitor visitor = new Visitor(application);
      assertThat(visitor.get("health").statusCode()).isEqualTo(503);
      assertThat(visitor.get("health").body()).contains("\"starting\"");
      assertThat(visitor.get("").statusCode()).isEqualTo(503);
      assertThat(visitor.get("").headers().firstValue("Retry-After")).contains("5");

      open(application, Backend.POSTGRESQL);

      assertThat(visitor.get("health").statusCode()).isEqualTo(200);
      assertThat(visitor.get("login").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void saysThatNobodyMayListenThere() {
    try (MediaApplication application = MediaApplication.listen("127.0.0.1", 0)) {
      assertThatThrownBy(() -> MediaApplication.listen("127.0.0.1", port(application)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("127.0.0.1:" + port(application));
    }
  }
}
