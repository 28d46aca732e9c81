package dev.outgrow.examples.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.importer.Imports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a move when something else happens in its middle. */
@Tag("slow")
class WizardDisturbedTest {
  @TempDir private static @Nullable Path all;
  private static @Nullable MovingHousehold household;
  @TempDir private @Nullable Path own;
  private final Halt halt = new Halt();

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

  private Path folder() {
    return Objects.requireNonNull(own);
  }

  private static String settled(Visitor visitor) {
    return visitor.await("move", page -> !page.contains("data-events"));
  }

  private static String send(Visitor visitor, String form, Map<String, String> fields) {
    visitor.sendForm("move", "move/" + form, fields);
    return settled(visitor);
  }

  private MediaApplication offering(Path folder) {
    return household().serve(household().newFile("media.db"), s -> s.withFolder(folder));
  }

  /** Carries a file of the folder that is offered, and returns the page behind it. */
  private static String carry(Visitor visitor, String name, DatabaseUrl url) {
    assertThat(send(visitor, "file", Map.of("file", name))).contains("holds");
    send(visitor, "choices", Map.of("orphans", "keep"));
    send(visitor, "target", Map.of("url", household().written(url), "schema", "box"));
    return send(visitor, "begin", Map.of("name", "box"));
  }

  private static Path table(Path file, String... more) {
    MovingHousehold.sqlite(file, "CREATE TABLE t (a)", "INSERT INTO t VALUES (1), (2)");
    return MovingHousehold.sqlite(file, more);
  }

  @Test
  void saysThatAFileIsLockedAndCarriesItOnceItIsNot() {
    Path file = table(folder().resolve("busy.db"));
    try (MediaApplication application = offering(folder())) {
      Visitor visitor = household().administrator(application);
      try (OtherProgram holder =
          OtherProgram.using(file, "PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE")) {
        assertThat(send(visitor, "file", Map.of("file", "busy.db")))
            .contains(
                "is locked by another program", "wait until it has finished", "role=\"alert\"")
            .contains("Carry a file from the server");
        assertThat(holder.lasts()).isTrue();
      }
      assertThat(carry(visitor, "busy.db", household().newDatabase()))
          .contains("Every row has arrived");
    }
  }

  @Test
  void doesNotTakeAFileWhoseProgramCrashedForAWholeOne() throws IOException {
    Path file = table(folder().resolve("hot.db"));
    OtherProgram crashing =
        OtherProgram.using(
            file,
            "PRAGMA cache_size = 2",
            "PRAGMA cache_spill = 1",
            "BEGIN",
            "INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT"
                + " 20000) SELECT hex(zeroblob(50)) FROM n");
    crashing.close();
    byte[] journal = Files.readAllBytes(folder().resolve("hot.db-journal"));
    try (MediaApplication application = offering(folder())) {
      Visitor visitor = household().administrator(application);
      assertThat(send(visitor, "file", Map.of("file", "hot.db")))
          .contains("role=\"alert\"", "hot.db", "journal")
          .contains("open it once with the application that owns it");
      assertThat(Files.readAllBytes(folder().resolve("hot.db-journal"))).isEqualTo(journal);

      MovingHousehold.sqlite(file, "INSERT INTO t VALUES (3)"); // its application rolls it back
      assertThat(carry(visitor, "hot.db", household().newDatabase()))
          .contains("Every row has arrived", "<dd>3</dd>");
    }
  }

  @Test
  void carriesWhatAWriterThatRunsHasInItsLog() {
    Path file = table(folder().resolve("log.db"), "PRAGMA journal_mode = WAL");
    DatabaseUrl url = household().newDatabase();
    try (MediaApplication application = offering(folder());
        Database target = Database.open(url);
        OtherProgram writer =
            OtherProgram.using(
                file,
                "PRAGMA wal_autocheckpoint = 0",
                "INSERT INTO t VALUES ('in the log')",
                "BEGIN IMMEDIATE",
                "INSERT INTO t VALUES ('not committed')")) {
      assertThat(folder().resolve("log.db-wal")).isNotEmptyFile();
      Visitor visitor = household().administrator(application);
      assertThat(carry(visitor, "log.db", url)).contains("Every row has arrived", "<dd>3</dd>");
      assertThat(MovingHousehold.ask(target, "SELECT string_agg(a, ',' ORDER BY a) FROM box.t"))
          .isEqualTo("1,2,in the log");
      assertThat(writer.lasts()).isTrue();
      assertThat(folder().resolve("log.db-wal")).isNotEmptyFile();
    }
  }

  private static void begin(Visitor visitor, DatabaseUrl url) {
    send(visitor, "own", Map.of());
    send(visitor, "choices", Map.of("orphans", "keep", "accept-foreign-key-validation", "on"));
    send(visitor, "target", Map.of("url", household().written(url)));
    visitor.sendForm("move", "move/begin", Map.of("name", url.database()));
  }

  @Test
  void goesOnWhenTheSessionEndsAndKeepsTheReport() throws IOException {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    try (MediaApplication application =
        household()
            .serve(
                household().newFile("media.db"),
                () -> Objects.requireNonNull(now.get()),
                household().settings().withListener(halt))) {
      Visitor visitor = household().administrator(application);
      begin(visitor, household().newDatabase());
      halt.reached();
      try (BufferedReader events =
          new BufferedReader(
              new InputStreamReader(visitor.stream("move/events"), StandardCharsets.UTF_8))) {
        assertThat(next(events)).contains("Copying rows");
        now.set(Instant.now().plus(LoginSessions.IDLE).plus(Duration.ofMinutes(1)));
        household().administrator(application); // whose login clears old sessions away
        assertThat(next(events)).isNull();
      }
      String sent = visitor.get("move").headers().firstValue("Location").orElse("");
      assertThat(sent).isEqualTo(LoginPages.AGAIN);
      assertThat(visitor.get(sent.substring(1)).body())
          .contains("You are not logged in any more.", "what you have begun under Move goes on");
      assertThat(visitor.get("move/events").headers().firstValue("Location")).contains(sent);
      halt.release();
      Visitor later = household().administrator(application);
      assertThat(settled(later)).contains("Every row has arrived");
      assertThat(later.get("move/report").body()).contains("Report of an import");
    }
  }

  /** Returns the data of the next event, or null behind the last. */
  private static @Nullable String next(BufferedReader events) throws IOException {
    String line = events.readLine();
    while (line != null && !line.startsWith("data:")) {
      line = events.readLine();
    }
    return line;
  }

  @Test
  void tellsOfAnUploadThatFailedAfterWhoBeganItHasLeft() throws IOException {
    Path file =
        MovingHousehold.sqlite(
            folder().resolve("o.db"),
            "CREATE TABLE p (id INTEGER PRIMARY KEY)",
            "CREATE TABLE c (p INTEGER REFERENCES p (id))",
            "INSERT INTO c VALUES (7)");
    try (MediaApplication application =
        household()
            .serve(
                household().newFile("media.db"),
                s -> s.withUploads(folder().resolve("up")).withListener(halt))) {
      Visitor visitor = household().administrator(application);
      visitor.upload("move", "move/upload", "o.db", Files.readAllBytes(file));
      settled(visitor);
      send(visitor, "choices", Map.of("orphans", "fail"));
      String url = household().written(household().newDatabase());
      send(visitor, "target", Map.of("url", url, "schema", "box"));
      visitor.sendForm("move", "move/begin", Map.of("name", "box"));
      visitor.sendForm("move", "logout", Map.of());
      halt.release();
      Visitor later = household().administrator(application);
      assertThat(settled(later))
          .contains("It was not carried", "cannot be carried")
          .doesNotContain("Decide otherwise");
      assertThat(uploads()).isEmpty();
    }
  }

  private List<Path> uploads() throws IOException {
    try (Stream<Path> files = Files.walk(folder().resolve("up"))) {
      return files.filter(f -> String.valueOf(f.getFileName()).startsWith("upload-")).toList();
    }
  }

  @Test
  void forgetsAnUploadThatBreaksOff() throws IOException {
    byte[] content = Files.readAllBytes(household().newFile("media.db"));
    try (MediaApplication application =
        household()
            .serve(household().newFile("media.db"), s -> s.withUploads(folder().resolve("up")))) {
      Visitor visitor = household().administrator(application);
      visitor.breakOff("move", "move/upload", content);
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      while (!isForgotten(visitor) && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertThat(uploads()).isEmpty();
      assertThat(settled(visitor)).contains("Move this application");
      visitor.upload("move", "move/upload", "whole.db", content);
      assertThat(settled(visitor)).contains("What <bdi>whole.db</bdi> holds");
    }
  }

  /** It was seen by the server, and is over: the metrics count the request when it is. */
  private boolean isForgotten(Visitor visitor) throws IOException {
    return visitor.get("metrics").body().contains("/move/upload") && uploads().isEmpty();
  }

  @Test
  void letsOneOfTwoAdministratorsBeginAndShowsTheOtherHowItStands() throws Exception {
    DatabaseUrl url = household().newDatabase();
    try (MediaApplication application = household().serve(household().newFile("media.db"), s -> s);
        Database target = Database.open(url)) {
      Visitor ada = household().administrator(application);
      Visitor bob = household().administrator(application);
      String old = bob.get("move").body();
      send(ada, "own", Map.of());
      bob.post("move/own", Map.of("csrf", Visitor.token(old), "mark", Visitor.mark(old)));
      assertThat(settled(bob)).contains("That page was out of date, so nothing was done.");
      send(bob, "choices", Map.of("orphans", "keep", "accept-foreign-key-validation", "on"));
      send(ada, "target", Map.of("url", household().written(url)));

      Map<String, String> name = Map.of("name", url.database());
      CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> begin(ada, name));
      CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> begin(bob, name));
      assertThat(first.get(1, TimeUnit.MINUTES)).contains("Every row has arrived");
      assertThat(second.get(1, TimeUnit.MINUTES)).contains("Every row has arrived");
      assertThat(Imports.of(target).list()).hasSize(1);
    }
  }

  private static String begin(Visitor visitor, Map<String, String> name) {
    visitor.sendForm("move", "move/begin", name);
    return settled(visitor);
  }
}
