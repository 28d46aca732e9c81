package dev.outgrow.examples.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen of an import that runs, and how it is stopped. */
@Tag("slow")
class WizardProgressTest {
  @TempDir private @Nullable Path folder;
  private @Nullable MovingHousehold household;
  private final Halt halt = new Halt();

  @BeforeEach
  void make() {
    household = new MovingHousehold(Objects.requireNonNull(folder), 200);
  }

  @AfterEach
  void drop() {
    Objects.requireNonNull(household).close();
  }

  private MovingHousehold household() {
    return Objects.requireNonNull(household);
  }

  private void begin(Visitor visitor, DatabaseUrl url) {
    send(visitor, "own", Map.of());
    send(visitor, "choices", Map.of("orphans", "keep", "accept-foreign-key-validation", "on"));
    send(visitor, "target", Map.of("url", household().written(url)));
    visitor.sendForm("move", "move/begin", Map.of("name", url.database()));
    halt.reached();
  }

  private static String send(Visitor visitor, String form, Map<String, String> fields) {
    visitor.sendForm("move", "move/" + form, fields);
    return settled(visitor);
  }

  private static String settled(Visitor visitor) {
    return visitor.await("move", page -> !page.contains("data-events"));
  }

  @Test
  void isTheSameForEveryTabAndGoesOnWithoutAny() throws IOException {
    DatabaseUrl url = household().newDatabase();
    try (MediaApplication application =
        household().serve(household().newFile("media.db"), s -> s.withListener(halt))) {
      Visitor visitor = household().administrator(application);
      begin(visitor, url);
      Visitor second = household().administrator(application);

      for (Visitor each : new Visitor[] {visitor, second}) {
        assertThat(each.get("move").body())
            .contains("role=\"progressbar\"", "aria-live=\"polite\"", "Copying rows")
            .contains("<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>");
      }
      try (BufferedReader events =
          new BufferedReader(
              new InputStreamReader(second.stream("move/events"), StandardCharsets.UTF_8))) {
        String data = next(events);
        assertThat(data).contains("\"phase\":\"Copying rows\"", "\"place\":2");
        assertThat(visitor.get("").statusCode()).isEqualTo(200);
        halt.release();
        String mark = String.valueOf(Json.at(Json.object(data), "mark"));
        String later = next(events);
        while (later.contains(mark)) {
          later = next(events);
        }
        assertThat(later).doesNotContain("phase");
      }
      assertThat(settled(visitor)).contains("Every row has arrived");
    }
  }

  private static String next(BufferedReader events) throws IOException {
    String line = Objects.requireNonNull(events.readLine());
    while (!line.startsWith("data:")) {
      line = Objects.requireNonNull(events.readLine());
    }
    return line.substring("data:".length());
  }

  @Test
  void leavesNothingInTheTargetWhenItIsCancelled() {
    DatabaseUrl url = household().newDatabase();
    try (MediaApplication application =
            household().serve(household().newFile("media.db"), s -> s.withListener(halt));
        Database target = Database.open(url)) {
      Visitor visitor = household().administrator(application);
      begin(visitor, url);

      send(visitor, "leave", Map.of(), false);
      assertThat(visitor.get("move").body()).contains("data-events");
      send(visitor, "cancel", Map.of(), false);
      assertThat(visitor.get("move").body()).contains("Stopping");
      halt.release();

      assertThat(settled(visitor)).contains("The target is untouched", "Try again");
      assertThat(
              MovingHousehold.ask(
                  target,
                  "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                      + " WHERE c.relkind = 'r' AND n.nspname = 'public'"))
          .isEqualTo("0");
      assertThat(send(visitor, "back", Map.of())).contains("Rows that refer to nothing");
    }
  }

  private static void send(
      Visitor visitor, String form, Map<String, String> fields, boolean waits) {
    assertThat(visitor.sendForm("move", "move/" + form, fields).statusCode()).isEqualTo(303);
    if (waits) {
      settled(visitor);
    }
  }

  /** The database is there a moment later, and nothing is left in it. */
  @Test
  void endsWithTheApplication() {
    DatabaseUrl url = household().newDatabase();
    try (Database target = Database.open(url)) {
      try (MediaApplication application =
          household().serve(household().newFile("media.db"), s -> s.withListener(halt))) {
        begin(household().administrator(application), url);
        halt.release();
      }
      String rows = MovingHousehold.ask(target, "SELECT to_regclass('public.sessions') IS NULL");
      assertThat(rows).isIn("t", "f");
      if (rows.equals("f")) {
        assertThat(MovingHousehold.ask(target, "SELECT count(*) FROM sessions")).isEqualTo("200");
      }
    }
  }
}
