package dev.outgrow.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small project with the plugin in its POM, built by Maven as a process of its own. */
@Tag("slow")
class MavenRunTest {
  private static @Nullable Reactor reactor;

  @TempDir private Path folder;

  /** What came of a build. */
  private record Run(int exit, String log) {}

  @BeforeAll
  static void aRepository(@TempDir Path shared) throws IOException, URISyntaxException {
    reactor = Reactor.in(shared.resolve("repository"));
  }

  @AfterAll
  static void noLinks() throws IOException {
    reactor().unlink();
  }

  private static Reactor reactor() {
    if (reactor == null) {
      throw new IllegalStateException("There is no repository");
    }
    return reactor;
  }

  private Run maven(String... arguments) throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("outgrow.maven.home"));
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/mvn").toString()));
    command.addAll(List.of("-B", "-o", "-ntp"));
    command.add("-Dmaven.repo.local=" + reactor().repository());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("MAVEN_ARGS");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Path log = folder.resolve("log.txt");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      int exit = process.waitFor();
      return new Run(exit, Files.readString(log, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }

  private void project() throws IOException {
    write("pom.xml", Reactor.pom());
    write(
        "src/main/resources/db/core/V1__users.sql",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, added_at BIGINT);");
    write(
        "src/main/db/clips/V1__clips.sql",
        "CREATE TABLE clips (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users);");
    write(
        "src/main/java/app/Names.java",
        """
        package app;

        import app.db.core.tables.pojos.Users;

        class Names {
          static java.time.Instant added(Users user) {
            return user.addedAt();
          }
        }
        """);
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void aBuildGeneratesCompilesAndChecks() throws IOException, InterruptedException {
    project();
    Run first = maven("compile", "outgrow-codegen:check@classes");

    assertThat(first.exit()).as(first.log()).isZero();
    assertThat(first.log()).contains("outgrow: generated", "are up to date");
    assertThat(folder.resolve("target/classes/app/Names.class")).exists();

    write("src/main/resources/db/core/V2__email.sql", "ALTER TABLE users ADD COLUMN email TEXT;");
    Run second = maven("outgrow-codegen:check@classes");

    assertThat(second.exit()).isEqualTo(1);
    assertThat(second.log())
        .contains("[ERROR] changed app/db/core/tables/Users.java")
        .contains("are not what the migrations make: run the goal generate.");
  }

  @Test
  void aPasswordIsNotInTheLogEvenIfAllIsLogged() throws IOException, InterruptedException {
    project();
    Run run =
        maven(
            "-X",
            "generate-sources",
            "-Doutgrow.codegen.server=postgresql://me:opensesame@127.0.0.1:1/app");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.log())
        .contains("127.0.0.1:1", "(f) packageName = app.db")
        .contains("[ERROR] Failed to execute goal dev.outgrow:outgrow-codegen-maven-plugin");
    assertThat(run.log().lines().filter(line -> line.contains("opensesame"))).isEmpty();
  }
}
