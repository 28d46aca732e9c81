package dev.outgrow.examples.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.examples.wizard.WizardSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The wizard in a real browser, on a wide and on a narrow window. With {@code
 * -Doutgrow.wizard.pictures=FOLDER} each step is kept as a picture.
 */
@Tag("slow")
class WizardInBrowserTest {
  private static final int SESSIONS = 2_000;

  @TempDir private static @Nullable Path folder;
  private static @Nullable MovingHousehold household;

  @BeforeAll
  static void make() {
    assumeTrue(Browser.find().isPresent(), "no browser here: install chromium");
    household = new MovingHousehold(Objects.requireNonNull(folder), SESSIONS);
  }

  @AfterAll
  static void drop() {
    if (household != null) {
      household.close();
    }
  }

  private static MovingHousehold household() {
    return Objects.requireNonNull(household);
  }

  /** Somebody in front of the browser, who is logged in. */
  private static final class Person implements AutoCloseable {
    private final Browser browser;
    private final String url;
    private final String course;
    private int width = 1280;

    Person(MediaApplication application, String course) throws IOException {
      this.url = application.url();
      this.course = course;
      household().administrator(application); // who has a password from then on
      browser = Browser.open(Browser.find().orElseThrow(), Objects.requireNonNull(folder));
      look(1280, false);
      browser.go(url + "login");
      browser.run(
          "document.querySelector('[name=username]').value = 'user1';"
              + " document.querySelector('[name=password]').value = "
              + Json.quoted(Visitor.PASSWORD));
      browser.leave("document.querySelector('main form button').click()");
    }

    void look(int pixels, boolean dark) {
      width = pixels;
      browser.look(pixels, 800, dark);
    }

    void open() {
      browser.go(url + "move");
    }

    /** Waits until nothing is under way, whatever page is loaded meanwhile. */
    void settle() {
      long end = System.nanoTime() + 60_000_000_000L;
      while (!browser
              .run(
                  "String(document.readyState == 'complete' && !!document.querySelector('.steps')"
                      + " && !document.querySelector('[data-events]'))")
              .equals("true")
          && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }

    void click(String form) {
      browser.leave("document.querySelector('form[action=\"/move/" + form + "\"] button').click()");
    }

    void type(String field, String text) {
      browser.run(
          "document.querySelector('main [name=\"" + field + "\"]').value = " + Json.quoted(text));
    }

    void tick(String field) {
      browser.run("document.querySelector('main [name=\"" + field + "\"]').click()");
    }

    String shown() {
      return browser.run("document.querySelector('main').innerText");
    }

    /** Looks at the page on both windows. */
    void see(String name, String... sentences) throws IOException {
      for (int pixels : new int[] {1280, 360}) {
        look(pixels, pixels == 360);
        assertThat(shown()).as(name).contains(sentences);
        assertThat(Integer.parseInt(browser.run("document.documentElement.scrollWidth")))
            .as("%s at %d", name, width)
            .isLessThanOrEqualTo(pixels);
        assertThat(
                browser.run(
                    "Array.from(document.querySelectorAll('main a, main button, main input, main summary'))"
                        + ".every(e => e.tabIndex >= 0 && (e.type == 'hidden' || e.labels == null"
                        + " || e.tagName == 'BUTTON' || e.labels.length > 0))"))
            .as("%s: everything is reached by keyboard and has a name", name)
            .isEqualTo("true");
        picture(name + "-" + pixels);
      }
      look(1280, false);
    }

    private void picture(String name) throws IOException {
      String kept = System.getProperty("outgrow.wizard.pictures");
      if (kept != null) {
        Path place = Files.createDirectories(Path.of(kept));
        Files.write(place.resolve(course + "-" + name + ".png"), browser.picture());
      }
    }

    void saysNothingAndAsksNobodyElse() {
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.requests()).isNotEmpty().allSatisfy(r -> assertThat(r).startsWith(url));
    }

    @Override
    public void close() {
      browser.close();
    }
  }

  private static MediaApplication serve(Path file, UnaryOperator<WizardSettings> more) {
    return household().serve(file, more);
  }

  private static void toConfirmation(Person person, DatabaseUrl url) throws IOException {
    person.open();
    person.see("1-choose", "Move this application", "Carry a file of yours");
    person.click("own");
    person.settle();
    person.see("2-inspect", "Rows that refer to nothing", "What stays behind");
    person.tick("accept-foreign-key-validation");
    person.click("choices");
    person.see("3-target", "Where to?");
    person.type("url", household().written(url));
    person.click("target");
    person.settle();
  }

  @Test
  void movesTheDemonstrationsFileAndSurvivesAReloadAndASecondTab() throws IOException {
    Halt halt = new Halt();
    DatabaseUrl url = household().newDatabase();
    try (MediaApplication application =
            serve(household().newFile("media-history.db"), s -> s.withListener(halt));
        Person person = new Person(application, "own");
        Person second = new Person(application, "second")) {
      toConfirmation(person, url);
      person.see("4-confirm", "Nothing is overwritten", url.database());
      person.type("name", "something else");
      person.click("begin");
      person.see("5-refused", "That is not the name, so nothing was begun.");
      person.type("name", url.database());
      person.click("begin");
      halt.reached();
      person.browser.until("document.querySelector('[data-phase]').textContent == 'Copying rows'");
      person.see("6-working", "Copying rows", "Cancel");
      person.open();
      person.see("7-reloaded", "Copying rows");
      second.open();
      assertThat(second.shown()).contains("Copying rows");
      halt.release();
      person.settle();
      second.settle();
      assertThat(second.shown()).contains("Every row has arrived");
      person.see("8-report", "Every row has arrived", "Switch over", "Take it back");
      person.browser.go(person.url + "move/report");
      person.picture("9-whole-report");
      person.open();
      person.click("switch");
      person.settle();
      person.see("10-switched", "The application runs on PostgreSQL", "Go back");
      person.browser.go(person.url);
      assertThat(person.shown()).contains("What was watched");
      person.open();
      person.browser.run(
          "document.querySelector('form[action=\"/move/export\"] [name=name]').value = "
              + Json.quoted(url.database()));
      person.click("export");
      person.settle();
      person.see("11-back", "The application runs on SQLite again", "media-history.back.db");
      person.saysNothingAndAsksNobodyElse();
      second.saysNothingAndAsksNobodyElse();
    }
  }

  @Test
  void takesAHostileFileForNothingButText() throws IOException {
    Path hostile =
        MovingHousehold.hostile(
            Objects.requireNonNull(folder).resolve("<img src=x onerror=alert(1)>.db"));
    DatabaseUrl url = household().newDatabase();
    try (MediaApplication application = serve(household().newFile("media.db"), s -> s);
        Database target = Database.open(url);
        Person person = new Person(application, "hostile")) {
      MovingHousehold.run(
          target,
          "CREATE SCHEMA box",
          "CREATE TABLE box.\"" + MovingHousehold.HOSTILE + "\" (a int)");
      person.open();
      person.browser.choose("main input[type=file]", hostile);
      person.click("upload");
      person.settle();
      person.browser.run("document.querySelectorAll('details').forEach(d => d.open = true)");
      person.see("1-inspect", MovingHousehold.HOSTILE, "onerror=alert(1)", "seconds since 1970");
      person.tick("rule-0");
      person.tick("accept-trigger");
      person.tick("accept-foreign-key-validation");
      person.click("choices");
      person.type("url", household().written(url));
      person.type("schema", "box");
      person.click("target");
      person.settle();
      person.see("2-confirm", "This is overwritten", MovingHousehold.HOSTILE);
      person.type("name", "box");
      person.click("begin");
      person.settle();
      person.browser.run("document.querySelectorAll('details').forEach(d => d.open = true)");
      person.see("3-report", "Every row has arrived", MovingHousehold.HOSTILE);
      assertThat(person.browser.run("document.querySelectorAll('main script, main img').length"))
          .isEqualTo("0");
      person.browser.go(person.url + "move/report");
      assertThat(person.browser.run("document.querySelectorAll('script, img').length"))
          .isEqualTo("0");
      person.saysNothingAndAsksNobodyElse();
    }
  }

  @Test
  void cancelsAndLeavesTheTargetUntouched() throws IOException {
    Halt halt = new Halt();
    DatabaseUrl url = household().newDatabase();
    try (MediaApplication application =
            serve(household().newFile("media.db"), s -> s.withListener(halt));
        Database target = Database.open(url);
        Person person = new Person(application, "cancel")) {
      toConfirmation(person, url);
      person.type("name", url.database());
      person.click("begin");
      halt.reached();
      person.open();
      person.click("cancel");
      person.see("1-stopping", "Stopping");
      halt.release();
      person.settle();
      person.see("2-cancelled", "The target is untouched", "Try again");
      assertThat(
              MovingHousehold.ask(
                  target, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
          .isEqualTo("0");
      person.saysNothingAndAsksNobodyElse();
    }
  }

  @Test
  void saysWhatIsWrongWithAFileThatIsNone() throws IOException {
    Path folder = Objects.requireNonNull(WizardInBrowserTest.folder);
    Path wrong = Files.writeString(folder.resolve("notes.txt"), "Dear diary, ".repeat(1_000));
    Path large = Files.write(folder.resolve("large.db"), new byte[2 << 20]);
    try (MediaApplication application =
            serve(household().newFile("media.db"), s -> s.withLargestUpload(1 << 20));
        Person person = new Person(application, "wrong")) {
      person.open();
      person.browser.choose("main input[type=file]", wrong);
      person.click("upload");
      person.settle();
      person.see("1-refused", "notes.txt is not a SQLite file, or is encrypted.");
      person.browser.choose("main input[type=file]", large);
      person.browser.run("document.querySelector('form[data-largest] button').click()");
      assertThat(person.shown()).contains("That file is larger than 1.0 MiB.");
      person.saysNothingAndAsksNobodyElse();
    }
  }
}
