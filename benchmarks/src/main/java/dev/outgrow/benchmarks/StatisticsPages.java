package dev.outgrow.benchmarks;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.examples.application.MediaApplication;
import dev.outgrow.examples.media.FirstLogin;
import dev.outgrow.examples.media.MediaChains;
import dev.outgrow.migration.StartPolicy;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How long the pages of the media history take over a year of sessions on PostgreSQL, as a browser
 * asks for them: login, query, HTML and all. The median of several.
 */
final class StatisticsPages {
  private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
  private static final String CHOSEN = "a password of the benchmark";

  private final HttpClient client =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final String base;

  private StatisticsPages(String base) {
    this.base = base;
  }

  /**
   * A page, and what it took.
   *
   * @param path what was asked for
   * @param millis the median
   * @param slowest the slowest of all
   * @param text what came last
   */
  record Result(String path, double millis, double slowest, String text) {}

  /** Measures a million sessions and prints the results. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (ScratchServer server = ScratchServer.start()) {
      for (Result result : measure(server.createDatabase(), 1_000_000, 11)) {
        System.out.printf(
            Locale.ROOT,
            "%-22s %4.0f ms, slowest %4.0f ms%n",
            result.path(),
            result.millis(),
            result.slowest());
      }
    }
  }

  /** Fills an empty database and asks for every page so many times. */
  static List<Result> measure(DatabaseUrl url, int sessions, int times)
      throws IOException, InterruptedException {
    CompletableFuture<FirstLogin> first = new CompletableFuture<>();
    DatabaseConfig config = DatabaseConfig.of(url);
    try (Database database = Database.open(config)) {
      MediaChains.of(database, first::complete).migrate();
      HistoryRows.fill(database, sessions);
    }
    try (MediaApplication application = MediaApplication.listen("127.0.0.1", 0)) {
      application.open(config, Duration.ofSeconds(30), MediaChains::of, StartPolicy.CHECK_ONLY);
      StatisticsPages pages = new StatisticsPages(application.url());
      pages.logIn(first.join());
      List<Result> results = new ArrayList<>();
      for (String path :
          List.of(
              "",
              "users",
              "graphs",
              "?days=365",
              "users?days=365",
              "graphs?days=365",
              rows("", "desc"))) {
        results.add(pages.time(path, times));
      }
      return results;
    }
  }

  /** What the page of the history asks for. */
  private static String rows(String term, String direction) {
    return "history/rows?draw=1&start=0&length=25&search[value]=&order[0][column]=0&order[0][dir]="
            .replace("[", "%5B")
            .replace("]", "%5D")
        + direction
        + "&columns%5B0%5D%5Bdata%5D=started&columns%5B1%5D%5Bdata%5D=title&columns%5B1%5D%5Bsearch%5D%5Bvalue%5D="
        + term;
  }

  private Result time(String path, int times) throws IOException, InterruptedException {
    double[] millis = new double[times];
    get(path); // the first one compiles
    String text = "";
    for (int i = 0; i < times; i++) {
      long begin = System.nanoTime();
      text = get(path);
      millis[i] = (System.nanoTime() - begin) / 1e6;
    }
    Arrays.sort(millis);
    return new Result(path, millis[times / 2], millis[times - 1], text);
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpResponse<String> reply =
        client.send(
            HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString());
    if (reply.statusCode() != 200) {
      throw new IllegalStateException(path + " answered " + reply.statusCode() + reply.body());
    }
    return reply.body();
  }

  private void logIn(FirstLogin login) throws IOException, InterruptedException {
    post("login", Map.of("username", login.username(), "password", login.password()));
    post("password", Map.of("current", login.password(), "chosen", CHOSEN, "again", CHOSEN));
  }

  private void post(String path, Map<String, String> fields)
      throws IOException, InterruptedException {
    Matcher token = TOKEN.matcher(get(path));
    if (!token.find()) {
      throw new IllegalStateException("No form at " + path);
    }
    String form =
        fields.entrySet().stream()
            .map(each -> each.getKey() + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&", "csrf=" + token.group(1) + "&", ""));
    HttpResponse<String> reply =
        client.send(
            HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            BodyHandlers.ofString());
    if (reply.statusCode() != 303) {
      throw new IllegalStateException(path + " answered " + reply.statusCode() + reply.body());
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
