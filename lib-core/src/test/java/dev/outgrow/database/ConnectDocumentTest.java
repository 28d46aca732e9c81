package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Prints the guide's table of options; with {@code -Doutgrow.print=true} into the guide itself. */
class ConnectDocumentTest {
  private static final Path GUIDE =
      Path.of(System.getProperty("outgrow.root")).resolve("docs/connect.md");
  private static final String BEGIN = "<!-- printed by ConnectDocumentTest -->\n";
  private static final String END = "<!-- end -->\n";

  @Test
  void theGuideSaysWhatTheCodeRefuses() throws Exception {
    String guide = Files.readString(GUIDE);
    if (Boolean.getBoolean("outgrow.print")) {
      guide = replaced(guide);
      Files.writeString(GUIDE, guide);
    }
    assertThat(guide).isEqualTo(replaced(guide));
  }

  private static String replaced(String guide) {
    int begin = guide.indexOf(BEGIN);
    int end = guide.indexOf(END);
    assertThat(begin).isNotNegative();
    assertThat(end).isGreaterThan(begin);
    return guide.substring(0, begin + BEGIN.length()) + table() + guide.substring(end);
  }

  private static String table() {
    return "| option | says | default | range | backend |\n|---|---|---|---|---|\n"
        + ConfigOption.ALL.stream().map(ConnectDocumentTest::line).collect(Collectors.joining())
        + "| `applicationName` | the name by which a server shows the sessions | `outgrow` | 1 to 63"
        + " characters of printable ASCII | PostgreSQL |\n";
  }

  private static String line(ConfigOption<?> row) {
    String most = row.most() == null ? "`" + row.upTo() + "`" : words(row.most());
    return String.join(
        " | ",
        "| `" + row.name() + "`",
        row.says(),
        words(row.initial()),
        words(row.least()) + " to " + most,
        row.backend() + " |\n");
  }

  private static String words(@Nullable Object value) {
    if (!(value instanceof Duration time)) {
      return value == null ? "none" : value.toString();
    }
    long millis = time.toMillis();
    if (millis > 0 && millis < 1000) {
      return millis + " ms";
    }
    return time.toSeconds() % 3600 == 0 && millis > 0
        ? time.toHours() + " h"
        : time.toSeconds() % 60 == 0 && millis > 0
            ? time.toMinutes() + " min"
            : time.toSeconds() + " s";
  }
}
