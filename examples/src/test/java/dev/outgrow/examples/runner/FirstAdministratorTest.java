package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.catalog.LiveSchema;
import dev.outgrow.examples.media.Argon2Check;
import dev.outgrow.examples.media.MediaHistory;
import dev.outgrow.schema.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FirstAdministratorTest extends ChainsFixture {
  private static final Pattern PASSWORD = Pattern.compile("\\b[a-z2-9]{4}(?:-[a-z2-9]{4}){5}\\b");
  private static final String HASHES =
      "SELECT username, password_hash FROM logins JOIN users ON users.id = logins.user_id";

  @ParameterizedTest
  @EnumSource(Backend.class)
  void isShownOnceAndOnlyTheHashIsKept(Backend backend) {
    Outcome first = on(backend, "migrate");
    assertThat(first.exitCode()).as(first.err()).isZero();
    String password = onlyPassword(first.out());
    assertThat(first.err()).isEmpty();

    List<String> login = query(backend, HASHES);
    assertThat(login).hasSize(2).first().isEqualTo("admin");
    assertThat(Argon2Check.matches(login.get(1), password)).isTrue();
    assertThat(everything(backend)).contains("admin").doesNotContain(password);

    for (String command : List.of("migrate", "status", "history", "validate")) {
      Outcome later = on(backend, command);
      assertThat(later.out() + later.err()).as(command).doesNotContain(password);
      assertThat(passwords(later.out() + later.err())).as(command).isEmpty();
    }
    assertThat(query(backend, HASHES)).isEqualTo(login);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void isNotInTheJson(Backend backend) {
    Outcome outcome = on(backend, "migrate", "--json");

    assertThat(passwords(outcome.out())).isEmpty();
    assertThat(outcome.out()).startsWith("{").contains("\"complete\" : true");
    assertThat(Argon2Check.matches(query(backend, HASHES).get(1), onlyPassword(outcome.err())))
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void ofTwoProcessesThatStartTogetherOneMakesIt(Backend backend) throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      processes.add(process(backend, i));
    }
    String shown = "";
    String logged = "";
    for (int i = 0; i < 2; i++) {
      assertThat(processes.get(i).waitFor()).as(Files.readString(log(i))).isZero();
      shown += Files.readString(out(i));
      logged += Files.readString(log(i));
    }
    String password = onlyPassword(shown);
    assertThat(Argon2Check.matches(query(backend, HASHES).get(1), password)).isTrue();
    assertThat(query(backend, HASHES)).hasSize(2);
    assertThat(logged)
        .as("everything that is logged")
        .contains("DEBUG ", "Migrations of ")
        .doesNotContain(password);
  }

  @Test
  void isTheAdministratorWhoIsThereInAFileOfBefore() {
    MediaHistory.write(folder().resolve("media.db"), 100);
    Backend sqlite = Backend.SQLITE;
    assertThat(on(sqlite, "adopt", "--chain", "core", "--at", "4").exitCode()).isZero();
    assertThat(on(sqlite, "adopt", "--chain", "notifications", "--at", "2").exitCode()).isZero();
    List<String> users = query(sqlite, "SELECT * FROM users ORDER BY id");

    Outcome outcome = on(sqlite, "migrate");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(query(sqlite, HASHES)).first().isEqualTo("user1");
    assertThat(outcome.out()).contains("user      user1");
    assertThat(query(sqlite, "SELECT * FROM users ORDER BY id")).isEqualTo(users);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void isNobodyWhoHappensToBeCalledAdmin(Backend backend) {
    on(backend, "migrate", "--chain", "core", "--to-version", "5");
    sql(backend, "INSERT INTO users (username, added_at) VALUES ('admin', 1), ('admin2', 1)");

    assertThat(on(backend, "migrate").exitCode()).isZero();

    assertThat(query(backend, HASHES)).first().isEqualTo("admin3");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void ofAScratchDatabaseNobodyIsTold(Backend backend) {
    on(backend, "migrate", "--chain", "core");
    sql(backend, "DROP TABLE core_schema_history");

    Outcome outcome = on(backend, "adopt", "--chain", "core", "--at", "8");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(passwords(outcome.out() + outcome.err())).isEmpty();
  }

  private Process process(Backend backend, int number) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.outgrow.examples.runner.Outgrow",
            "migrate");
    builder.environment().put("DATABASE_URL", databaseUrl(backend));
    builder.redirectOutput(out(number).toFile()).redirectError(log(number).toFile());
    return builder.start();
  }

  private Path out(int number) {
    return folder().resolve("out" + number);
  }

  private Path log(int number) {
    return folder().resolve("log" + number);
  }

  private String everything(Backend backend) {
    List<String> tables;
    try (Database database = Database.open(databaseUrl(backend))) {
      tables = LiveSchema.read(database).schema().tables().stream().map(Table::name).toList();
    }
    assertThat(tables).contains("logins", "users", "core_schema_history");
    StringBuilder all = new StringBuilder();
    tables.forEach(table -> all.append(query(backend, "SELECT * FROM \"" + table + '"')));
    return all.toString();
  }

  private static String onlyPassword(String text) {
    List<String> all = passwords(text);
    assertThat(all).as(text).hasSize(1);
    return all.get(0);
  }

  private static List<String> passwords(String text) {
    return PASSWORD.matcher(text).results().map(result -> result.group()).toList();
  }
}
