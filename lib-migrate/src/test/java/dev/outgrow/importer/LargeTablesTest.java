package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.importer.fixture.ChildJvm;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.progress.Progress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Long, large and wide in a heap of 128 MiB: five million rows, a value of 600 MB, 1,600 columns,
 * carried and then compared once more; some of it unless {@code -Pexhaustive} asks for all.
 */
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class LargeTablesTest extends PostgresFixture {
  private static final boolean EXHAUSTIVE = Boolean.getBoolean("outgrow.exhaustive");
  private static final int ROWS = EXHAUSTIVE ? 5_000_000 : 200_000;
  private static final int BYTES = EXHAUSTIVE ? 600_000_000 : 150_000_000;
  private static final int COLUMNS = 1600;
  private static final int WIDE_ROWS = EXHAUSTIVE ? 2000 : 200;

  @TempDir private Path folder;

  @Test
  void millionsOfRowsAreCarriedAndComparedInASmallHeap() throws Exception {
    Path file =
        SqliteFiles.make(
            folder.resolve("long.db"),
            "PRAGMA journal_mode = OFF",
            "CREATE TABLE long(id INTEGER PRIMARY KEY, v TEXT, r REAL, at DATETIME)",
            numbers(ROWS)
                + "INSERT INTO long SELECT i, 'value ' || i, i / 7.0, datetime(1700000000 + i, 'unixepoch') FROM n");

    assertThat(carried(file)).contains(ROWS + " 0 true");
    assertThat(query("SELECT count(*), max(id), count(DISTINCT at) FROM long"))
        .containsExactly(ROWS + "|" + ROWS + "|" + ROWS);

    execute("UPDATE long SET v = 'other' WHERE id = " + ROWS / 2);
    assertThat(compared(file)).containsExactly("Table long, row id=" + ROWS / 2 + " differs in v");
  }

  @Test
  void aValueManyTimesTheHeapIsCarriedAndCompared() throws Exception {
    Path file =
        SqliteFiles.make(
            folder.resolve("large.db"),
            "PRAGMA journal_mode = OFF",
            "CREATE TABLE large(id INTEGER PRIMARY KEY, name TEXT, b BLOB)",
            "INSERT INTO large VALUES (1, 'before', x'01'), (2, 'it', randomblob("
                + BYTES
                + ")), (3, 'behind', NULL)");

    assertThat(carried(file)).contains("3 0 true");
    assertThat(query("SELECT octet_length(b) FROM large WHERE id = 2")).containsExactly("" + BYTES);
    assertThat(compared(file)).isEmpty();
  }

  @Test
  void asManyColumnsAsPostgresHasAreCarriedAndCompared() throws Exception {
    List<String> values = new ArrayList<>(List.of("i"));
    IntStream.range(1, COLUMNS).forEach(c -> values.add("char(97 + (i + " + c + ") % 26)"));
    Path file =
        SqliteFiles.make(
            folder.resolve("wide.db"),
            "PRAGMA journal_mode = OFF",
            wide(COLUMNS),
            numbers(WIDE_ROWS) + "INSERT INTO wide SELECT " + String.join(", ", values) + " FROM n",
            "UPDATE wide SET c1599 = NULL WHERE id = 7");

    assertThat(carried(file)).contains(WIDE_ROWS + " 0 true");
    assertThat(query("SELECT c1, c1598, c1599 FROM wide WHERE id = 7")).containsExactly("i|t|null");

    execute("UPDATE wide SET c1599 = 'X' WHERE id = 9");
    assertThat(compared(file)).containsExactly("Table wide, row id=9 differs in c1599");
  }

  @Test
  void moreColumnsThanPostgresHasAreRefusedBeforeAnythingIsWritten() throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("wider.db"),
            "CREATE TABLE narrow(id INTEGER PRIMARY KEY)",
            "INSERT INTO narrow VALUES (1)",
            wide(2000),
            "INSERT INTO wide(id, c1999) VALUES (1, 'last')");
    List<Progress> told = new ArrayList<>();

    assertThatThrownBy(() -> SqliteImport.from(file).into(database).onProgress(told::add).run())
        .hasMessageContaining("Table wide has 2000 columns")
        .hasMessageContaining("1600");
    assertThat(told).extracting(p -> p.phase().word()).containsOnly("survey");
    assertThat(schemas()).containsExactly("public");
    assertThat(query("SELECT 1 FROM pg_tables WHERE schemaname = 'public'")).isEmpty();
  }

  private static String wide(int columns) {
    return IntStream.range(1, columns)
        .mapToObj(c -> "c" + c + " TEXT")
        .collect(Collectors.joining(", ", "CREATE TABLE wide(id INTEGER PRIMARY KEY, ", ")"));
  }

  private static String numbers(int count) {
    return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
        + count
        + ") ";
  }

  private List<String> carried(Path file) throws Exception {
    return child(file);
  }

  private List<String> compared(Path file) throws Exception {
    return child(file, "verify").stream().filter(line -> line.startsWith("Table ")).toList();
  }

  private List<String> child(Path file, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of(file.toString(), ChildJvm.url(database.url())));
    arguments.addAll(List.of(more));
    return ChildJvm.of(SmallHeapTest.Child.class, "128m", arguments.toArray(String[]::new)).run();
  }
}
