package dev.outgrow.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.database.ClientLogin;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.disk.Disk;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.fixture.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientLoginTest {
  private static final String PASSWORD = "a:b\\c'd e ä#";

  @TempDir private Path folder;

  @Test
  void thePasswordIsInItsFileAlone() throws Exception {
    Path file = folder.resolve("pgpass");
    Disk.createFile(file);
    DatabaseUrl url =
        DatabaseUrl.parse(
                "postgresql://u@h1:1,h2:2/d?sslmode=verify-full&sslrootcert=/r.crt&connect_timeout=3")
            .withUser("u", PASSWORD);
    try (ClientLogin login = ClientLogin.of(url, file)) {
      assertThat(Files.readString(file)).isEqualTo("*:*:*:*:a\\:b\\\\c'd e ä#\n");
      assertThat(login.environment())
          .containsAllEntriesOf(
              Map.of(
                  "PGHOST", "h1,h2",
                  "PGPORT", "1,2",
                  "PGSSLMODE", "verify-full",
                  "PGSSLROOTCERT", "/r.crt",
                  "PGCONNECT_TIMEOUT", "3",
                  "PGTARGETSESSIONATTRS", "read-write",
                  "PGPASSFILE", file.toString()))
          .doesNotContainKeys("PGPASSWORD", "DATABASE_URL");
      assertThat(login.environment().values()).noneMatch(value -> value.contains(PASSWORD));
      assertThat(login.redact("said " + PASSWORD + "!")).isEqualTo("said ***!");
      assertThat(login.toString()).doesNotContain(PASSWORD);
    }
    assertThat(file).doesNotExist();
    assertThatThrownBy(() -> ClientLogin.of(url.withUser("u", "two\nlines"), file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("password");
  }

  @Test
  void aProgramOfPostgresqlLogsInWithIt() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/lib/postgresql/15/bin/psql")),
        "no PostgreSQL from Debian's packages here");
    PostgresTool psql = PostgresTool.find("psql", 1, Path.of("/usr/lib/postgresql/15/bin"));
    try (TestDatabase database = TestDatabase.start()) {
      String user = "login_" + database.database().url().database();
      database.execute("CREATE ROLE " + user + " LOGIN PASSWORD 'a:b\\c''d e ä#'");
      Path file = folder.resolve("pgpass");
      Disk.createFile(file);
      Path errors = folder.resolve("errors");
      try (ClientLogin login =
          ClientLogin.of(database.database().url().withUser(user, PASSWORD), file)) {
        Process process =
            psql.start(login.environment(), errors, List.of("-XAtc", "SELECT current_user", "-w"));
        String said =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        assertThat(said).isEqualTo(user);
      } finally {
        database.execute("DROP ROLE " + user);
      }
    }
  }
}
