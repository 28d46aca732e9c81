package dev.outgrow.examples.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application ends in the middle of an import, as a process does, and is started again. */
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class WizardRestartTest {
  private static final Pattern ADDRESS = Pattern.compile("at (http://127\\.0\\.0\\.1:[0-9]+/)");

  @TempDir private @Nullable Path own;

  private Path folder() {
    return Objects.requireNonNull(own);
  }

  private Process serve(Path file, String target) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + folder(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.outgrow.examples.runner.Outgrow",
            "serve",
            "--port",
            "0",
            "--uploads",
            folder().resolve("up").toString(),
            "--files",
            Files.createDirectories(folder().resolve("files")).toString(),
            "--move-to",
            target);
    builder.environment().put("DATABASE_URL", "sqlite:///" + file);
    return builder.redirectError(folder().resolve("serve.log").toFile()).start();
  }

  private String address(Process process) throws IOException {
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        return address.group(1);
      }
    }
    throw new AssertionError("No address, but: " + Files.readString(folder().resolve("serve.log")));
  }

  private static String send(Visitor visitor, String form, Map<String, String> fields) {
    visitor.sendForm("move", "move/" + form, fields);
    return visitor.await("move", page -> !page.contains("data-events"));
  }

  private static void toConfirmation(Visitor visitor) {
    send(visitor, "file", Map.of("file", "some.db"));
    send(visitor, "choices", Map.of("orphans", "keep"));
    assertThat(send(visitor, "target", Map.of("schema", "box"))).contains("This is overwritten");
  }

  /** Whoever reads the target's tables keeps the swap waiting, so that it ends before that. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void thePageSaysSoAndTheTargetHasNoPartOfIt(boolean killed) throws Exception {
    MovingHousehold.sqlite(
        Files.createDirectories(folder().resolve("files")).resolve("some.db"),
        "CREATE TABLE t (a)",
        "INSERT INTO t VALUES ('new')");
    try (MovingHousehold household = new MovingHousehold(folder(), 20);
        Database target = Database.open(household.newDatabase())) {
      DatabaseUrl url = target.url();
      Path file = household.newFile("media.db");
      MovingHousehold.run(
          target, "CREATE SCHEMA box", "CREATE TABLE box.t AS SELECT 'old'::text AS a");
      String written = url.withSecrets();
      Process process = serve(file, written);
      try (Connection reader = target.ownConnection()) {
        Visitor visitor = household.administrator(address(process));
        toConfirmation(visitor);
        read(reader);
        visitor.sendForm("move", "move/begin", Map.of("name", "box"));
        String last = "data-phase>Putting it in place<";
        assertThat(visitor.await("move", page -> page.contains(last))).contains(last);
        end(process, killed);
        reader.rollback();
      } finally {
        process.destroyForcibly();
      }
      assertThat(MovingHousehold.ask(target, "SELECT string_agg(a, ',') FROM box.t"))
          .isEqualTo("old");

      Process again = serve(file, written);
      try {
        Visitor visitor = household.administrator(address(again));
        assertThat(visitor.get("move").body())
            .contains("The application ended while some.db was being carried to " + url)
            .contains("a part of its rows is never there", "Move this application");
        toConfirmation(visitor);
        assertThat(send(visitor, "begin", Map.of("name", "box"))).contains("Every row has arrived");
        assertThat(send(visitor, "leave", Map.of())).doesNotContain("The application ended while");
      } finally {
        end(again, false);
      }
      assertThat(MovingHousehold.ask(target, "SELECT string_agg(a, ',') FROM box.t"))
          .isEqualTo("new");
    }
  }

  private static void read(Connection reader) throws SQLException {
    reader.setAutoCommit(false);
    try (Statement statement = reader.createStatement()) {
      statement.execute("LOCK TABLE box.t IN ACCESS SHARE MODE");
    }
  }

  private static void end(Process process, boolean killed) throws InterruptedException {
    if (killed) {
      process.destroyForcibly();
    } else {
      process.destroy();
    }
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }
}
