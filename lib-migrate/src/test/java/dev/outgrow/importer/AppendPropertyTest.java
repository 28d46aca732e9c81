package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.existing.Append;
import dev.outgrow.importer.existing.Merged;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adding random rows to random rows ends as it does in a map. */
class AppendPropertyTest extends PostgresFixture {
  private static final int ROUNDS = Boolean.getBoolean("outgrow.exhaustive") ? 150 : 6;
  private static final int KEYS = 12;
  private static final int MOST_ROWS = 400;

  @TempDir private Path folder;

  @Test
  void itEndsAsInAMap() throws SQLException, java.io.IOException {
    execute(
        "CREATE TABLE t (a int, b text COLLATE \"C\", v text, n numeric, keep text DEFAULT 'new',"
            + " pair text GENERATED ALWAYS AS (v || keep) STORED, PRIMARY KEY (a, b))");
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(round);
      Map<String, Cells> there = rows(random);
      Map<String, Cells> file = rows(random);
      Append how = random.nextBoolean() ? Append.UPSERT : Append.MISSING;
      fill(there);
      Path source = write(file);
      Merged expected = merge(there, file, how);

      ImportReport report = SqliteImport.from(source).into(database).append(how).run();

      assertThat(report.verified()).isTrue();
      assertThat(report.merged().orElseThrow()).as("round %d", round).isEqualTo(expected);
      assertThat(query("SELECT a || '/' || b, v, n, keep, pair FROM t ORDER BY a, b"))
          .as("round %d", round)
          .containsExactlyElementsOf(lines(there));
      drop(report.before());
      Files.delete(source);
    }
  }

  private static Map<String, Cells> rows(Random random) {
    Map<String, Cells> rows = new TreeMap<>();
    for (int i = random.nextInt(MOST_ROWS); i > 0; i--) {
      String key = random.nextInt(KEYS) % 10 + "/" + (char) ('a' + random.nextInt(KEYS));
      String text = random.nextInt(4) == 0 ? null : "v" + random.nextInt(2);
      rows.put(key, new Cells(text, random.nextBoolean() ? null : random.nextInt(2), "old" + i));
    }
    return rows;
  }

  private void fill(Map<String, Cells> rows) throws SQLException {
    execute("TRUNCATE t");
    try (Connection connection = database.connection();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO t(a, b, v, n, keep) VALUES (?, ?, ?, ?, ?)")) {
      for (Map.Entry<String, Cells> row : rows.entrySet()) {
        set(insert, row);
        insert.setString(5, row.getValue().keep());
        insert.execute();
      }
    }
  }

  private Path write(Map<String, Cells> rows) throws SQLException {
    Path source =
        SqliteFiles.make(
            folder.resolve("source.db"), "CREATE TABLE t(a INT, b TEXT, v TEXT, n INT)");
    try (Connection connection = SqliteFiles.open(source);
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?, ?)")) {
      connection.setAutoCommit(false);
      for (Map.Entry<String, Cells> row : rows.entrySet()) {
        set(insert, row);
        insert.execute();
      }
      connection.commit();
    }
    return source;
  }

  private static void set(PreparedStatement insert, Map.Entry<String, Cells> row)
      throws SQLException {
    insert.setInt(1, Integer.parseInt(row.getKey().substring(0, 1)));
    insert.setString(2, row.getKey().substring(2));
    insert.setString(3, row.getValue().text());
    insert.setObject(4, row.getValue().number());
  }

  /** What the import is to do, done in memory. */
  private static Merged merge(Map<String, Cells> there, Map<String, Cells> file, Append how) {
    long[] counts = new long[4];
    file.forEach(
        (key, row) -> {
          Cells old = there.get(key);
          if (old == null) {
            counts[0]++;
            there.put(key, new Cells(row.text(), row.number(), "new"));
          } else if (old.isAs(row)) {
            counts[2]++;
          } else if (how == Append.UPSERT) {
            counts[1]++;
            there.put(key, new Cells(row.text(), row.number(), old.keep()));
          } else {
            counts[3]++;
          }
        });
    return new Merged(counts[0], counts[1], counts[2], counts[3]);
  }

  private static List<String> lines(Map<String, Cells> rows) {
    List<String> lines = new ArrayList<>();
    rows.forEach(
        (key, row) ->
            lines.add(
                "%s|%s|%s|%s|%s"
                    .formatted(
                        key,
                        row.text(),
                        row.number(),
                        row.keep(),
                        row.text() == null ? null : row.text() + row.keep())));
    return lines;
  }

  private void drop(String former) throws SQLException {
    if (!former.isEmpty()) {
      execute("DROP SCHEMA \"" + former + "\" CASCADE");
    }
  }

  /** What a row has beside its key. */
  private record Cells(@Nullable String text, @Nullable Integer number, String keep) {
    boolean isAs(Cells other) {
      return Objects.equals(text, other.text) && Objects.equals(number, other.number);
    }
  }
}
