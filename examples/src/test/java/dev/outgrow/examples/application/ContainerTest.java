package dev.outgrow.examples.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The image of {@code container/}, beside PostgreSQL, as {@code compose.yaml} runs them. */
@Tag("slow")
class ContainerTest {
  private static final Path ROOT = Path.of(System.getProperty("outgrow.root"));
  private static final Pattern LOGIN = Pattern.compile("  user +(\\S+)\n  password +(\\S+)\n");
  private static final String SECRET = "/run/secrets/database_password";
  private static final String URL = "postgresql://media@database:5432/media";

  private final String name = "outgrow-" + UUID.randomUUID().toString().substring(0, 8);
  private final String password = "Geheim-" + UUID.randomUUID();
  @TempDir private Path folder;

  private static void requireAnEngine() {
    assumeTrue(image("BASE").isPresent() && image("BUILD").isPresent(), "no OUTGROW_TEST_BASE");
    assumeTrue(
        Files.exists(ROOT.resolve("examples/target/outgrow-examples.jar")), "nothing is packaged");
    assumeTrue(Docker.answers(), "no Docker engine answers");
  }

  private static Optional<String> image(String what) {
    return Optional.ofNullable(System.getenv("OUTGROW_TEST_" + what));
  }

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void theApplicationWaitsForALateDatabaseAndServesIt() throws IOException {
    requireAnEngine();
    try (Docker docker = new Docker()) {
      build(docker);
      prepare(docker);
      String url = startApplication(docker);

      docker.await(line -> line.contains("Waiting for the database"), "logs", "-f", name + "-app");
      assertThat(new Visitor(url).get("health").body()).contains("\"status\":\"starting\"");

      startDatabase(docker);
      List<String> log =
          docker.await(
              line -> line.startsWith("The media history is at"), "logs", "-f", name + "-app");
      docker.await(
          line -> line.contains("health_status: healthy"),
          "events",
          "--since",
          "0",
          "--filter",
          "container=" + name + "-app");

      assertThat(docker.run("exec", name + "-app", "outgrow", "health")).contains("\"up\"");
      assertSomebodyCanLogIn(url, String.join("\n", log));
      assertNothingIsGivenAway(docker);
      assertBackupsCanBeMade(docker);
      docker.run("stop", "--time", "20", name + "-app");
      assertThat(docker.run("inspect", "-f", "{{.State.ExitCode}}", name + "-app"))
          .isEqualTo("143"); // it ended by itself when it was told to, and was not killed
    }
  }

  private void build(Docker docker) throws IOException {
    docker.make(
        List.of("rmi", "-f", name),
        "build",
        "--force-rm",
        "--tag",
        name,
        "--build-arg",
        "JARS=given",
        "--build-arg",
        "BASE=" + image("BASE").orElseThrow(),
        "--build-arg",
        "BUILD=" + image("BUILD").orElseThrow(),
        "--file",
        ROOT.resolve("container/Containerfile").toString(),
        ROOT.toString());
  }

  private void prepare(Docker docker) throws IOException {
    Files.writeString(folder.resolve("database_password"), password + "\n");
    Files.setPosixFilePermissions(
        folder.resolve("database_password"), PosixFilePermissions.fromString("r--r--r--"));
    docker.make(List.of("network", "rm", name), "network", "create", name);
    for (String volume : List.of("data", "backups", "temporary")) {
      String made = name + "-" + volume;
      docker.make(List.of("volume", "rm", "-f", made), "volume", "create", made);
    }
  }

  private String startApplication(Docker docker) throws IOException {
    docker.make(
        List.of("rm", "-f", "-v", name + "-app"),
        "run",
        "--detach",
        "--name",
        name + "-app",
        "--network",
        name,
        "--read-only",
        "--cap-drop",
        "ALL",
        "--security-opt",
        "no-new-privileges:true",
        "--health-interval",
        "1s",
        "--env",
        "DATABASE_URL=" + URL,
        "--env",
        "DATABASE_PASSWORD_FILE=" + SECRET,
        "--volume",
        folder.resolve("database_password") + ":" + SECRET + ":ro",
        "--volume",
        name + "-data:/data",
        "--volume",
        name + "-backups:/backups",
        "--volume",
        name + "-temporary:/tmp",
        "--publish",
        "127.0.0.1::8181",
        name);
    return "http://" + docker.run("port", name + "-app", "8181/tcp") + "/";
  }

  private void startDatabase(Docker docker) throws IOException {
    docker.make(
        List.of("rm", "-f", "-v", name + "-db"),
        "run",
        "--detach",
        "--name",
        name + "-db",
        "--network",
        name,
        "--network-alias",
        "database",
        "--env",
        "POSTGRES_USER=media",
        "--env",
        "POSTGRES_DB=media",
        "--env",
        "POSTGRES_PASSWORD_FILE=" + SECRET,
        "--volume",
        folder.resolve("database_password") + ":" + SECRET + ":ro",
        image("IMAGE").orElse("postgres:18"));
  }

  private static void assertSomebodyCanLogIn(String url, String log) {
    Matcher login = LOGIN.matcher(log + "\n");
    assertThat(login.find()).as(log).isTrue();

    assertThat(new Visitor(url).logIn(login.group(1), login.group(2)).statusCode()).isEqualTo(303);
    assertThat(new Visitor(url).logIn(login.group(1), "another").statusCode()).isNotEqualTo(303);
  }

  private void assertNothingIsGivenAway(Docker docker) throws IOException {
    assertThat(docker.run("exec", name + "-app", "id", "-u")).isEqualTo("10001");
    assertThat(docker.run("inspect", name + "-app", name))
        .contains("10001")
        .doesNotContain(password);
    assertThat(docker.run("history", "--no-trunc", name)).doesNotContain(password);
    assertThat(docker.run("logs", name + "-app")).doesNotContain(password);
  }

  private void assertBackupsCanBeMade(Docker docker) throws IOException {
    String[] backup = {
      "exec", name + "-app", "outgrow", "backup", "--into", "/backups", "--built-in-copy", "always"
    };
    assertThat(docker.run(backup)).contains("/backups/").contains(" tables, ");
  }

  @Test
  void composeRunsThemTheSameWay() throws IOException {
    String compose = Files.readString(ROOT.resolve("container/compose.yaml"));

    assertThat(compose)
        .contains(
            "DATABASE_URL: " + URL + "\n",
            "DATABASE_PASSWORD_FILE: " + SECRET + "\n",
            "POSTGRES_PASSWORD_FILE: " + SECRET + "\n",
            "- data:/data\n",
            "- backups:/backups\n",
            "- temporary:/tmp\n",
            "read_only: true",
            "cap_drop: [ALL]",
            "no-new-privileges:true")
        .doesNotContain("PASSWORD:");
  }
}
