package dev.outgrow.importer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report in a real browser. */
@Tag("slow")
class ReportInBrowserTest {
  private static final String ELSEWHERE = "http://elsewhere.invalid/x";

  @TempDir private Path folder;
  private @Nullable Browser browser;

  @BeforeEach
  void open() throws IOException {
    String program = Browser.find().orElse("");
    assumeTrue(!program.isEmpty(), "no browser here: install chromium");
    browser = Browser.open(program, folder);
  }

  @AfterEach
  void close() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>document.title='taken'</script>",
        "</style><script>document.title='taken'</script><style>",
        "<img src='" + ELSEWHERE + "' onerror=\"document.title='taken'\">",
        "<style>body{background:url(" + ELSEWHERE + ")}</style>",
        "\" style=\"background:url(" + ELSEWHERE + ")\" x=\"",
        "<iframe src="
            + ELSEWHERE
            + "></iframe><meta http-equiv=refresh content='0;url="
            + ELSEWHERE,
        "a\nb\u202Ec"
      })
  void showsNamesAsTextAndAsksForNothing(String name) throws Exception {
    Browser.Seen seen =
        Objects.requireNonNull(browser).show(ReportHtml.of(HtmlReports.full(name, 3), Set.of()));

    assertThat(seen.requests()).containsExactly("http://report.invalid/page.html");
    assertThat(seen.console()).isEmpty();
    assertThat(seen.dom())
        .contains("<title>Outgrow: report of an import</title>", "Time line")
        .contains(asText(name))
        .doesNotContain("<script", "<img", "<iframe");
  }

  /** Text as a browser writes it. */
  private static String asText(String name) {
    return name.replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\n", "␊")
        .replace("\u202E", "⟨U+202E⟩");
  }

  /** If this did not see what a page does, the test above would always pass. */
  @Test
  void wouldNoticeAPageThatAsksOrComplains() throws Exception {
    Browser.Seen seen =
        Objects.requireNonNull(browser)
            .show(
                "<!DOCTYPE html><title>x</title><img src=\"%s\"><script>console.error('no')</script>"
                    .formatted(ELSEWHERE));

    assertThat(seen.requests()).contains(ELSEWHERE);
    assertThat(seen.console()).anyMatch(line -> line.contains("no"));
  }
}
