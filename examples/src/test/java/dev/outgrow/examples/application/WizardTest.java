package dev.outgrow.examples.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.examples.media.FirstLogin;
import dev.outgrow.examples.media.MediaChains;
import dev.outgrow.examples.wizard.Signpost;
import dev.outgrow.importer.Imports;
import dev.outgrow.migration.StartPolicy;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wizard as it is asked over HTTP. */
@Tag("slow")
class WizardTest {
  private static final String HOSTILE = MovingHousehold.HOSTILE;

  @TempDir private static @Nullable Path all;
  private static @Nullable MovingHousehold household;
  @TempDir private @Nullable Path own;

  @BeforeAll
  static void make() {
    household = new MovingHousehold(Objects.requireNonNull(all), 300);
  }

  @AfterAll
  static void drop() {
    Objects.requireNonNull(household).close();
  }

  private static MovingHousehold household() {
    return Objects.requireNonNull(household);
  }

  private Path folder() {
    return Objects.requireNonNull(own);
  }

  private static String page(Visitor visitor) {
    return visitor.await("move", page -> !page.contains("data-events"));
  }

  private static String send(Visitor visitor, String form, Map<String, String> fields) {
    HttpResponse<String> reply = visitor.sendForm("move", "move/" + form, fields);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(303);
    return page(visitor);
  }

  private static String agreed(Visitor visitor, String... kinds) {
    Map<String, String> fields = new java.util.HashMap<>(Map.of("orphans", "keep"));
    for (String kind : kinds) {
      fields.put("accept-" + kind, "on");
    }
    return send(visitor, "choices", fields);
  }

  private static String aimed(Visitor visitor, DatabaseUrl url, String schema) {
    return send(
        visitor,
        "target",
        Map.of("url", household().written(url), "password", "", "schema", schema));
  }

  @Test
  void movesTheApplicationAndBringsItBack() throws IOException {
    Path file = household().newFile("media.db");
    DatabaseUrl url = household().newDatabase();
    try (MediaApplication application = household().serve(file, s -> s);
        Database target = Database.open(url)) {
      Visitor visitor = household().administrator(application);
      String users = visitor.get("users").body();

      assertThat(page(visitor)).contains("Move this application", "media.db");
      assertThat(send(visitor, "own", Map.of())).contains("Rows that refer to nothing");
      assertThat(agreed(visitor)).contains("you have not agreed to that: foreign-key-validation");
      assertThat(agreed(visitor, "foreign-key-validation")).contains("Where to?");
      String confirm = aimed(visitor, url, "");
      assertThat(confirm)
          .contains("Nothing is overwritten", "its migrations make them", url.database())
          .doesNotContain(password(url));
      assertThat(send(visitor, "begin", Map.of("name", "another")))
          .contains("That is not the name, so nothing was begun.", "Shall it begin?");
      assertThat(tables(target)).isEqualTo("0");
      String arrived = send(visitor, "begin", Map.of("name", url.database()));
      assertThat(arrived)
          .contains("Every row has arrived", "Switch over")
          .doesNotContain(password(url));
      assertThat(MovingHousehold.ask(target, "SELECT count(*) FROM sessions")).isEqualTo("300");
      assertThat(visitor.get("health").body()).contains("SQLite");

      String switched = send(visitor, "switch", Map.of());
      assertThat(switched).contains("The application runs on PostgreSQL", "compared once more");
      assertThat(visitor.get("health").body()).contains("PostgreSQL", "\"migrations\":\"well\"");
      assertThat(shown(visitor.get("users").body())).isEqualTo(shown(users));
      Path signpost = Signpost.beside(file).file();
      assertThat(Signpost.beside(file).leadsTo()).contains(url);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(signpost)))
          .isEqualTo("rw-------");

      assertThat(send(visitor, "return", Map.of("name", "another")))
          .contains("That is not the name, so nothing was begun.");
      String back = send(visitor, "return", Map.of("name", url.database()));
      assertThat(back).contains("runs on the SQLite file again");
      assertThat(visitor.get("health").body()).contains("SQLite");
      assertThat(signpost).doesNotExist();

      String undone = send(visitor, "undo", Map.of("name", url.database()));
      assertThat(undone).contains("It was taken back", "is what it was before the import");
      assertThat(MovingHousehold.ask(target, "SELECT count(*) FROM sessions")).isEqualTo("0");
    }
  }

  private static String tables(Database target) {
    return MovingHousehold.ask(
        target, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");
  }

  private static String password(DatabaseUrl url) {
    String written = household().written(url);
    return written.substring(written.indexOf(':', 13) + 1, written.indexOf('@'));
  }

  private static String shown(String page) {
    return page.replace(Visitor.token(page), "token");
  }

  @Test
  void doesNotSwitchOverWhenTheFileHasMovedOn() {
    Path file = household().newFile("media.db");
    DatabaseUrl url = household().newDatabase();
    try (MediaApplication application = household().serve(file, s -> s);
        Database target = Database.open(url)) {
      Visitor visitor = household().administrator(application);
      carryOwn(visitor, url);
      MovingHousehold.sqlite(file, "UPDATE libraries SET agent = 'another'");

      assertThat(send(visitor, "switch", Map.of()))
          .contains("The file has moved on since the import", "libraries", "Import again");
      assertThat(visitor.get("health").body()).contains("SQLite");
      assertThat(Signpost.beside(file).file()).doesNotExist();

      send(visitor, "leave", Map.of());
      send(visitor, "own", Map.of());
      agreed(visitor, "foreign-key-validation");
      assertThat(aimed(visitor, url, "")).contains("This is overwritten", "sessions");
      assertThat(send(visitor, "begin", Map.of("name", url.database())))
          .contains("Every row has arrived", "public_before_");
      assertThat(send(visitor, "switch", Map.of())).contains("The application runs on PostgreSQL");
      assertThat(MovingHousehold.ask(target, "SELECT DISTINCT agent FROM libraries"))
          .isEqualTo("another");

      MovingHousehold.run(target, "UPDATE libraries SET agent = 'later'");
      assertThat(send(visitor, "return", Map.of("name", url.database())))
          .contains("The target has moved on since the import", "outgrow export");
      assertThat(visitor.get("health").body()).contains("PostgreSQL");
    }
  }

  private static void carryOwn(Visitor visitor, DatabaseUrl url) {
    send(visitor, "own", Map.of());
    agreed(visitor, "foreign-key-validation");
    aimed(visitor, url, "");
    assertThat(send(visitor, "begin", Map.of("name", url.database())))
        .contains("Every row has arrived");
  }

  @Test
  void carriesAHostileUploadIntoASchemaOfItsOwnAndTakesItBack() throws IOException {
    Path hostile = MovingHousehold.hostile(folder().resolve("hostile.db"));
    DatabaseUrl url = household().newDatabase();
    try (MediaApplication application =
            household()
                .serve(
                    household().newFile("media.db"), s -> s.withUploads(folder().resolve("up")));
        Database target = Database.open(url)) {
      MovingHousehold.run(
          target, "CREATE SCHEMA box", "CREATE TABLE box.\"" + HOSTILE + "\" (a int)");
      Visitor visitor = household().administrator(application);

      String seen = upload(visitor, "../../<b>evil.db", Files.readAllBytes(hostile));
      assertThat(seen)
          .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;b&gt;evil.db")
          .contains("seconds since 1970", "foreign-key-validation", "accept-trigger")
          .doesNotContain(HOSTILE, "<img src=x", "<b>");
      assertThat(uploads()).hasSize(1);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(uploads().get(0))))
          .isEqualTo("rw-------");
      String aiming =
          send(
              visitor,
              "choices",
              Map.of("rule-0", "on", "orphans", "reject", "accept-trigger", "on"));
      assertThat(aiming).contains("Where to?").contains("name=\"schema\"");
      String confirm = aimed(visitor, url, "box");
      assertThat(confirm)
          .contains("This is overwritten", "&lt;script&gt;", "box_before_")
          .doesNotContain(HOSTILE);
      String arrived = send(visitor, "begin", Map.of("name", "box"));
      assertThat(arrived)
          .contains("Every row has arrived", "1 row kept aside")
          .doesNotContain(HOSTILE);
      assertThat(uploads()).isEmpty();
      assertThat(
              MovingHousehold.ask(
                  target, "SELECT created_at FROM box.\"" + HOSTILE + "\" WHERE id = 2"))
          .isEqualTo("2023-11-14 22:13:21+00");

      HttpResponse<String> report = visitor.get("move/report");
      assertThat(report.body()).contains("Report of an import").doesNotContain(HOSTILE);
      assertThat(report.headers().firstValue("Content-Security-Policy"))
          .hasValueSatisfying(
              policy -> assertThat(policy).contains("default-src 'none'", "sandbox"));
      assertThat(visitor.get("move/report.json").body())
          .containsPattern("\"rowsRejected\"\\s*:\\s*1");
      assertThat(visitor.get("move/report.html").headers().firstValue("Content-Disposition"))
          .hasValueSatisfying(value -> assertThat(value).startsWith("attachment"));

      assertThat(send(visitor, "undo", Map.of("name", "box"))).contains("It was taken back");
      assertThat(Imports.of(target).list().get(0).state().name()).isEqualTo("UNDONE");
    }
  }

  private static String upload(Visitor visitor, String name, byte[] content) {
    assertThat(visitor.upload("move", "move/upload", name, content).statusCode()).isEqualTo(303);
    return page(visitor);
  }

  private List<Path> uploads() throws IOException {
    try (Stream<Path> files = Files.walk(folder().resolve("up"))) {
      return files.filter(f -> String.valueOf(f.getFileName()).startsWith("upload-")).toList();
    }
  }

  @Test
  void refusesFilesThatCannotBeCarriedAndLeavesNothingOfThem() throws IOException {
    Path empty = MovingHousehold.sqlite(folder().resolve("e.db"), "PRAGMA user_version = 7");
    byte[] cut = Files.readAllBytes(household().newFile("media.db"));
    try (MediaApplication application =
        household()
            .serve(
                household().newFile("media.db"),
                s -> s.withUploads(folder().resolve("up")).withLargestUpload(1 << 20))) {
      Visitor visitor = household().administrator(application);

      assertThat(
              upload(
                  visitor, "notes.txt", "Dear diary, all is well".getBytes(StandardCharsets.UTF_8)))
          .contains("notes.txt is not a SQLite file, or is encrypted.", "decrypt it");
      assertThat(upload(visitor, "nothing.db", new byte[0])).contains("nothing.db is empty.");
      assertThat(upload(visitor, "short.db", "SQLite format 3\0".getBytes(StandardCharsets.UTF_8)))
          .contains("is no whole SQLite file", "half-way");
      assertThat(upload(visitor, "bare.db", Files.readAllBytes(empty)))
          .contains("bare.db has no tables.");
      byte[] large = java.util.Arrays.copyOf(cut, (1 << 20) + 1);
      assertThat(upload(visitor, "large.db", large))
          .contains("large.db is larger than the 1 MiB that may be uploaded.", "--upload-limit");
      assertThat(upload(visitor, "vast.db", java.util.Arrays.copyOf(cut, 3 << 20)))
          .contains("The file is larger than the 1 MiB that may be uploaded.");
      byte[] half = java.util.Arrays.copyOf(cut, 8192 + 100);
      assertThat(upload(visitor, "half.db", half)).contains("half.db", "role=\"alert\"");
      assertThat(page(visitor))
          .doesNotContain(folder().toString(), "run-")
          .contains("Move this application");
      assertThat(uploads()).isEmpty();
    }
  }

  @Test
  void offersNothingButFilesOfItsFolder() throws IOException {
    Path offered = Files.createDirectories(folder().resolve("offered/deep"));
    MovingHousehold.sqlite(offered.resolve("inside.db"), "CREATE TABLE t (a)");
    Path outside = MovingHousehold.sqlite(folder().resolve("outside.db"), "CREATE TABLE t (a)");
    Files.createSymbolicLink(folder().resolve("offered/link.db"), outside);
    Files.createSymbolicLink(folder().resolve("offered/away"), folder());
    Files.writeString(folder().resolve("offered/wrong.db"), "no database at all, but long enough");
    try (MediaApplication application =
        household()
            .serve(
                household().newFile("media.db"), s -> s.withFolder(folder().resolve("offered")))) {
      Visitor visitor = household().administrator(application);

      assertThat(page(visitor))
          .contains("deep/inside.db", "wrong.db")
          .doesNotContain("link.db", "outside.db", "away");
      for (String name :
          List.of(
              "../outside.db",
              "link.db",
              "away/outside.db",
              outside.toString(),
              "",
              "deep",
              "a\0b")) {
        assertThat(send(visitor, "file", Map.of("file", name)))
            .as(name)
            .contains("in the folder that is offered", "Choose one of the list");
      }
      assertThat(send(visitor, "file", Map.of("file", "wrong.db")))
          .contains("role=\"alert\"", "wrong.db");
      assertThat(send(visitor, "file", Map.of("file", "deep/inside.db")))
          .contains("What <bdi>deep/inside.db</bdi> holds", "Everything fits");
    }
  }

  @Test
  void refusesTargetsThatAreNone() {
    DatabaseUrl url = household().newDatabase();
    try (MediaApplication application =
        household().serve(household().newFile("media.db"), s -> s)) {
      Visitor visitor = household().administrator(application);
      send(visitor, "own", Map.of());
      agreed(visitor, "foreign-key-validation");

      for (String wrong : List.of("", "sqlite:///tmp/x.db", "nonsense")) {
        assertThat(send(visitor, "target", Map.of("url", wrong)))
            .as(wrong)
            .contains("Where to?", "role=\"alert\"");
      }
      assertThat(
              send(
                  visitor,
                  "target",
                  Map.of("url", url.toString().replace(":***", ""), "password", "wr0ng!secret")))
          .contains("Where to?", "role=\"alert\"")
          .doesNotContain("wr0ng!secret");
      String user = url.toString().replace(":***", "");
      assertThat(send(visitor, "target", Map.of("url", user, "password", password(url))))
          .contains("Shall it begin?")
          .doesNotContain(password(url));
    }
  }

  @Test
  void doesNothingForAPageThatIsOutOfDate() {
    try (MediaApplication application =
        household().serve(household().newFile("media.db"), s -> s)) {
      Visitor visitor = household().administrator(application);
      String old = visitor.get("move").body();
      send(visitor, "own", Map.of());

      HttpResponse<String> late =
          visitor.post("move/leave", Map.of("csrf", Visitor.token(old), "mark", Visitor.mark(old)));
      assertThat(late.statusCode()).isEqualTo(303);
      assertThat(page(visitor))
          .contains("That page was out of date, so nothing was done.", "holds");
    }
  }

  @Test
  void carriesAFileBesideTheApplicationsOwnTablesAndListsWhatDoesNotFit() throws IOException {
    Path offered = Files.createDirectories(folder().resolve("offered"));
    MovingHousehold.hostile(offered.resolve("Box of things.db"));
    DatabaseUrl url = household().newDatabase();
    AtomicReference<@Nullable FirstLogin> first = new AtomicReference<>();
    try (MediaApplication application =
            MediaApplication.listen(
                "127.0.0.1", 0, List.of(), household().settings().withFolder(offered));
        Database target = Database.open(url)) {
      application.open(
          DatabaseConfig.builder(url).minimumPoolSize(1).build(),
          Duration.ofSeconds(30),
          database -> MediaChains.of(database, first::set),
          StartPolicy.INITIALISE_EMPTY);
      Visitor visitor = new Visitor(application);
      visitor.enter(Objects.requireNonNull(first.get()));

      assertThat(page(visitor)).doesNotContain("Move this application");
      send(visitor, "file", Map.of("file", "Box of things.db"));
      String aiming = send(visitor, "choices", Map.of("orphans", "fail", "accept-trigger", "on"));
      assertThat(aiming).contains("The one this application runs on", "value=\"box_of_things\"");
      assertThat(send(visitor, "target", Map.of("here", "yes", "schema", "public")))
          .contains("Schema public holds this application's own tables.");
      send(visitor, "target", Map.of("here", "yes", "schema", "box"));
      MovingHousehold.run(target, "CREATE SCHEMA box", "CREATE TABLE box.late (a int)");
      assertThat(send(visitor, "begin", Map.of("name", "box")))
          .contains("The target holds other tables than the page showed");
      MovingHousehold.run(target, "DROP SCHEMA box CASCADE");

      send(visitor, "back", Map.of());
      send(visitor, "choices", Map.of("orphans", "fail", "accept-trigger", "on"));
      send(visitor, "target", Map.of("here", "yes", "schema", "box"));
      assertThat(send(visitor, "begin", Map.of("name", "box")))
          .contains("It was not carried", "1 row cannot be carried", "Decide otherwise");
      assertThat(visitor.get("move/report.json").body()).contains("\"rejects\"");
      send(visitor, "back", Map.of());
      send(visitor, "choices", Map.of("orphans", "null", "accept-trigger", "on"));
      send(visitor, "target", Map.of("here", "yes", "schema", "box"));
      assertThat(send(visitor, "begin", Map.of("name", "box")))
          .contains("Every row has arrived")
          .doesNotContain("Switch over");
      assertThat(visitor.get("users").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void letsAdministratorsInAlone() throws IOException {
    Path file = household().newFile("media.db");
    try (MediaApplication application =
        household().serve(file, s -> s.withUploads(folder().resolve("up")))) {
      Visitor stranger = new Visitor(application);
      for (String path : List.of("move", "move/report", "move/report.json")) {
        assertThat(stranger.get(path).headers().firstValue("Location")).contains("/login");
      }
      assertThat(stranger.upload("login", "move/upload", "a.db", new byte[9000]).statusCode())
          .isEqualTo(303);
      Visitor visitor = household().administrator(application);
      assertThat(visitor.post("move/own", Map.of("csrf", "guessed")).statusCode()).isEqualTo(403);
      assertThat(
              visitor.uploadWith("guessed", "move/upload", Files.readAllBytes(file)).statusCode())
          .isEqualTo(403);
      assertThat(uploads()).isEmpty();

      MovingHousehold.sqlite(file, "UPDATE users SET is_admin = 0");
      HttpResponse<String> demoted = visitor.get("move");
      assertThat(demoted.statusCode()).isEqualTo(403);
      assertThat(demoted.body()).contains("Only administrators get in.");
    }
  }

  @Test
  void takesTheUploadAwayWithWhoLogsOut() throws IOException {
    Path hostile = MovingHousehold.hostile(folder().resolve("hostile.db"));
    try (MediaApplication application =
        household()
            .serve(household().newFile("media.db"), s -> s.withUploads(folder().resolve("up")))) {
      Visitor visitor = household().administrator(application);
      upload(visitor, "h.db", Files.readAllBytes(hostile));
      assertThat(uploads()).hasSize(1);
      visitor.sendForm("move", "logout", Map.of());
      assertThat(uploads()).isEmpty();
      visitor = household().administrator(application);
      assertThat(page(visitor)).contains("Move this application");
      upload(visitor, "h.db", Files.readAllBytes(hostile));
      assertThat(uploads()).hasSize(1);
    }
    assertThat(uploads()).isEmpty();
  }

  @Test
  void takesAwayWhatAKilledApplicationHasLeft() throws IOException {
    Path run = Files.createDirectories(folder().resolve("up/run-1"));
    Files.createFile(run.resolve(".lock"));
    Files.writeString(run.resolve("upload-1.db"), "left");
    try (MediaApplication application =
            household()
                .serve(
                    household().newFile("media.db"), s -> s.withUploads(folder().resolve("up")));
        MediaApplication second =
            household()
                .serve(
                    household().newFile("media.db"), s -> s.withUploads(folder().resolve("up")))) {
      assertThat(run).doesNotExist();
      assertThat(application.url()).isNotEqualTo(second.url());
    }
  }
}
