package dev.outgrow.importer.reject;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Files named after tables, whatever those are called. */
class RejectFileNamesTest {
  private static final List<String> HOSTILE =
      List.of(
          "..",
          ".",
          "",
          "/",
          "\\",
          "../x",
          "a/b",
          "a\\b",
          "a\0b",
          "con",
          "CON",
          "Aux",
          "lpt1",
          "nul",
          "C:",
          "x".repeat(101),
          "x".repeat(5000),
          "\uD800",
          "a\nb",
          "~",
          "-",
          "a-b",
          "t.",
          " t",
          "ı",
          "İ");

  @Test
  void ordinaryNamesAreKept() {
    assertThat(RejectFileNames.of("session_history")).isEqualTo("session_history.jsonl");
    assertThat(RejectFileNames.of("table1")).isEqualTo("table1.jsonl");
  }

  @Test
  void otherNamesAreSafeStableAndShort() {
    for (String name : HOSTILE) {
      String file = RejectFileNames.of(name);
      assertThat(file).matches("[a-z0-9_]{0,60}-[0-9a-f]{16}\\.jsonl");
      assertThat(file).isEqualTo(RejectFileNames.of(name));
      assertThat(file.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(100);
    }
    assertThat(RejectFileNames.of("Plays")).isEqualTo("plays-725b66fb9f520d78.jsonl");
  }

  @Test
  void noTwoNamesMeetEvenWhereCaseIsIgnored() {
    Set<String> files = new HashSet<>();
    List<String> near =
        List.of("t", "T", "t ", "t_", "T_", "t/", "t\\", "T.", "t.jsonl", "T.JSONL");
    for (String name : near) {
      assertThat(files.add(RejectFileNames.of(name).toLowerCase(Locale.ROOT))).as(name).isTrue();
    }
  }
}
