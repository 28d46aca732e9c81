package dev.outgrow.examples.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.examples.media.MediaChains;
import dev.outgrow.examples.wizard.WizardSettings;
import dev.outgrow.migration.StartPolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cookies, proxies, and what whoever watches the application reads. */
@Tag("slow")
class SafeguardsTest {
  private static @Nullable SameHistory history;

  @BeforeAll
  static void make(@TempDir Path folder) {
    history = SameHistory.in(folder, 100);
  }

  @AfterAll
  static void drop() {
    Objects.requireNonNull(history).close();
  }

  private static SameHistory.Place place() {
    return Objects.requireNonNull(history).on(Backend.SQLITE);
  }

  private static MediaApplication serve(List<String> proxies) {
    return open(
        MediaApplication.listen("127.0.0.1", 0, proxies, WizardSettings.defaults()), place());
  }

  private static MediaApplication open(MediaApplication application, SameHistory.Place place) {
    application.open(
        place.config(),
        Duration.ofSeconds(30),
        database -> MediaChains.of(database, login -> {}),
        StartPolicy.CHECK_ONLY);
    return application;
  }

  private static HttpResponse<String> get(
      MediaApplication application, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(application.url() + path)).header("Accept", "text/html");
    return HttpClient.newHttpClient()
        .send(
            (headers.length == 0 ? request : request.headers(headers)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static String cookie(HttpResponse<String> reply) {
    return reply.headers().firstValue("Set-Cookie").orElseThrow();
  }

  @Test
  void keepsCookiesToHttpsWhereATrustedProxyWasReachedByIt() throws Exception {
    try (MediaApplication trusting = serve(List.of("127.0.0.1", "::1"));
        MediaApplication alone = serve(List.of())) {
      String[] https = {"X-Forwarded-Proto", "https"};

      assertThat(cookie(get(trusting, "login", https))).containsIgnoringCase("; secure");
      assertThat(cookie(get(trusting, "login", "X-Forwarded-Proto", "http")))
          .doesNotContainIgnoringCase("secure");
      assertThat(cookie(get(trusting, "login", "X-Forwarded-Proto", "https, http")))
          .doesNotContainIgnoringCase("secure");
      assertThat(cookie(get(alone, "login", https))).doesNotContainIgnoringCase("secure");
    }
  }

  @Test
  void countsLoginsThatFailForWhoeverAskedTheProxy() {
    try (MediaApplication application = serve(List.of("127.0.0.1"))) {
      Visitor visitor = new Visitor(application);
      for (int i = 0; i < Attempts.MOST; i++) {
        assertThat(guess(visitor, "name" + i, "198.51.100.7")).isEqualTo(401);
      }

      assertThat(guess(visitor, "another", "198.51.100.7")).isEqualTo(429);
      assertThat(guess(visitor, "another", "198.51.100.8, 198.51.100.7")).isEqualTo(429);
      assertThat(guess(visitor, "another", "198.51.100.8")).isEqualTo(401);
    }
  }

  private static int guess(Visitor visitor, String name, String address) {
    String token = Visitor.token(visitor.get("login").body());
    return visitor
        .post(
            "login",
            Map.of("csrf", token, "username", name, "password", "wrong"),
            "X-Forwarded-For",
            address,
            "Content-Type",
            "application/x-www-form-urlencoded")
        .statusCode();
  }

  @Test
  void refusesAProxyThatIsNoAddress() {
    for (String wrong : List.of("proxy.example", "", "10.0.0", "1.2.3.4.5")) {
      assertThatThrownBy(
              () ->
                  MediaApplication.listen(
                      "127.0.0.1", 0, List.of(wrong), WizardSettings.defaults()))
          .as(wrong)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("address of a proxy");
    }
  }

  /** Whoever planted a cookie in a browser does not get in with whoever logs in there. */
  @Test
  void beginsANewSessionAtEachLoginAndEndsItOnTheServer() throws Exception {
    try (MediaApplication application = serve(List.of())) {
      Visitor first = new Visitor(application);
      first.enter(place().first());
      String planted = "media_history=" + "A".repeat(43);

      assertThat(get(application, "", "Cookie", planted).statusCode()).isEqualTo(303);
      List<String> sessions = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> entered = first.logIn("user1", Visitor.PASSWORD);
        assertThat(entered.statusCode()).isEqualTo(303);
        sessions.add(cookie(entered).split(";", 2)[0]);
      }
      assertThat(sessions.get(0)).isNotEqualTo(sessions.get(1));
      assertThat(get(application, "", "Cookie", sessions.get(0)).statusCode()).isEqualTo(303);
      assertThat(get(application, "", "Cookie", sessions.get(1)).statusCode()).isEqualTo(200);

      String token = Visitor.token(first.get("").body());
      assertThat(first.post("logout", Map.of("csrf", token)).statusCode()).isEqualTo(303);
      assertThat(get(application, "", "Cookie", sessions.get(1)).statusCode()).isEqualTo(303);
    }
  }

  @Test
  void saysThatItsDatabaseWentAway(@TempDir Path folder) throws Exception {
    SameHistory own = SameHistory.in(folder, 20);
    try (MediaApplication application =
        open(MediaApplication.listen("127.0.0.1", 0), own.on(Backend.POSTGRESQL))) {
      assertThat(get(application, "health").statusCode()).isEqualTo(200);

      own.close();

      HttpResponse<String> health = get(application, "health");
      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(Json.at(Json.object(health.body()), "status")).isEqualTo("down");
      assertThat(Json.at(Json.object(health.body()), "database", "reachable")).isEqualTo(false);
    } finally {
      own.close();
    }
  }

  /**
   * Every line, by the grammar of the text format: what a scraper refuses, it refuses as a whole.
   */
  @Test
  void writesItsMetersAsPrometheusReadsThem() throws Exception {
    Pattern help = Pattern.compile("# HELP [a-zA-Z_:][a-zA-Z0-9_:]* .*");
    Pattern type =
        Pattern.compile(
            "# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)");
    String label = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\"\\\\n])*\"";
    Pattern sample =
        Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(?:%1$s(?:,%1$s)*,?)?\\})? (\\S+)( -?[0-9]+)?"
                .formatted(label));
    try (MediaApplication application = serve(List.of())) {
      get(application, "%22%5Cnowhere");
      HttpResponse<String> metrics = get(application, "metrics");

      assertThat(metrics.headers().firstValue("Content-Type"))
          .hasValueSatisfying(
              value -> assertThat(value).startsWith("text/plain").contains("version=0.0.4"));
      assertThat(metrics.body()).endsWith("\n");
      Map<String, String> types = new HashMap<>();
      int samples = 0;
      for (String line : metrics.body().lines().toList()) {
        var typed = type.matcher(line);
        var measured = sample.matcher(line);
        if (typed.matches()) {
          assertThat(types.put(typed.group(1), typed.group(2))).as(line).isNull();
        } else if (!help.matcher(line).matches()) {
          assertThat(measured.matches()).as(line).isTrue();
          Double.parseDouble(measured.group(2).replace("+Inf", "Infinity"));
          String name = measured.group(1).replaceFirst("_(bucket|sum|count|max)$", "");
          assertThat(types.containsKey(name) || types.containsKey(measured.group(1)))
              .as(line)
              .isTrue();
          samples++;
        }
      }
      assertThat(samples).isGreaterThan(20);
      assertThat(types).containsKeys("http_server_requests_seconds", "jvm_memory_used_bytes");
    }
  }
}
