package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.database.scratch.SharedServer;
import dev.outgrow.error.AccessException;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.MissingArtifactException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.UnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What cannot work fails when it is opened, as one clear error in which no password stands. */
@ExtendWith(SharedServer.class)
@Timeout(60)
class OpeningFailureTest {
  private static final String SECRET = "s3cret/p@ss";

  private final DatabaseUrl url;

  OpeningFailureTest(ScratchServer server) {
    this.url = server.url();
  }

  @Test
  void aWrongPassword() {
    AccessException thrown = failure(AccessException.class, url.withUser("postgres", SECRET));

    assertThat(thrown.sqlState()).isEqualTo("28P01");
    assertThat(thrown)
        .hasMessageContaining("postgres:***@127.0.0.1:")
        .hasMessageContaining("password");
  }

  @Test
  void anUnknownUser() {
    AccessException thrown = failure(AccessException.class, url.withUser("nobody", SECRET));

    assertThat(thrown.sqlState()).isEqualTo("28P01");
  }

  @Test
  void aMissingPassword() {
    AccessException thrown =
        failure(AccessException.class, DatabaseUrl.parse("postgres://postgres@" + host() + "/x"));

    assertThat(thrown).hasMessageContaining("Check the user and the password");
  }

  @Test
  void anUnknownDatabase() {
    AccessException thrown = failure(AccessException.class, url.withDatabase("missing"));

    assertThat(thrown.sqlState()).isEqualTo("3D000");
    assertThat(thrown).hasMessageContaining("missing").hasMessageContaining("create the database");
  }

  @Test
  void nobodyListening() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    UnavailableException thrown =
        failure(
            UnavailableException.class,
            DatabaseUrl.parse("postgres://127.0.0.1:" + port + "/d").withUser("u", SECRET));

    assertThat(thrown)
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageContaining("nobody accepts connections there")
        .hasMessageContaining("Check the host and the port");
  }

  @Test
  void anUnknownHost() {
    UnavailableException thrown =
        failure(
            UnavailableException.class,
            DatabaseUrl.parse("postgres://nowhere.invalid/d").withUser("u", SECRET));

    assertThat(thrown)
        .hasMessageContaining("nowhere.invalid:5432")
        .hasMessageContaining("no such host is known");
  }

  @Test
  void aHostThatTakesTheConnectionAndSaysNothing() throws IOException {
    for (String mode : List.of("disable", "prefer")) {
      try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        String text = "postgres://127.0.0.1:" + silent.getLocalPort() + "/d?sslmode=" + mode;
        DatabaseConfig config =
            DatabaseConfig.builder(DatabaseUrl.parse(text).withUser("u", SECRET))
                .connectTimeout(Duration.ofSeconds(1))
                .build();
        UnavailableException thrown =
            catchThrowableOfType(UnavailableException.class, () -> Database.open(config).close());

        assertThat(thrown).hasMessageContaining("did not answer in time");
        assertHidden(thrown);
      }
    }
  }

  @Test
  void aServerThatTakesNoMore(ScratchServer server) {
    try (Database database = Database.open(url)) {
      database.inTransaction(
          tx ->
              DatabaseContract.execute(
                  tx, "CREATE ROLE full LOGIN CONNECTION LIMIT 0 PASSWORD '" + SECRET + "'"));
      try {
        assertThat(failure(UnavailableException.class, server.url().withUser("full", SECRET)))
            .hasMessageContaining("max_connections");
      } finally {
        database.inTransaction(tx -> DatabaseContract.execute(tx, "DROP ROLE full"));
      }
    }
  }

  @Test
  void encryptionThatTheServerDoesNotHave() {
    failure(
        OutgrowException.class,
        DatabaseUrl.parse("postgres://" + host() + "/postgres?sslmode=require")
            .withUser("postgres", SECRET));
  }

  @Test
  void aUnixSocketWithoutItsLibraryNamesTheArtifact() {
    MissingArtifactException thrown =
        failure(
            MissingArtifactException.class,
            DatabaseUrl.parse("postgres:///d?host=/var/run/postgresql").withUser("u", SECRET));

    assertThat(thrown.artifacts()).containsExactly("com.kohlschutter.junixsocket:junixsocket-core");
  }

  @Test
  void aTimeThatIsNoNumber() {
    assertThat(
            failure(
                ConfigurationException.class,
                DatabaseUrl.parse("postgres://h/d?connect_timeout=soon").withUser("u", SECRET)))
        .hasMessageContaining("connectTimeout");
  }

  @Test
  void nothingOfItReachesALogWhateverItsLevel(@TempDir Path folder) throws Exception {
    Path logging =
        Files.writeString(
            folder.resolve("logging.properties"),
            """
            handlers = java.util.logging.ConsoleHandler
            java.util.logging.ConsoleHandler.level = ALL
            .level = ALL
            """);
    List<String> command =
        List.of(
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
            "-Djava.util.logging.config.file=" + logging,
            "-cp",
            ChildJvm.classPath(),
            OpenAndFail.class.getName(),
            host());
    try (ChildJvm child = ChildJvm.start(folder.resolve("output"), command)) {
      assertThat(child.await()).isZero();

      assertThat(child.output())
          .contains("org.postgresql", "com.zaxxer.hikari", "failed as it should")
          .doesNotContain(SECRET)
          .doesNotContain("s3cret")
          .doesNotContain(" ERROR ");
    }
  }

  /** Opens with a wrong password, and with the right one until the server drops the role. */
  static final class OpenAndFail {
    private OpenAndFail() {}

    public static void main(String[] arguments) {
      DatabaseUrl url =
          DatabaseUrl.parse("postgres://" + arguments[0] + "/postgres").withUser("x", SECRET);
      try (Database opened = Database.open(url)) {
        throw new AssertionError(opened);
      } catch (AccessException expected) {
        LoggerFactory.getLogger(OpenAndFail.class).info("refused", expected);
      }
      try (Database file = Database.open("sqlite:///target/logged.db")) {
        System.out.println(file + " opened, the other failed as it should");
      }
    }
  }

  private String host() {
    return url.hosts().get(0).toString();
  }

  private static <T extends OutgrowException> T failure(Class<T> type, DatabaseUrl url) {
    T thrown = catchThrowableOfType(type, () -> Database.open(url).close());
    assertThat(thrown).isNotNull();
    assertHidden(thrown);
    return thrown;
  }

  private static void assertHidden(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      assertThat(each.toString()).doesNotContain(SECRET).doesNotContain(Percent.encode(SECRET));
    }
  }
}
