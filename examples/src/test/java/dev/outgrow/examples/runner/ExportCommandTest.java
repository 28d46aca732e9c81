package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.examples.media.MediaHistory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back from the command line. What it makes is looked at with SQLite alone. */
class ExportCommandTest extends RunnerFixture {
  @TempDir private Path folder;

  private Path file(String name) {
    return folder.resolve(name);
  }

  private static List<String> column(Path file, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  /** Compares each value with its storage class, but for columns that a report names. */
  private static List<String> differences(Path one, Path other, String report) throws SQLException {
    List<String> different = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + one);
        Statement statement = connection.createStatement()) {
      statement.execute("ATTACH '" + other + "' AS other");
      String tables =
          "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'"
              + " ESCAPE '\\'";
      for (String table : column(one, tables)) {
        List<String> cells = new ArrayList<>();
        for (String name : column(one, "SELECT name FROM pragma_table_info('" + table + "')")) {
          if (!report.contains(table + "." + name + " ")) {
            String quoted = '"' + name + '"';
            cells.add("typeof(" + quoted + "), " + quoted);
          }
        }
        String rows = "SELECT " + String.join(", ", cells) + ", count(*) FROM %s.\"" + table;
        String grouped = rows + "\" GROUP BY " + String.join(", ", cells);
        for (List<String> way : List.of(List.of("main", "other"), List.of("other", "main"))) {
          try (ResultSet more =
              statement.executeQuery(
                  "SELECT count(*) FROM ("
                      + grouped.formatted(way.get(0))
                      + " EXCEPT "
                      + grouped.formatted(way.get(1))
                      + ")")) {
            if (more.getLong(1) != 0) {
              different.add(table + ": " + more.getLong(1) + " rows only in " + way.get(0));
            }
          }
        }
      }
    }
    return different;
  }

  @Test
  void theDemonstrationsFileComesBackWithEveryRow() throws Exception {
    Path media = file("media.sqlite");
    MediaHistory.write(media, 3_000);
    Outcome imported = run("import", media.toString(), "--to", target(), "--orphans", "keep");
    assertThat(imported.exitCode()).as(imported.err()).isIn(0, 4);

    Outcome like =
        run("export", file("like.db").toString(), "--from", target(), "--like", media.toString());
    assertThat(like.exitCode()).as(like.out() + like.err()).isIn(0, 4);
    Outcome plain = run("export", file("plain.db").toString(), "--from", target());
    assertThat(plain.exitCode()).as(plain.out() + plain.err()).isIn(0, 4);

    assertThat(differences(media, file("like.db"), imported.out() + like.out())).isEmpty();
    assertThat(differences(media, file("plain.db"), imported.out() + plain.out())).isEmpty();
    assertThat(column(file("like.db"), "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
        .containsExactlyInAnyOrderElementsOf(
            column(media, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"));
  }

  @Test
  void aPlanSaysWhatWouldBeDoneAndWritesNothing() throws Exception {
    postgres(
        "CREATE TABLE plays(id bigint PRIMARY KEY, at timestamptz, ok boolean)",
        "CREATE VIEW seen AS SELECT 1 AS one",
        "INSERT INTO plays VALUES (1, now(), true)");

    Outcome planned = run("export", file("x.db").toString(), "--from", target(), "--plan");

    assertThat(planned.exitCode()).as(planned.err()).isEqualTo(4);
    assertThat(planned.out())
        .contains("CREATE TABLE \"plays\"")
        .contains("text such as 2024-02-29T10:00:00Z")
        .contains("0 and 1")
        .contains("not carried: view")
        .contains("Nothing was written. The tables take ")
        .doesNotContain(password());
    Outcome json =
        run(
            "export",
            file("x.db").toString(),
            "--from",
            target(),
            "--dry-run",
            "--json",
            "--accept",
            "view");
    assertThat(json.exitCode()).isZero();
    assertThat(json.out()).contains("\"becomes\" : \"0 and 1\"").contains("\"bytesNeeded\" : ");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theApplicationStartsOnTheFileOfItsOwnMigrations() throws Exception {
    assertThat(run("migrate", "--to", target()).exitCode()).isZero();
    postgres("INSERT INTO users(username, added_at) VALUES ('somebody else', 1700000000)");
    Path back = file("back.db");

    Outcome exported = run("export", back.toString(), "--from", target(), "--chains");

    assertThat(exported.exitCode()).as(exported.out() + exported.err()).isZero();
    assertThat(column(back, "SELECT username FROM users ORDER BY id"))
        .containsExactly("admin", "somebody else");
    Outcome status = run("status", "--to", "sqlite:///" + back);
    assertThat(status.exitCode()).as(status.out()).isZero();
    assertThat(run("export", back.toString(), "--from", target(), "--chains").exitCode())
        .isEqualTo(1);
    assertThat(
            run(
                    "export",
                    file("no.db").toString(),
                    "--from",
                    target(),
                    "--chains",
                    "--like",
                    back.toString())
                .exitCode())
        .isEqualTo(2);
    assertThat(
            run("export", file("no.db").toString(), "--from", target(), "--timeout", "PT0.001S")
                .err())
        .contains("took longer than PT0.001S");
    assertThat(file("no.db")).doesNotExist();
  }
}
