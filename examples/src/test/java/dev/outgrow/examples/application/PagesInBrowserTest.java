package dev.outgrow.examples.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.database.Backend;
import dev.outgrow.examples.media.MediaChains;
import dev.outgrow.migration.StartPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser: no complaint, no request to anybody else, no script of a name. */
@Tag("slow")
class PagesInBrowserTest {
  private static final String ENTER =
      "document.querySelector('[name=username]').value = %s;"
          + " document.querySelector('[name=password]').value = %s;";

  @TempDir private static @Nullable Path folder;
  private static @Nullable SameHistory history;
  private static @Nullable MediaApplication application;

  @BeforeAll
  static void serve() {
    assumeTrue(Browser.find().isPresent(), "no browser here: install chromium");
    SameHistory made = SameHistory.in(Objects.requireNonNull(folder), 2_000);
    history = made;
    try (var database = made.on(Backend.POSTGRESQL).open()) {
      database.inTransaction(
          tx -> {
            try (Statement statement = tx.connection().createStatement()) {
              String hostile = "<script>document.title = 'taken'</script>";
              statement.execute(
                  "UPDATE users SET friendly_name = '"
                      + hostile.replace("'", "''")
                      + "' WHERE id = 2");
              statement.execute(
                  "UPDATE items SET title = '<img src=http://elsewhere.invalid/x onerror=\"document.title=1\">'"
                      + " WHERE media_type <> 'movie'");
            }
          });
    }
    MediaApplication served = MediaApplication.listen("127.0.0.1", 0);
    application = served;
    served.open(
        made.on(Backend.POSTGRESQL).config(),
        Duration.ofSeconds(30),
        database -> MediaChains.of(database, login -> {}),
        StartPolicy.CHECK_ONLY);
    new Visitor(served).enter(made.on(Backend.POSTGRESQL).first());
  }

  @AfterAll
  static void stop() {
    if (application != null) {
      application.close();
    }
    if (history != null) {
      history.close();
    }
  }

  private static Browser open() throws IOException {
    return Browser.open(Browser.find().orElseThrow(), Objects.requireNonNull(folder));
  }

  private static String url() {
    return Objects.requireNonNull(application).url();
  }

  private static void logIn(Browser browser) {
    browser.go(url() + "login");
    browser.run(ENTER.formatted(Json.quoted("user1"), Json.quoted(Visitor.PASSWORD)));
    browser.leave("document.querySelector('main form button').click()");
  }

  @Test
  void loadWithoutAComplaintAndAskNobodyElse() throws IOException {
    try (Browser browser = open()) {
      browser.look(1280, 900, false);
      logIn(browser);
      for (int width : new int[] {1280, 360}) {
        for (String page :
            new String[] {
              "", "history", "users", "graphs", "notifications", "newsletters", "password"
            }) {
          browser.look(width, 800, width == 360);
          browser.go(url() + page);
          if (page.equals("history")) {
            browser.until("document.querySelectorAll('#history tbody td.main').length == 25");
          }
          assertThat(browser.run("document.title")).as(page).endsWith("Media history");
          assertThat(Integer.parseInt(browser.run("document.documentElement.scrollWidth")))
              .as("%s at %d", page, width)
              .isLessThanOrEqualTo(width);
        }
      }
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.requests()).isNotEmpty().allSatisfy(r -> assertThat(r).startsWith(url()));
    }
  }

  @Test
  void drawTheirChartsOfTheNumbersInTheirTables() throws IOException {
    try (Browser browser = open()) {
      logIn(browser);

      assertThat(browser.run("document.querySelectorAll('canvas').length")).isEqualTo("2");
      assertThat(
              browser.run(
                  "Array.from(document.querySelectorAll('canvas')).every(c => Chart.getChart(c).data.labels.length == 30)"))
          .isEqualTo("true");
      String shown =
          browser.run(
              "Chart.getChart(document.querySelector('canvas')).data.datasets.flatMap(d => d.data).reduce((a, b) => a + b)");
      assertThat(browser.run("document.querySelector('.tiles dd').textContent.replace(/\\D/g, '')"))
          .isEqualTo(shown);
    }
  }

  @Test
  void sortAndFilterTheHistoryOnTheServer() throws IOException {
    try (Browser browser = open()) {
      logIn(browser);
      browser.go(url() + "history");
      browser.until("document.querySelectorAll('#history tbody td.main').length == 25");
      browser.run(
          "document.querySelector('[name=kind]').value = 'movie';"
              + " document.getElementById('filters').dispatchEvent(new Event('input', {bubbles: true}))");
      browser.until(
          "document.querySelector('.dt-info').textContent.includes('(of 2,000)')"
              + " && document.querySelectorAll('#history tbody td.main').length > 0");
      assertThat(
              browser.run(
                  "Array.from(document.querySelectorAll('#history tbody tr')).every(r => r.cells[3].textContent == 'movie')"))
          .isEqualTo("true");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void canBeUsedWithoutAMouse() throws IOException {
    try (Browser browser = open()) {
      logIn(browser);
      browser.go(url() + "users");
      browser.press("Tab", 9);
      assertThat(browser.run("document.activeElement.className")).isEqualTo("skip");
      browser.run("document.querySelector('table[data-sortable] th:first-child button').focus()");
      browser.press("Enter", 13);
      browser.run("document.activeElement.click()");
      assertThat(browser.run("document.querySelector('th[aria-sort]').textContent"))
          .isEqualTo("User");
      assertThat(
              browser.run(
                  "Array.from(document.querySelectorAll('a, button, input, select, summary, .scroll')).every(e => e.tabIndex >= 0)"))
          .isEqualTo("true");
    }
  }

  /** Without this the first test would pass whatever a page does. */
  @Test
  void wouldBeSeenToComplainAndToAsk() throws IOException {
    try (Browser browser = open()) {
      Path page = Objects.requireNonNull(folder).resolve("page.html");
      Files.writeString(
          page, "<img src='http://elsewhere.invalid/x'><script>console.error('no')</script>");
      browser.go(page.toUri().toString());

      assertThat(browser.requests()).contains("http://elsewhere.invalid/x");
      assertThat(browser.complaints()).anyMatch(complaint -> complaint.contains("no"));
    }
  }
}
