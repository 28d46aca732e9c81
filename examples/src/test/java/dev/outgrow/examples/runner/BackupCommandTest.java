package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandTest extends RunnerFixture {
  @TempDir private Path folder;
  private Path file;
  private String sqlite = "";
  private String into = "";

  @BeforeEach
  void fill() throws SQLException {
    file = folder.resolve("app.db");
    sqlite = "sqlite:///" + file;
    into = folder.resolve("backups").toString();
    executeIn(file, "CREATE TABLE t(a INTEGER PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)");
  }

  private static void executeIn(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String madeIn(Outcome made) {
    return made.out().lines().findFirst().orElseThrow();
  }

  @Test
  void aFileIsBackedUpProvenAndPutBack() throws Exception {
    Outcome made = run("backup", "--to", sqlite, "--into", into, "--keep", "2", "--verify");
    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(made.out()).contains("1 tables, 2 rows").contains("verified: 1 tables, 2 rows");
    String backup = madeIn(made);
    executeIn(file, "DELETE FROM t");

    Outcome refused = run("restore", backup, "--to", sqlite);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("an empty database, or one whose name you repeat");
    Outcome restored = run("restore", backup, "--to", sqlite, "--confirm", "app.db");
    assertThat(restored.exitCode()).as(restored.err()).isZero();
    assertThat(restored.out()).contains("restored and verified: 1 tables, 2 rows");
    assertThat(restored.out()).contains("what was there: " + into);

    Outcome list = run("backup", "--to", sqlite, "--into", into, "--list", "--json");
    assertThat(list.out()).contains("\"sha256\"").contains("\"format\" : \"sqlite\"");
  }

  @Test
  void aDamagedBackupEndsWithThree() throws Exception {
    String backup = madeIn(run("backup", "--to", sqlite, "--into", into));
    Files.write(Path.of(backup), new byte[] {1, 2});
    Outcome refused = run("restore", backup, "--to", sqlite, "--check");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("is truncated: it has 2 bytes instead of");
  }

  @Test
  void aBackupOfAFileIsImportedIntoPostgresql() throws Exception {
    String backup = madeIn(run("backup", "--to", sqlite, "--into", into));
    Outcome restored = run("restore", backup, "--to", target());
    assertThat(restored.exitCode()).as(restored.err()).isZero();
    Outcome proven =
        run("backup", "--to", target(), "--into", into, "--built-in-copy", "always", "--verify");
    assertThat(proven.exitCode()).as(proven.err()).isZero();
    assertThat(proven.out()).doesNotContain(password());
    String copy = madeIn(proven);
    Outcome over = run("restore", copy, "--to", target(), "--confirm", url().database());
    assertThat(over.exitCode()).as(over.err()).isZero();
    assertThat(over.out()).contains("what was there: public_before_");
  }

  @Test
  void aMissingProgramIsNamedWithItsPackage() throws Exception {
    Path none = Files.createDirectory(folder.resolve("none"));
    Outcome refused = run("backup", "--to", target(), "--into", into, "--tools", none.toString());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("apt install postgresql-client-").doesNotContain(password());
  }

  @Test
  void whatTakesTooLongIsEndedAndLeavesNothing() throws Exception {
    Outcome late = run("backup", "--to", sqlite, "--into", into, "--timeout", "PT0.001S");
    assertThat(late.exitCode()).isEqualTo(1);
    assertThat(late.err()).contains("took longer than PT0.001S and was ended");
    assertThat(run("backup", "--to", sqlite, "--into", into, "--list").out()).isEmpty();

    String backup = madeIn(run("backup", "--to", sqlite, "--into", into, "--timeout", "PT1H"));
    executeIn(file, "INSERT INTO t VALUES (3)");
    String[] restore = {"restore", backup, "--to", sqlite, "--confirm", "app.db", "--timeout", ""};
    restore[restore.length - 1] = "PT0.001S";
    late = run(restore);
    assertThat(late.exitCode()).isEqualTo(1);
    assertThat(late.err()).contains("took longer than PT0.001S and was ended");
    assertThat(madeIn(run("backup", "--to", sqlite, "--into", into, "--json"))).isNotEmpty();
    assertThat(run("backup", "--to", sqlite, "--into", into, "--list").out()).contains("3 rows");
    restore[restore.length - 1] = "PT1H";
    assertThat(run(restore).out()).contains("restored and verified: 1 tables, 2 rows");
  }

  @Test
  void aTimeThatIsNoneIsRefused() throws Exception {
    Outcome none = run("backup", "--to", sqlite, "--into", into, "--timeout", "PT0S");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("timeout").contains("1 ms to ");
    assertThat(run("restore", into, "--to", sqlite, "--timeout", "soon").exitCode()).isEqualTo(2);
  }
}
