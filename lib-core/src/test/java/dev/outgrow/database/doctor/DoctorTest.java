package dev.outgrow.database.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.doctor.Diagnosis.Finding;
import dev.outgrow.database.doctor.Diagnosis.Verdict;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.database.scratch.SharedServer;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedServer.class)
class DoctorTest {
  private final ScratchServer server;
  private final DatabaseUrl url;
  private final DatabaseUrl file;

  DoctorTest(ScratchServer server, @TempDir Path folder) {
    this.server = server;
    this.url = server.createDatabase();
    this.file = DatabaseUrl.parse("jdbc:sqlite:" + folder.resolve("a.db"));
  }

  @AfterEach
  void drop() {
    server.dropDatabase(url);
  }

  private static void run(DatabaseUrl where, String... statements) {
    try (Database database = Database.open(where)) {
      database.inTransaction(
          tx -> {
            try (Statement statement = tx.connection().createStatement()) {
              for (String sql : statements) {
                statement.execute(sql);
              }
            }
          });
    }
  }

  @Test
  void passesWhatIsThereOnBothBackends() {
    for (DatabaseUrl each : List.of(url, file)) {
      run(each, "CREATE TABLE \"a\"\"b\"(admin int)", "INSERT INTO \"a\"\"b\" VALUES (1)");
      Diagnosis diagnosis =
          Doctor.of(each)
              .requireTable("a\"b")
              .requireRow("a\"b")
              .requireRow("a\"b", "admin = 1 -- the first")
              .examine();
      assertThat(diagnosis.passed()).as(diagnosis.text()).isTrue();
      assertThat(diagnosis.findings())
          .extracting(Finding::check)
          .containsExactly(
              "reachable",
              "version",
              "table a\"b",
              "row in table a\"b",
              "row in table a\"b where admin = 1 -- the first");
      assertThat(diagnosis.text().lines()).hasSize(5).allMatch(line -> line.startsWith("ok "));
    }
  }

  @Test
  void saysWhatIsMissingAndWhatToDo() {
    for (DatabaseUrl each : List.of(url, file)) {
      run(each, "CREATE TABLE t(a int)");
      Diagnosis diagnosis =
          Doctor.of(each)
              .requireTable("u; DROP TABLE t")
              .requireRow("t")
              .requireRow("t", "no_column")
              .requireTable("t")
              .examine();
      assertThat(diagnosis.findings())
          .extracting(Finding::verdict)
          .containsExactly(
              Verdict.PASS, Verdict.PASS, Verdict.FAIL, Verdict.FAIL, Verdict.FAIL, Verdict.PASS);
      assertThat(diagnosis.findings())
          .filteredOn(finding -> finding.verdict() == Verdict.FAIL)
          .allMatch(finding -> !finding.remedy().isEmpty());
      assertThat(diagnosis.passed()).isFalse();
    }
  }

  @Test
  void cannotBeMadeToWrite() {
    run(url, "CREATE TABLE t(a int)", "INSERT INTO t VALUES (1)");
    Diagnosis diagnosis =
        Doctor.of(url).requireRow("t", "true); DELETE FROM t; SELECT (true").examine();
    assertThat(diagnosis.passed()).isFalse();
    assertThat(Doctor.of(url).requireRow("t").examine().passed()).isTrue();
  }

  @Test
  void looksInTheSchemaItIsTold() {
    run(url, "CREATE SCHEMA app", "CREATE TABLE app.t(a int)");
    assertThat(Doctor.of(url).requireTable("t").examine().passed()).isFalse();
    assertThat(Doctor.of(url).schema("app").requireTable("t").examine().passed()).isTrue();
  }

  @Test
  void skipsTheRestWhereNobodyAnswers() {
    DatabaseUrl nowhere = DatabaseUrl.parse("postgresql://app:hidden@127.0.0.1:1/app");
    Diagnosis diagnosis = Doctor.of(nowhere).requireTable("t").examine();
    assertThat(diagnosis.findings())
        .extracting(Finding::verdict)
        .containsExactly(Verdict.FAIL, Verdict.SKIPPED, Verdict.SKIPPED);
    assertThat(diagnosis.text()).doesNotContain("hidden").startsWith("FAIL     reachable: ");
  }

  @Test
  void looksAtADatabaseThatIsOpenAndLeavesItOpen() {
    try (Database database = Database.open(file)) {
      assertThat(Doctor.of(database).examine().passed()).isTrue();
      assertThat(database.health().isWell()).isTrue();
    }
  }
}
