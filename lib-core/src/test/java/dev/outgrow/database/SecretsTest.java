package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.database.scratch.SharedServer;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.sql.Dialect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Passwords of random characters are led through every way in which a connection fails, in a JVM
 * that logs everything: neither a log nor a message nor a thread's name holds a part of them.
 */
@ExtendWith(SharedServer.class)
@Timeout(300)
@Tag("slow")
class SecretsTest {
  private static final String HEAD = "K4naR1";
  private static final String TAIL = "Z9xQw7";
  private static final int PASSWORDS = Boolean.getBoolean("outgrow.exhaustive") ? 200 : 6;

  private final ScratchServer server;
  private final Path folder;

  SecretsTest(ScratchServer server, @TempDir Path folder) {
    this.server = server;
    this.folder = folder;
  }

  @Test
  void noneIsInWhatFails() throws Exception {
    List<String> passwords = passwords();
    createRoles(passwords);
    try (ChildJvm child = child(passwords)) {
      int code = child.await();

      String output = child.output();
      assertThat(output).doesNotContain(HEAD).doesNotContain(TAIL);
      assertThat(code).as(output.substring(Math.max(0, output.length() - 4000))).isZero();
      // It really was at work, and it did log.
      assertThat(output).contains("FINEST", "DEBUG", "Connection leak detection");
      assertThat(output.lines().filter(line -> line.startsWith("THREAD ")).toList())
          .anyMatch(line -> line.contains("outgrow postgresql"))
          .allMatch(line -> line.matches("THREAD [A-Za-z0-9 .:()#@-]*"));
      assertThat(output.split("FAILED AS IT SHOULD", -1)).hasSize(PASSWORDS * Ways.COUNT + 1);
    } finally {
      dropRoles(passwords);
    }
  }

  private static List<String> passwords() {
    Random random = new Random(4711);
    String hostile = "@:/?#%+&= '\"\\[]{}ü€日.~!;,$^`|<>abc123";
    List<String> passwords = new ArrayList<>();
    for (int i = 0; i < PASSWORDS; i++) {
      StringBuilder noise = new StringBuilder();
      for (int n = random.nextInt(6); n >= 0; n--) {
        noise.append(hostile.charAt(random.nextInt(hostile.length())));
      }
      passwords.add(HEAD + noise + TAIL);
    }
    return passwords;
  }

  private void createRoles(List<String> passwords) {
    try (Database admin = Database.open(server.url())) {
      for (int i = 0; i < passwords.size(); i++) {
        String password = Dialect.POSTGRESQL.literal(passwords.get(i));
        String sql = "CREATE ROLE secret_" + i + " LOGIN PASSWORD " + password;
        admin.inTransaction(tx -> DatabaseContract.execute(tx, sql));
      }
    }
  }

  private void dropRoles(List<String> passwords) {
    try (Database admin = Database.open(server.url())) {
      for (int i = 0; i < passwords.size(); i++) {
        String sql = "DROP ROLE IF EXISTS secret_" + i;
        admin.inTransaction(tx -> DatabaseContract.execute(tx, sql));
      }
    }
  }

  private ChildJvm child(List<String> passwords) throws IOException {
    Path secrets = Files.write(folder.resolve("secrets"), passwords);
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
            Ways.class.getName(),
            server.url().hosts().get(0).toString(),
            secrets.toString());
    return ChildJvm.start(folder.resolve("output"), command);
  }

  /** All ways to fail, with each of the passwords. */
  static final class Ways {
    static final int COUNT = 19;

    private final String host;
    private final String role;
    private final String password;
    private final String escaped;

    private Ways(String host, int index, String password) {
      this.host = host;
      this.role = "secret_" + index;
      this.password = password;
      this.escaped = Percent.encode(password);
    }

    public static void main(String[] arguments) throws Exception {
      List<String> passwords = Files.readAllLines(Path.of(arguments[1]));
      for (int i = 0; i < passwords.size(); i++) {
        new Ways(arguments[0], i, passwords.get(i)).all();
      }
      Ways first = new Ways(arguments[0], 0, passwords.get(0));
      first.leak();
    }

    private void all() throws Exception {
      refuses("postgres://postgres:" + escaped + "@" + host + "/postgres");
      refuses("postgresql+any://postgres:" + escaped + "@" + host + "/missing");
      refuses("jdbc:postgresql://" + host + "/postgres?user=postgres&password=" + escaped);
      refuses("postgres://" + role + ":" + escaped + "@" + host + "/missing");
      refuses("postgres://" + role + ":" + escaped + "@127.0.0.1:" + nobody() + "/d");
      refuses("postgres://" + role + ":" + escaped + "@nowhere.invalid/d");
      refuses("postgres://" + role + ":" + escaped + "@" + host + "/d?sslmode=verify-full");
      refuses("postgres://u@" + host + "/d?sslpassword=" + escaped);
      refuses("postgres://u@" + host + "/d?connect_timeout=" + escaped);
      refuses("postgres://u@" + host + "/d?" + escaped + "=1");
      refuses("postgres://u:" + escaped + "@" + host + ":" + escaped + "/d");
      refuses("mysql://u:" + password + "@h/d");
      refuses("jdbc:sqlite:missing/app.db?password=" + password);
      refuses("sqlite://u:" + password + "@h/d");
      fails(() -> Database.open("postgres://u:" + password + "@127.0.0.1:1/d").close());
      fails(this::choose);
      fails(this::waitInVain);
      fails(this::exhaust);
      fails(() -> Database.on(handedIn()).close());
    }

    private void refuses(String url) throws Exception {
      fails(() -> Database.open(url).close());
    }

    private interface Way {
      void go() throws Exception;
    }

    private static void fails(Way way) throws Exception {
      try {
        way.go();
      } catch (OutgrowException failure) {
        System.out.println("FAILED AS IT SHOULD " + failure.what() + failure.remedy());
        failure.printStackTrace(System.out);
        return;
      }
      throw new AssertionError("it did not fail");
    }

    private static int nobody() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }

    private void choose() {
      String url = "postgres://u:" + escaped + "@h/d?nonsense=" + escaped;
      DatabaseChoice.forApplication("app")
          .systemProperties(new Properties())
          .environment(Map.of("DATABASE_URL", url))
          .choose();
    }

    private void waitInVain() throws IOException {
      DatabaseUrl url = DatabaseUrl.parse("postgres://127.0.0.1:" + nobody() + "/d");
      DatabaseConfig config = DatabaseConfig.of(url.withUser(role, password));
      System.out.println(config + " " + config.choice());
      Database.awaitReady(config, Duration.ofMillis(100)).close();
    }

    private DatabaseConfig.Builder working() {
      DatabaseUrl url = DatabaseUrl.parse("postgres://" + host + "/postgres");
      return DatabaseConfig.builder(url.withUser(role, password))
          .minimumPoolSize(0)
          .maximumPoolSize(1)
          .acquisitionTimeout(Duration.ofMillis(250));
    }

    private void exhaust() throws SQLException {
      try (Database database = Database.open(working().build());
          Connection only = database.connection()) {
        System.out.println(database + " " + database.dataSource() + " " + only);
        Thread.getAllStackTraces()
            .keySet()
            .forEach(thread -> System.out.println("THREAD " + thread.getName()));
        database.connection().close();
      }
    }

    /** A pool with the password in its URL, closed: what it says of itself must not be repeated. */
    private HikariDataSource handedIn() {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(
          "jdbc:postgresql://" + host + "/postgres?user=" + role + "&password=" + escaped);
      HikariConfig config = new HikariConfig();
      config.setDataSource(source);
      config.setMaximumPoolSize(2);
      HikariDataSource pool = new HikariDataSource(config);
      try (Database database = Database.on(pool)) {
        System.out.println(database + " " + database.dataSource());
      }
      pool.close();
      return pool;
    }

    private void leak() throws Exception {
      DatabaseConfig config =
          working().minimumPoolSize(1).leakDetection(Duration.ofSeconds(2)).build();
      try (Database database = Database.open(config);
          Connection kept = database.connection()) {
        DatabaseContract.text(kept, "SELECT pg_sleep(3)");
      }
    }
  }
}
