package dev.outgrow.examples.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.examples.wizard.Signpost;
import dev.outgrow.examples.wizard.WizardSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From PostgreSQL back to a SQLite file, after the application was started anew, too. */
@Tag("slow")
class WizardWayBackTest {
  @TempDir private static @Nullable Path all;
  private static @Nullable MovingHousehold household;

  private final Path file = household().newFile("media.db");
  private final DatabaseUrl url = household().newDatabase();

  @BeforeAll
  static void make() {
    household = new MovingHousehold(Objects.requireNonNull(all), 200);
  }

  @AfterAll
  static void drop() {
    Objects.requireNonNull(household).close();
  }

  private static MovingHousehold household() {
    return Objects.requireNonNull(household);
  }

  private static String send(Visitor visitor, String form, Map<String, String> fields) {
    assertThat(visitor.sendForm("move", "move/" + form, fields).statusCode()).isEqualTo(303);
    return settled(visitor);
  }

  private static String settled(Visitor visitor) {
    return visitor.await("move", page -> !page.contains("data-events"));
  }

  private String confirmed(Visitor visitor, String form) {
    return send(visitor, form, Map.of("name", url.database()));
  }

  /** The application moves, and ends. */
  private void move() {
    try (MediaApplication application = household().serve(file, s -> s.withFile(file))) {
      Visitor visitor = household().administrator(application);
      move(visitor);
    }
  }

  private void move(Visitor visitor) {
    send(visitor, "own", Map.of());
    send(visitor, "choices", Map.of("orphans", "keep", "accept-foreign-key-validation", "on"));
    send(visitor, "target", Map.of("url", household().written(url)));
    assertThat(confirmed(visitor, "begin")).contains("Every row has arrived");
    assertThat(send(visitor, "switch", Map.of())).contains("The application runs on PostgreSQL");
  }

  /** Starts it anew, told of the file, from where the signpost leads. */
  private MediaApplication again() {
    DatabaseUrl there = Signpost.last(file).leadsTo().orElseThrow();
    return household().serve(there, household().settings().withFile(file));
  }

  @Test
  void isOfferedAfterARestartToAdministratorsAndChecksAsBefore() {
    move();
    try (MediaApplication application = again();
        Database target = Database.open(url)) {
      Visitor stranger = new Visitor(application);
      Visitor visitor = household().administrator(application);
      for (String form : new String[] {"return", "export"}) {
        Map<String, String> name = Map.of("csrf", "guessed", "name", url.database());
        assertThat(stranger.post("move/" + form, name).statusCode()).isEqualTo(401);
        assertThat(visitor.post("move/" + form, name).statusCode()).isEqualTo(403);
      }
      assertThat(settled(visitor))
          .contains("Go back to <bdi>media.db</bdi>", file.toString(), "UTC", url.database())
          .contains("media.back.db");

      assertThat(send(visitor, "return", Map.of("name", "another")))
          .contains("That is not the name, so nothing was begun.");
      MovingHousehold.run(target, "UPDATE libraries SET agent = 'later'");
      assertThat(confirmed(visitor, "return"))
          .contains("The target has moved on since the import", "Go back with a new file")
          .contains("Go back to <bdi>media.db</bdi>");
      assertThat(visitor.get("health").body()).contains("PostgreSQL");
      assertThat(Signpost.beside(file).file()).exists();
    }
  }

  @Test
  void leadsToTheFormerFileWhenNothingWasWritten() {
    move();
    try (MediaApplication application = again()) {
      Visitor visitor = household().administrator(application);
      assertThat(confirmed(visitor, "return"))
          .contains("The application runs on SQLite again", "rows were compared once more")
          .doesNotContain("DATABASE_URL");
      assertThat(visitor.get("health").body()).contains("SQLite", "\"migrations\":\"well\"");
      assertThat(Signpost.beside(file).file()).doesNotExist();
      assertThat(send(visitor, "leave", Map.of())).contains("Move this application");
    }
  }

  @Test
  void bringsAlongWhatWasWrittenInANewFileAndMovesAgain() throws IOException {
    move();
    byte[] before = Files.readAllBytes(file);
    Path made = file.resolveSibling("media.back.db");
    try (MediaApplication application = again();
        Database target = Database.open(url)) {
      MovingHousehold.run(target, "UPDATE libraries SET agent = 'later'");
      Visitor visitor = household().administrator(application);
      assertThat(send(visitor, "export", Map.of("name", "another")))
          .contains("That is not the name, so nothing was begun.");
      assertThat(made).doesNotExist();

      assertThat(confirmed(visitor, "export"))
          .contains("The application runs on SQLite again", made.toString())
          .contains("read back and compared");
      assertThat(visitor.get("move/report.txt").body()).contains("sessions", "Verified: ");
      assertThat(visitor.get("health").body()).contains("SQLite", "\"migrations\":\"well\"");
      assertThat(visitor.get("users").statusCode()).isEqualTo(200);
      assertThat(Files.readAllBytes(file)).isEqualTo(before);
      assertThat(MovingHousehold.ask(target, "SELECT DISTINCT agent FROM libraries"))
          .isEqualTo("later");
    }
    assertThat(Signpost.last(file).sqlite()).isEqualTo(made);
    try (MediaApplication application =
            household().serve(made, s -> s.withFile(file)); // as serve follows the signpost
        Database back = Database.open(DatabaseUrl.sqlite(made))) {
      assertThat(MovingHousehold.ask(back, "SELECT DISTINCT agent FROM libraries"))
          .isEqualTo("later");
      Visitor visitor = household().administrator(application);
      move(visitor);
      assertThat(Signpost.last(file).leadsTo()).contains(url);
      assertThat(settled(visitor))
          .contains("Go back to <bdi>media.back.db</bdi>", "media.back-2.db");
      assertThat(confirmed(visitor, "return")).contains("runs on the SQLite file again");
      assertThat(Signpost.last(file).sqlite()).isEqualTo(made);
    }
  }

  @Test
  void isKnownToTheJournalWhereTheApplicationIsToldOfPostgresql() {
    move();
    try (MediaApplication application = household().serve(url, household().settings())) {
      Visitor visitor = household().administrator(application);
      assertThat(settled(visitor)).contains("Go back to <bdi>media.db</bdi>");
      assertThat(confirmed(visitor, "return"))
          .contains("The application runs on SQLite again")
          .contains("set DATABASE_URL to " + DatabaseUrl.sqlite(file));
    }
  }

  @Test
  void saysWhatToDoWhereTheFormerFileIsGone() throws IOException {
    move();
    Files.move(file, file.resolveSibling("kept.db"), StandardCopyOption.ATOMIC_MOVE);
    try (MediaApplication application = again()) {
      Visitor visitor = household().administrator(application);
      assertThat(settled(visitor))
          .contains("That file is not in its place any more.", "Go back with all that was written")
          .doesNotContain("action=\"/move/return\"");
      assertThat(confirmed(visitor, "return"))
          .contains("is not there any more", "Put it back in its place");
      assertThat(file).doesNotExist();
      assertThat(confirmed(visitor, "export")).contains("The application runs on SQLite again");
    }
  }

  @Test
  void waitsForNobodyWhoKeepsOnWritingAndLeavesNothingBehindUnasked() throws SQLException {
    move();
    try (MediaApplication application = again();
        Database target = Database.open(url)) {
      MovingHousehold.run(target, "CREATE TABLE others (a int)", "INSERT INTO others VALUES (1)");
      Visitor visitor = household().administrator(application);
      try (Connection writer = target.ownConnection();
          Statement statement = writer.createStatement()) {
        writer.setAutoCommit(false);
        statement.execute("UPDATE libraries SET agent = 'under way'");
        assertThat(confirmed(visitor, "export"))
            .contains("role=\"alert\"", "Keeping others from writing to PostgreSQL");
        assertThat(visitor.get("health").body()).contains("PostgreSQL");
        writer.rollback();
      }
      assertThat(confirmed(visitor, "export"))
          .contains("role=\"alert\"", "others", "PostgreSQL")
          .contains("may stay behind");
      assertThat(file.resolveSibling("media.back.db")).doesNotExist();
      assertThat(send(visitor, "export", Map.of("name", url.database(), "others", "yes")))
          .contains("The application runs on SQLite again");
      assertThat(visitor.get("move/report.txt").body()).contains("others");
    }
  }

  @Test
  void isCancelledAndChangesNothing() {
    Halt halt = new Halt();
    move();
    WizardSettings settings = household().settings().withFile(file).withListener(halt);
    try (MediaApplication application = household().serve(url, settings)) {
      Visitor visitor = household().administrator(application);
      visitor.sendForm("move", "move/export", Map.of("name", url.database()));
      halt.reached();
      assertThat(visitor.get("move").body())
          .contains("Writing a new SQLite file", "Copying rows", "forms that would write wait");
      visitor.sendForm("move", "move/cancel", Map.of());
      halt.release();
      assertThat(settled(visitor))
          .contains("It was cancelled, and nothing was changed.", "Go back to <bdi>media.db</bdi>");
      assertThat(visitor.get("health").body()).contains("PostgreSQL");
      assertThat(file.resolveSibling("media.back.db")).doesNotExist();
    }
  }
}
