package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NewFromDiffTest extends ChainsFixture {
  private static final Path SCRIPTS = Path.of("src/main/resources/db/media/newsletters");

  /** The newsletters' schema with one column more, and without one of its own. */
  private Path wanted(String more) throws IOException {
    String now =
        Files.readString(SCRIPTS.resolve("V1__newsletters.sql"))
            + Files.readString(SCRIPTS.resolve("V2__issues.sql"));
    return Files.writeString(folder().resolve("wanted.sql"), now + more);
  }

  private Outcome fromDiff(Backend backend, Path file, String... more) {
    String[] whole =
        Stream.concat(
                Stream.of("new", "Add hue", "--chain", "newsletters", "--dir", folder().toString()),
                Stream.concat(Stream.of("--from-diff", file.toString()), Stream.of(more)))
            .toArray(String[]::new);
    return on(backend, whole);
  }

  private Path scripts() {
    return folder().resolve("db/media/newsletters");
  }

  private static String word(Backend backend) {
    return backend.name().toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void writesWhatMakesTheDatabaseAsWanted(Backend backend) throws IOException {
    on(backend, "migrate");
    Path wanted = wanted("ALTER TABLE newsletters ADD COLUMN hue integer;\n");

    Outcome outcome = fromDiff(backend, wanted);

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    List<String> lines = outcome.out().lines().toList();
    assertThat(lines.get(0))
        .matches(".*/db/media/newsletters/" + word(backend) + "/V20\\d{12}__add_hue\\.sql");
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).startsWith("1 statement, to be reviewed.");
    assertThat(Path.of(lines.get(0))).content().contains("ADD COLUMN \"hue\"");

    for (String script : List.of("V1__newsletters.sql", "V2__issues.sql")) {
      Files.copy(SCRIPTS.resolve(script), scripts().resolve(script));
    }
    Chain chain =
        Chain.named("newsletters")
            .location("filesystem:" + scripts())
            .owns("newsletters", "newsletter_subscribers", "newsletter_issues")
            .build();
    try (Database database = Database.open(databaseUrl(backend))) {
      assertThat(Migrations.of(database).chain(chain).migrate().isComplete()).isTrue();
    }
    assertThat(query(backend, "SELECT hue FROM newsletters")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void writesNothingWhereNothingDiffers(Backend backend) throws IOException {
    on(backend, "migrate");

    Outcome outcome = fromDiff(backend, wanted(""));

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).isEqualTo("Nothing differs, so nothing was written.\n");
    assertThat(folder().resolve("db")).doesNotExist();
    assertThat(fromDiff(backend, wanted(""), "--json").out())
        .contains("\"files\" : [ ]", "\"statements\" : [ ]", "\"notWritten\" : [ ]");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void saysWhatMayCostSomething(Backend backend) throws IOException {
    on(backend, "migrate");
    Path wanted = wanted("DROP TABLE newsletter_issues;\n");

    Outcome outcome = fromDiff(backend, wanted);

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("\n  warning      deletes the table newsletter_issues with its rows");
    assertThat(fromDiff(backend, wanted, "--json").out())
        .contains("\"files\" : [ \"", "\"warning\" : \"deletes the table newsletter_issues")
        .doesNotContain(password());
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void theEndOfTheScriptsNeedsNoMigratedDatabase(Backend backend) throws IOException {
    on(backend, "migrate", "--chain", "core", "--steps", "2");
    Path wanted = wanted("ALTER TABLE newsletters ADD COLUMN hue integer;\n");

    Outcome refused = fromDiff(backend, wanted);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .hasLineCount(1)
        .contains("Chain newsletters is empty in this database", "--from-scripts");
    assertThat(folder().resolve("db")).doesNotExist();

    Outcome outcome = fromDiff(backend, wanted, "--from-scripts");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(Path.of(outcome.out().lines().findFirst().orElseThrow()))
        .content()
        .contains("ADD COLUMN \"hue\"");
    assertThat(on(backend, "status").out()).contains("newsletters    empty ");
  }

  @Test
  void aWantedSchemaThatCannotBeMadeIsRefusedAndNothingIsWritten() throws IOException {
    on(Backend.SQLITE, "migrate");

    Outcome wrong = fromDiff(Backend.SQLITE, wanted("CREATE TABLE ;"));
    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.err()).hasLineCount(1).contains("the wanted schema");

    Path bytes = Files.write(folder().resolve("latin.sql"), new byte[] {(byte) 0xE9});
    for (Path file : List.of(bytes, folder().resolve("none.sql"))) {
      Outcome outcome = fromDiff(Backend.SQLITE, file);
      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.err()).hasLineCount(1).contains("--from-diff", file.toString());
    }
    assertThat(folder().resolve("db")).doesNotExist();
  }

  @Test
  void refusesOptionsThatMakeNoSenseTogether() {
    String file = folder().resolve("wanted.sql").toString();
    for (String[] arguments :
        new String[][] {
          {"new", "--chain", "core", "--from-diff", file},
          {"new", "x", "--plugin", "clips", "--from-diff", file},
          {"new", "x", "--chain", "clips", "--from-diff", file},
          {"new", "x", "--chain", "core", "--from-diff", file, "--per-backend"},
          {"new", "x", "--chain", "core", "--from-scripts"},
          {"new", "x", "--chain", "core", "--to", "sqlite:///a.db"}
        }) {
      Outcome outcome = run(arguments);
      assertThat(outcome.exitCode()).as(String.join(" ", arguments)).isEqualTo(2);
      assertThat(outcome.err()).hasLineCount(1);
    }
  }
}
