package dev.outgrow.examples.guide;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may differ each time, and what may not. */
class ShownOutputTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4 migrations in 0.3 s. | 4 migrations in 12.0 s.",
        "V20261122001804__a.sql | V20270101000000__a.sql",
        "users  60  60  0  3  cd08fd5e | users    60    60  0  1,203  cd08fd5e",
        "holds text: 596 … | holds text: 596 null",
      })
  void timesAndWidthsMayDiffer(String shown, String printed) {
    assertThatCode(() -> ShownOutput.assertShows("x", List.of(shown), printed))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4 migrations in 0.3 s. | 5 migrations in 0.3 s.",
        "users  60  60  0  3  cd08fd5e | users  60  60  0  3  cd08fd5f",
        "users  60  60  0  3  cd08fd5e | users  60  59  0  3  cd08fd5e",
      })
  void numbersMayNot(String shown, String printed) {
    refused(List.of(shown), printed);
  }

  @Test
  void aLineMayNotBeLeftOutUnlessThePageSaysSo() {
    refused(List.of("one", "three"), "one\ntwo\nthree\n");
    assertThatCode(
            () -> ShownOutput.assertShows("x", List.of("one", "…", "three"), "one\ntwo\nthree\n"))
        .doesNotThrowAnyException();
  }

  private static void refused(List<String> shown, String printed) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> ShownOutput.assertShows("x", shown, printed));
  }
}
