package dev.outgrow.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.fixture.DebianServer;
import dev.outgrow.importer.fixture.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What PostgreSQL's own programs are told, and what of a database they carry. */
@Tag("slow")
class ClientProgramTest {
  private static final String PASSWORD = "sw0rd:fish\\'";

  @TempDir private Path folder;
  private Path programs;

  @BeforeEach
  void find() throws IOException {
    Optional<Path> found = DebianServer.programs();
    assumeTrue(found.isPresent(), "no PostgreSQL from Debian's packages here");
    programs = found.get();
  }

  private Backups backups(Database database) {
    return Backups.of(database).into(folder.resolve("backups"));
  }

  /** A program that notes what Linux shows of it to others, and goes on as the real one. */
  private void spy(Path tools, String name) throws IOException {
    Path spy = tools.resolve(name);
    Files.writeString(
        spy,
        """
        #!/bin/bash
        case "$1" in --version) exec %1$s "$@" ;; esac
        { tr '\\0' '\\n' < /proc/$$/cmdline; tr '\\0' '\\n' < /proc/$$/environ
          echo "parent: $(tr '\\0' ' ' < /proc/$PPID/cmdline)"
          [ -n "$PGPASSFILE" ] && stat -c 'mode %%a' "$PGPASSFILE" && echo "file $PGPASSFILE"
        } >> %2$s/seen
        exec %1$s "$@"
        """
            .formatted(programs.resolve(name), tools));
    assertThat(spy.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void thePasswordIsInNoCommandLineAndNoEnvironment() throws Exception {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    spy(tools, "pg_dump");
    spy(tools, "pg_restore");
    try (DebianServer server = DebianServer.start(programs)) {
      try (Database admin = Database.open(server.url())) {
        DumpBackupTest.execute(
            admin,
            "CREATE ROLE owner SUPERUSER LOGIN PASSWORD 'sw0rd:fish\\'''",
            "CREATE TABLE t(a int)");
      }
      DatabaseUrl url = DatabaseUrl.parse(server.url()).withUser("owner", PASSWORD);
      try (Database database = Database.open(url)) {
        Backups backups = backups(database).tools(tools);
        Backup backup = backups.create();
        backups.verify(backup.file());
        backups.restore(backup.file(), "postgres");
        assertThat(Files.readString(BackupFolder.manifestOf(backup.file())))
            .doesNotContain(PASSWORD);
      }
    }
    List<String> seen = Files.readAllLines(tools.resolve("seen"));
    assertThat(seen).noneMatch(line -> line.contains("sw0rd")).contains("mode 600");
    assertThat(seen.stream().filter(line -> line.startsWith("file ")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(Path.of(line.substring(5))).doesNotExist());
    try (Stream<Path> left = Files.list(folder.resolve("backups"))) {
      assertThat(left.map(BackupFolder::name)).noneMatch(name -> name.contains("pgpass"));
    }
  }

  @Test
  void aServerWhoseCertificateTheUrlTrustsIsBackedUpOverTls() throws Exception {
    Path certificate = folder.resolve("server.crt");
    Path key = folder.resolve("server.key");
    assumeTrue(certify(certificate, key), "no openssl here");
    try (DebianServer server = DebianServer.startWithTls(programs, certificate, key)) {
      String trusting = "?sslmode=verify-full&sslrootcert=" + certificate;
      try (Database database = Database.open(server.url() + trusting);
          Connection connection = database.connection()) {
        DumpBackupTest.execute(database, "CREATE TABLE t(a int)", "INSERT INTO t VALUES (1)");
        assertThat(
                TestDatabase.column(
                    connection, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
            .containsExactly("t");
        Backup backup = backups(database).create();
        assertThat(backups(database).verify(backup.file()).rows()).isEqualTo(1);
        backups(database).restore(backup.file(), "postgres");
      }
      Path stranger = folder.resolve("stranger.crt");
      assertThat(certify(stranger, folder.resolve("stranger.key"))).isTrue();
      assertThatThrownBy(
              () -> {
                try (Database database =
                    Database.open(server.url() + "?sslmode=verify-full&sslrootcert=" + stranger)) {
                  backups(database).create();
                }
              })
          .isInstanceOf(OutgrowException.class);
    }
  }

  private boolean certify(Path certificate, Path key) throws Exception {
    try {
      Process process =
          new ProcessBuilder(
                  "openssl",
                  "req",
                  "-new",
                  "-x509",
                  "-days",
                  "2",
                  "-nodes",
                  "-newkey",
                  "rsa:2048",
                  "-subj",
                  "/CN=127.0.0.1",
                  "-addext",
                  "subjectAltName=IP:127.0.0.1",
                  "-keyout",
                  key.toString(),
                  "-out",
                  certificate.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("openssl.log").toFile())
              .start();
      return process.waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  @Test
  void largeObjectsExtensionsSchemasAndRightsComeBack() throws Exception {
    try (DebianServer server = DebianServer.start(programs);
        Database database = Database.open(server.url())) {
      DumpBackupTest.execute(
          database,
          "CREATE EXTENSION IF NOT EXISTS pgcrypto",
          "CREATE ROLE reader",
          "CREATE SCHEMA side",
          "CREATE TABLE side.t(a int)",
          "GRANT USAGE ON SCHEMA side TO reader",
          "GRANT SELECT ON side.t TO reader",
          "INSERT INTO side.t VALUES (5)",
          "SELECT lo_from_bytea(4711, decode(repeat('00ff41', 1000000), 'hex'))",
          "CREATE DATABASE other");
      Backup backup = backups(database).create();
      assertThat(backup.manifest().tables())
          .extracting(BackupTable::name)
          .contains("large objects");
      backups(database).verify(backup.file());
      DatabaseUrl url = DatabaseUrl.parse(server.url()).withDatabase("other");
      try (Database other = Database.open(url);
          Connection connection = other.connection()) {
        backups(other).restore(backup.file());
        String what =
            "SELECT md5(lo_get(4711)) || (SELECT a FROM side.t) || has_table_privilege('reader', 'side.t',"
                + " 'SELECT') || has_schema_privilege('reader', 'side', 'USAGE') || (SELECT extname FROM"
                + " pg_extension WHERE extname = 'pgcrypto')";
        List<String> expected;
        try (Connection source = database.connection()) {
          expected = TestDatabase.column(source, what);
        }
        assertThat(TestDatabase.column(connection, what)).isEqualTo(expected);
      }
      // Over a database with large objects of its own there is no place to move them aside.
      DumpBackupTest.execute(database, "SELECT lo_put(4711, 0, 'changed')");
      assertThatThrownBy(() -> backups(database).restore(backup.file(), "postgres"))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("large objects");
      try (Connection connection = database.connection()) {
        assertThat(TestDatabase.column(connection, "SELECT count(*) FROM side.t"))
            .containsExactly("1");
        assertThat(TestDatabase.column(connection, "SELECT encode(lo_get(4711, 0, 7), 'escape')"))
            .containsExactly("changed");
      }
      // A right of somebody who is not there is named; without rights it is restored.
      DumpBackupTest.execute(
          database,
          "SELECT lo_unlink(4711)",
          "DROP DATABASE other WITH (FORCE)",
          "DROP OWNED BY reader",
          "DROP ROLE reader");
      assertThatThrownBy(() -> backups(database).restore(backup.file(), "postgres"))
          .isInstanceOf(OutgrowException.class)
          .hasMessageContaining("reader");
      backups(database).privileges(false).restore(backup.file(), "postgres");
    }
  }
}
