package dev.outgrow.examples.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseChoice;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.error.ConstraintException;
import dev.outgrow.examples.guide.GuidePage;
import dev.outgrow.importer.Cancellation;
import dev.outgrow.importer.mapping.Rule;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.source.Reading.Form;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the two guides show is compiled, and does what they say. */
class GuidesTest {
  private static final Path ROOT = Path.of(System.getProperty("outgrow.root"));

  private static ScratchServer server;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    server = ScratchServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"getting-started.md, StartGuide.java, 3", "moving.md, MovingGuide.java, 1"})
  void theirCodeIsTheCodeThatIsCompiledHere(String page, String source, int count)
      throws IOException {
    GuidePage.assertShows(page, "start/" + source, count);
  }

  @Test
  void theScriptIsTheOneThatRuns() throws IOException {
    assertThat(Files.readString(ROOT.resolve("docs/getting-started.md")))
        .contains(
            "```sql\n"
                + Files.readString(
                    ROOT.resolve("examples/src/test/resources/db/notes/V1__notes.sql"))
                + "```");
  }

  @Test
  void theFirstTenMinutesGoAsTheySay() {
    Path file = folder.resolve("data/notes.db");
    DatabaseUrl url = server.createDatabase();
    try (Database sqlite = StartGuide.open(choice(Map.of()))) {
      StartGuide.add(sqlite, "Monday", "Water the plants");
      StartGuide.add(sqlite, "Tuesday", "Again");
      assertThatExceptionOfType(ConstraintException.class)
          .isThrownBy(() -> StartGuide.add(sqlite, "Monday", "No"));
    }
    String told = url.toString().replace("***", password());
    try (Database postgres = StartGuide.open(choice(Map.of("DATABASE_URL", told)))) {
      assertThat(StartGuide.move(file, postgres).rowsVerified()).isEqualTo(2);
      assertThatExceptionOfType(ConstraintException.class)
          .isThrownBy(() -> StartGuide.add(postgres, "Monday", "No"));
      StartGuide.add(postgres, "Wednesday", "Here");
      assertThat(StartGuide.count(postgres)).isEqualTo(3);
    }
  }

  private DatabaseChoice choice(Map<String, String> environment) {
    return DatabaseChoice.forApplication("notes")
        .environment(environment)
        .systemProperties(new Properties())
        .dataFolder(folder.resolve("data"))
        .choose();
  }

  private static String password() {
    try {
      return Files.readString(server.passwordFile()).strip().split(":", -1)[4];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theApplicationMovesItselfOnceItIsConfirmed() throws SQLException {
    Path file = folder.resolve("app.sqlite");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE plays (id INTEGER PRIMARY KEY, started INTEGER)");
      statement.execute("INSERT INTO plays VALUES (1, 1700000000), (2, NULL)");
    }
    List<String> page = new ArrayList<>();
    try (Database db = Database.open(server.createDatabase())) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> move(file, db, page, false));
      assertThat(page).allSatisfy(line -> assertThat(line).startsWith("survey: "));

      assertThat(move(file, db, page, true)).isEqualTo(2);
      assertThat(page).anySatisfy(line -> assertThat(line).isEqualTo("load: 2 rows"));
    }
  }

  private static long move(Path file, Database db, List<String> page, boolean confirmed) {
    Rules rules =
        Rules.builder().rule("column plays.started", Rule.read(Form.EPOCH_SECONDS)).build();
    return MovingGuide.move(file, db, rules, plan -> confirmed, page::add, new Cancellation())
        .rowsVerified();
  }
}
