package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adding rows, and only trying it, from the command line. */
class AppendCommandTest extends RunnerFixture {
  @TempDir private Path folder;

  private String file(String... statements) throws SQLException {
    Path file = folder.resolve("app.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return file.toString();
  }

  private String single(String sql) throws SQLException {
    try (Database database = Database.open(url());
        Connection connection = database.connection();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Test
  void todaysRowsAreAddedToThoseOfYesterday() throws SQLException {
    String file =
        file(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
            "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
    assertThat(run("import", file, "--to", target()).exitCode()).isZero();
    file("UPDATE t SET v = 'B' WHERE id = 2", "INSERT INTO t VALUES (3, 'c')");

    Outcome planned = run("plan", file, "--to", target(), "--append", "upsert");
    assertThat(planned.out())
        .contains("-- rows held t: it holds 2 rows, which the file's rows are added to");
    Outcome tried = run("import", file, "--to", target(), "--append", "upsert", "--dry-run");
    assertThat(tried.exitCode()).isZero();
    assertThat(tried.lastLine()).isEqualTo("verified; a dry run, the target is as it was");
    assertThat(single("SELECT string_agg(v, '' ORDER BY id) FROM t")).isEqualTo("ab");

    Outcome missing = run("import", file, "--to", target(), "--append", "missing");
    assertThat(missing.exitCode()).isZero();
    assertThat(missing.out())
        .contains("3 rows read = 1 inserted + 0 updated + 1 equal + 1 kept + 0 rejected");
    assertThat(single("SELECT string_agg(v, '' ORDER BY id) FROM t")).isEqualTo("abc");
    assertThat(run("verify", file, "--to", target(), "--append", "missing").exitCode())
        .isEqualTo(3);

    Outcome upserted = run("import", file, "--to", target(), "--append", "upsert");
    assertThat(upserted.out())
        .contains("3 rows read = 0 inserted + 1 updated + 2 equal + 0 kept + 0 rejected")
        .contains("What updated rows were before is kept in schema public_former_");
    assertThat(upserted.lastLine()).isEqualTo("verified");
    assertThat(single("SELECT string_agg(v, '' ORDER BY id) FROM t")).isEqualTo("aBc");
    assertThat(run("verify", file, "--to", target(), "--append", "upsert").exitCode()).isZero();
  }

  @Test
  void aDryRunOfAnImportMakesNothing() throws SQLException {
    String file =
        file(
            "CREATE TABLE t(id INTEGER PRIMARY KEY)",
            "INSERT INTO t VALUES (1)",
            "PRAGMA user_version = 1");

    Outcome tried = run("import", file, "--to", target(), "--dry-run", "--json");

    assertThat(tried.exitCode()).isZero();
    assertThat(tried.out()).contains("\"dryRun\" : true", "\"rowsVerified\" : 1");
    assertThat(single("SELECT count(*) FROM pg_class WHERE relname = 't'")).isEqualTo("0");
  }

  @Test
  void whatMakesNoSenseIsWrongUsage() throws SQLException {
    String file = file("CREATE TABLE t(id INTEGER PRIMARY KEY)");

    Outcome both = run("import", file, "--to", target(), "--append", "missing", "--replace");
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err()).contains("append");
    Outcome other = run("import", file, "--to", target(), "--append", "all");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("upsert, missing");
    Outcome nowhere = run("import", file, "--append", "missing");
    assertThat(nowhere.exitCode()).isEqualTo(2);
    assertThat(nowhere.err()).contains("--append needs a target");
  }
}
