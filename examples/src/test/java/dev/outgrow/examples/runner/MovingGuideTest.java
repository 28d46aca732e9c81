package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the guide to the day of the move, one after the other, end as it says. */
class MovingGuideTest extends RunnerFixture {
  private static final Path GUIDE =
      Path.of(System.getProperty("outgrow.root")).resolve("docs/moving.md");
  private static final Pattern COMMANDS =
      Pattern.compile("<!-- exit (\\d) -->\n```console\n(.*?)```", Pattern.DOTALL);
  private static final Pattern RULES = Pattern.compile("```ini\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void theStoryIsTrueFromItsBeginToItsEnd() throws IOException, SQLException {
    String guide = Files.readString(GUIDE);
    sqlite(
        folder.resolve("app.sqlite"),
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
        "CREATE TABLE plays (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id),"
            + " started INTEGER NOT NULL)",
        "INSERT INTO users VALUES (1, 'Ann'), (2, 'Bo')",
        "INSERT INTO plays VALUES (1, 1, 1700000000), (2, 2, 1700000060), (3, 9, 1700000120)");
    Files.writeString(folder.resolve("rules.ini"), only(RULES.matcher(guide).results()).group(1));

    List<MatchResult> blocks = COMMANDS.matcher(guide).results().toList();

    assertThat(blocks).hasSize(7);
    assertThat(guide.split("```console", -1)).hasSize(blocks.size() + 1);
    blocks.forEach(
        block ->
            block
                .group(2)
                .lines()
                .forEach(line -> assertEnds(line, Integer.parseInt(block.group(1)))));
    assertThat(Files.readString(folder.resolve("report.html"))).contains("plays");
  }

  private static MatchResult only(Stream<MatchResult> found) {
    return found.reduce((one, another) -> null).orElseThrow();
  }

  private void assertEnds(String line, int exitCode) {
    assertThat(line).startsWith("$ examples/outgrow ");
    String[] arguments =
        line.substring("$ examples/outgrow ".length())
            .replace("app.sqlite", folder.resolve("app.sqlite").toString())
            .replace("rules.ini", folder.resolve("rules.ini").toString())
            .replace("report.html", folder.resolve("report.html").toString())
            .split(" ");
    Outcome outcome = runWith(Map.of("DATABASE_URL", target()), arguments);
    assertThat(outcome.exitCode()).as("%s%n%s", line, outcome.err()).isEqualTo(exitCode);
  }
}
