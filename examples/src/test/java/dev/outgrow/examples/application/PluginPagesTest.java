package dev.outgrow.examples.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.examples.media.MediaChains;
import dev.outgrow.examples.plugins.Newsletter;
import dev.outgrow.examples.plugins.Newsletters;
import dev.outgrow.examples.plugins.Notifications;
import dev.outgrow.examples.plugins.Notifier;
import dev.outgrow.examples.plugins.Reader;
import dev.outgrow.migration.StartPolicy;
import dev.outgrow.query.Jooq;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plugins' pages and their forms, on either backend. */
@Tag("slow")
class PluginPagesTest {
  private static final String HOSTILE = "<script>alert(1)</script>";

  private static @Nullable SameHistory history;

  @BeforeAll
  static void make(@TempDir Path folder) {
    SameHistory made = SameHistory.in(folder, 50);
    history = made;
    for (Backend backend : Backend.values()) {
      try (Database database = made.on(backend).open()) {
        database.inTransaction(
            tx -> {
              try (Statement statement = tx.connection().createStatement()) {
                statement.execute("DELETE FROM logs");
                statement.execute("DELETE FROM notifiers");
                statement.execute(
                    "INSERT INTO notifiers (id, agent_name, config) VALUES (7, 'email', 'token=secret-of-another')");
                statement.execute(
                    "INSERT INTO logs (notifier_id, logged_at, level, message) VALUES (7, 1735689600, 'WARN', '"
                        + HOSTILE
                        + "')");
                statement.execute("INSERT INTO newsletters (name) VALUES ('weekly')");
                statement.execute(
                    "INSERT INTO newsletter_issues (newsletter, sent_at, body) VALUES ('weekly', 1735689600, '"
                        + HOSTILE
                        + "')");
              }
            });
      }
    }
  }

  @AfterAll
  static void drop() {
    Objects.requireNonNull(history).close();
  }

  private static MediaApplication serve(Backend backend) {
    MediaApplication application = MediaApplication.listen("127.0.0.1", 0);
    application.open(
        Objects.requireNonNull(history).on(backend).config(),
        Duration.ofSeconds(30),
        database -> MediaChains.of(database, login -> {}),
        StartPolicy.CHECK_ONLY);
    return application;
  }

  private static Visitor administrator(MediaApplication application, Backend backend) {
    Visitor visitor = new Visitor(application);
    visitor.enter(Objects.requireNonNull(history).on(backend).first());
    return visitor;
  }

  private static int send(Visitor visitor, String page, String path, Map<String, String> fields) {
    Map<String, String> all = new HashMap<>(fields);
    all.put("csrf", Visitor.token(visitor.get(page).body()));
    return visitor.post(path, all).statusCode();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void showAndChangeNotifiersAndTellNoSecret(Backend backend) {
    try (MediaApplication application = serve(backend);
        Database database = Objects.requireNonNull(history).on(backend).open()) {
      assertThat(new Visitor(application).get("notifications").statusCode()).isEqualTo(303);
      Visitor visitor = administrator(application, backend);

      assertThat(visitor.get("notifications").body())
          .contains("email", "WARN", "&lt;script&gt;alert(1)&lt;/script&gt;")
          .doesNotContain(HOSTILE, "secret-of-another");
      Map<String, String> form =
          Map.of("id", "7", "name", HOSTILE, "template", "{user} \"stops\"", "stop", "on");
      assertThat(visitor.post("notifications", form).statusCode()).isEqualTo(403);
      assertThat(send(visitor, "notifications", "notifications", form)).isEqualTo(303);
      List<Notifier> notifiers = database.read(tx -> Notifications.of(Jooq.on(tx)).notifiers());
      assertThat(notifiers)
          .singleElement()
          .satisfies(
              notifier -> {
                assertThat(notifier.name()).isEqualTo(HOSTILE);
                assertThat(notifier.template()).isEqualTo("{user} \"stops\"");
                assertThat(notifier.onPlay()).isFalse();
                assertThat(notifier.onStop()).isTrue();
              });
      assertThat(visitor.get("notifications").body()).doesNotContain(HOSTILE);
      assertThat(
              send(
                  visitor,
                  "notifications",
                  "notifications",
                  Map.of("id", "7", "name", "", "template", " ")))
          .isEqualTo(422);
    }
  }

  private static Newsletter weekly(Database database) {
    return database.read(tx -> Newsletters.of(Jooq.on(tx)).all()).stream()
        .filter(letter -> letter.name().equals("weekly"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void showAndChangeNewslettersAndWhoGetsThem(Backend backend) {
    try (MediaApplication application = serve(backend);
        Database database = Objects.requireNonNull(history).on(backend).open()) {
      Visitor visitor = administrator(application, backend);
      assertThat(visitor.get("newsletters").body())
          .contains("weekly", "&lt;script&gt;alert(1)&lt;/script&gt;")
          .doesNotContain(HOSTILE);

      assertThat(
              send(
                  visitor,
                  "newsletters",
                  "newsletters",
                  Map.of("name", "weekly", "subject", HOSTILE, "weekday", "3")))
          .isEqualTo(303);
      assertThat(weekly(database).subject()).isEqualTo(HOSTILE);
      assertThat(weekly(database).weekday()).isEqualTo(3);
      for (Map<String, String> wrong :
          List.of(
              Map.of("name", "", "subject", "s", "weekday", "3"),
              Map.of("name", "weekly", "subject", "s", "weekday", "8"),
              Map.of("name", "weekly", "subject", "s", "weekday", "monday"))) {
        assertThat(send(visitor, "newsletters", "newsletters", wrong)).isEqualTo(422);
      }
      assertThat(visitor.get("newsletters").body()).doesNotContain(HOSTILE);

      Reader reader = weekly(database).others().get(0);
      for (String change : List.of("add", "add", "remove")) {
        Map<String, String> form =
            Map.of("newsletter", "weekly", "user", "" + reader.id(), "change", change);
        assertThat(visitor.post("newsletters/readers", form).statusCode()).isEqualTo(403);
        assertThat(send(visitor, "newsletters", "newsletters/readers", form)).isEqualTo(303);
        assertThat(weekly(database).subscribers().contains(reader)).isEqualTo(change.equals("add"));
      }
      Map<String, String> nobody =
          Map.of("newsletter", "weekly", "user", "999999999", "change", "add");
      assertThat(send(visitor, "newsletters", "newsletters/readers", nobody)).isEqualTo(303);
      assertThat(weekly(database).subscribers()).isEmpty();
    }
  }
}
