package dev.outgrow.query.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.query.fixture.BothBackends;
import dev.outgrow.query.series.Series;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/query.md shows is compiled, and does what it says. */
class GuideTest {
  private static final Path ROOT = Path.of(System.getProperty("outgrow.root"));
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final LocalDate FROM = LocalDate.of(2025, 3, 8);
  private static final LocalDate TO = LocalDate.of(2025, 3, 11);
  private static final BothBackends BOTH = BothBackends.open();

  @BeforeAll
  static void fill() {
    BOTH.execute(
        "create table users (id integer primary key, name text)",
        "create table sessions (id integer, user_id integer, started bigint, platform text)",
        "insert into users values (1, 'Ada'), (2, 'Bo'), (3, 'Cy')",
        // The first two before midnight of New York's 9 March, which has 23 hours; the last after.
        "insert into sessions values (1, 1, 1741486000, 'iOS'), (2, 1, 1741496399, 'Roku'),"
            + " (3, 2, 1741496400, 'iOS'), (4, 1, 1741579199, null), (5, 2, 1741579200, 'webOS')");
  }

  @AfterAll
  static void close() {
    BOTH.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jooq", "time", "series", "profile", "lateral"})
  void itsCodeIsTheCodeThatIsCompiledHere(String part) throws Exception {
    String source =
        Files.readString(
            ROOT.resolve("lib-query/src/test/java/dev/outgrow/query/guide/Guide.java"));
    String begin = "// begin " + part + "\n";
    String shown =
        source.substring(
            source.indexOf(begin) + begin.length(), source.indexOf("  // end " + part));

    assertThat(Files.readString(ROOT.resolve("docs/query.md")))
        .contains("```java\n" + shown.stripTrailing().stripIndent() + "\n```");
  }

  @ParameterizedTest
  @EnumSource
  void itsCodeDoesWhatItSays(Backend backend) {
    Database db = BOTH.database(backend);

    assertThat(Guide.names(db)).containsExactlyInAnyOrder("Ada", "Bo", "Cy");
    assertThat(Guide.playsOn(db, LocalDate.of(2025, 3, 9), NEW_YORK)).isEqualTo(2);
    assertThat(Guide.playsPerDay(db, FROM, TO, NEW_YORK))
        .hasSize(9)
        .extracting(row -> row.get("plays", Integer.class))
        .containsExactly(1, 1, 0, 0, 1, 1, 0, 0, 1);
    assertThat(Guide.whenPeoplePlay(db, NEW_YORK)).hasSize(168);
    assertThat(Guide.platforms(db))
        .extracting(row -> row.get("platform") + " " + row.get(Series.OTHER) + row.get("plays"))
        .containsExactly("iOS false2", "Roku false1", "null true2");
    assertThat(Guide.users(db))
        .extracting(row -> row.get(0) + " " + row.get(1) + " " + row.get(2))
        .containsExactly("Ada 3 null", "Bo 2 webOS", "Cy 0 null");
    assertThat(Guide.latestOfEachUser(db)).hasSize(2);
  }
}
