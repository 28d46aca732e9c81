package dev.outgrow.benchmarks;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.examples.application.MediaApplication;
import dev.outgrow.examples.media.FirstLogin;
import dev.outgrow.examples.media.MediaChains;
import dev.outgrow.examples.statistics.Period;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How long the pages of the media history take over a year of sessions, as a browser asks for them:
 * login, query, HTML and all, for each period a visitor can choose, and for the history's first and
 * last pages, sorted and filtered. The median and the slowest of several, on PostgreSQL and, with
 * the same rows, on SQLite. Without an argument a million sessions; the argument is how many.
 */
final class StatisticsPages {
  private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
  private static final String CHOSEN = "a password of the benchmark";

  /** Of few rows, of all of them by a short term and by a long one, of none; of two columns. */
  private static final List<Map<String, String>> SEARCHES =
      List.of(
          Map.of("user", "User 7"),
          Map.of("title", "Title 50"),
          Map.of("title", "t"),
          Map.of("title", "Title"),
          Map.of("title", "Nowhere"),
          Map.of("kind", "episode"),
          Map.of("platform", "Chrome"),
          new TreeMap<>(Map.of("user", "User 7", "title", "Title 50")),
          new TreeMap<>(Map.of("user", "user", "title", "title")),
          new TreeMap<>(Map.of("user", "User 59", "title", "Title 99")));

  private final HttpClient client =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final String base;

  private StatisticsPages(String base) {
    this.base = base;
  }

  /**
   * A page, and what it took.
   *
   * @param name what was asked for
   * @param millis the median
   * @param slowest the slowest of all
   * @param text what came last
   */
  record Result(String name, double millis, double slowest, String text) {}

  /** Measures a million sessions, or as many as the argument says, and prints the results. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int sessions = arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]);
    Path file = Files.createTempDirectory("outgrow-statistics").resolve("history.db");
    try (ScratchServer server = ScratchServer.start()) {
      DatabaseUrl postgres = server.createDatabase();
      DatabaseUrl sqlite = DatabaseUrl.sqlite(file);
      FirstLogin login = fill(postgres, sessions);
      copy(postgres, sqlite);
      print("PostgreSQL", measure(postgres, login, sessions, 11));
      print("SQLite", measure(sqlite, login, sessions, 5));
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.getParent());
    }
  }

  private static void print(String backend, List<Result> results) {
    for (Result result : results) {
      System.out.printf(
          Locale.ROOT,
          "%-10s  %-28s %5.0f ms, slowest %5.0f ms%n",
          backend,
          result.name(),
          result.millis(),
          result.slowest());
    }
  }

  /** Fills an empty database; returns who may log in there. */
  static FirstLogin fill(DatabaseUrl url, int sessions) {
    CompletableFuture<FirstLogin> first = new CompletableFuture<>();
    try (Database database = Database.open(url)) {
      MediaChains.of(database, first::complete).migrate();
      HistoryRows.fill(database, sessions);
    }
    return first.join();
  }

  /** Makes a SQLite file of the rows of another database; who may log in there may here. */
  static void copy(DatabaseUrl from, DatabaseUrl file) {
    try (Database source = Database.open(from);
        Database target = Database.open(file)) {
      MediaChains.of(target, replaced -> {}).migrate();
      HistoryRows.copy(source, target);
    }
  }

  /** Asks for every page so many times, with the sums of the history made before. */
  static List<Result> measure(DatabaseUrl url, FirstLogin login, int sessions, int times)
      throws IOException, InterruptedException {
    try (MediaApplication application = MediaApplication.listen("127.0.0.1", 0)) {
      application.open(
          DatabaseConfig.of(url), Duration.ofSeconds(30), MediaChains::of, StartPolicy.CHECK_ONLY);
      StatisticsPages pages = new StatisticsPages(application.url());
      pages.logIn(login);
      List<Result> results = new ArrayList<>();
      for (int days : Period.LENGTHS) {
        for (String page : List.of("", "users", "graphs")) {
          String path = page + "?days=" + days;
          results.add(pages.time(path, path, times));
        }
      }
      int last = (sessions - 1) / 25 * 25;
      results.add(pages.time("history, newest", rows("started", 0, Map.of()), times));
      results.add(pages.time("history, last page", rows("started", last, Map.of()), times));
      results.add(pages.time("history, middle", rows("started", last / 50 * 25, Map.of()), times));
      for (String column : List.of("user", "title", "kind", "platform", "seconds")) {
        results.add(pages.time("history by " + column, rows(column, 0, Map.of()), times));
      }
      results.add(pages.time("history by title, last page", rows("title", last, Map.of()), times));
      for (Map<String, String> terms : SEARCHES) {
        results.add(pages.time("history, " + terms, rows("started", 0, terms), times));
      }
      results.add(
          pages.time("history by title, {user=User 7}", rows("title", 0, SEARCHES.get(0)), times));
      return results;
    }
  }

  /** What the page of the history asks for. */
  private static String rows(String order, int start, Map<String, String> terms) {
    List<String> columns = List.of("started", "user", "title", "kind", "platform", "seconds");
    StringBuilder request = new StringBuilder("history/rows?draw=1&length=25&start=" + start);
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i);
      append(request, "columns[" + i + "][data]", name);
      append(request, "columns[" + i + "][search][value]", terms.getOrDefault(name, ""));
    }
    append(request, "order[0][column]", String.valueOf(columns.indexOf(order)));
    append(request, "order[0][dir]", "desc");
    return request.toString();
  }

  private static void append(StringBuilder request, String name, String value) {
    request.append('&').append(encoded(name)).append('=').append(encoded(value));
  }

  private Result time(String name, String path, int times)
      throws IOException, InterruptedException {
    double[] millis = new double[times];
    get(path); // the first one compiles
    String text = "";
    for (int i = 0; i < times; i++) {
      long begin = System.nanoTime();
      text = get(path);
      millis[i] = (System.nanoTime() - begin) / 1e6;
    }
    Arrays.sort(millis);
    return new Result(name, millis[times / 2], millis[times - 1], text);
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
