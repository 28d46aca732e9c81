package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.database.Database;
import dev.outgrow.importer.fixture.ChildJvm;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.report.ImportReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sqlite.SQLiteConfig;

/**
 * Memory is bounded by settings, not by data: an import of hundreds of megabytes in a heap of 48.
 */
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class SmallHeapTest extends PostgresFixture {
  @TempDir private Path folder;

  /**
   * Imports the file named first into the database named second, whose password the environment
   * has; with a third word, only compares them.
   */
  static final class Child {
    private Child() {}

    @SuppressWarnings("SystemOut") // read by the test
    public static void main(String[] arguments) {
      try (Database database = Database.open(arguments[1])) {
        SqliteImport carry = SqliteImport.from(Path.of(arguments[0])).into(database).replace(true);
        if (arguments.length == 3) {
          carry.verify().differences().forEach(d -> System.out.println(d.describe()));
        } else {
          if (arguments.length == 4) {
            carry =
                carry
                    .onBadRow(BadRows.REJECT)
                    .orphans(Orphans.REJECT)
                    .rejectFolder(Path.of(arguments[2]))
                    .largestRow(Long.parseLong(arguments[3]));
          }
          ImportReport report = carry.run();
          System.out.println(
              report.rowsVerified() + " " + report.rowsRejected() + " " + report.verified());
        }
      }
    }
  }

  @Test
  void manyRowsAndLargeOnesNeedNoMoreMemory()
      throws SQLException, IOException, InterruptedException {
    Path file =
        SqliteFiles.make(
            folder.resolve("large.db"),
            "PRAGMA journal_mode = OFF",
            "CREATE TABLE many(id INTEGER PRIMARY KEY, a TEXT, b REAL, c TEXT)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000)"
                + " INSERT INTO many SELECT i, 'value ' || i, i / 7.0, hex(randomblob(20)) FROM n",
            "CREATE TABLE large(id INTEGER PRIMARY KEY, b BLOB)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 80)"
                + " INSERT INTO large SELECT i, randomblob(2000000 + i) FROM n");

    assertThat(inSmallHeap("48m", file.toString())).contains("400080 0 true");
    assertThat(query("SELECT sum(length(b)) FROM large")).containsExactly("160003240");
  }

  @Test
  void manyRejectedRowsAndHugeOnesNeedNoMoreMemory()
      throws SQLException, IOException, InterruptedException {
    Path file =
        SqliteFiles.make(
            folder.resolve("rejected.db"),
            "PRAGMA journal_mode = OFF",
            "CREATE TABLE parent(id INTEGER PRIMARY KEY, b BLOB)",
            "INSERT INTO parent VALUES (1, randomblob(60000000)), (2, x'00')",
            "CREATE TABLE child(id INTEGER PRIMARY KEY, p INTEGER REFERENCES parent(id), v TEXT)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)"
                + " INSERT INTO child SELECT i, 1 + (i % 4 = 0), hex(randomblob(20)) FROM n");

    String rejects = folder.resolve("rejects").toString();
    assertThat(inSmallHeap("48m", file.toString(), rejects, "4000000"))
        .contains("15001 45001 true");
    String schema =
        schemas().stream().filter(s -> s.startsWith("outgrow_rejects_")).findFirst().orElseThrow();
    assertThat(query("SELECT count(*) FROM " + schema + ".rejects")).containsExactly("45001");
    assertThat(
            query(
                "SELECT sum(length(bytes)), bool_and(length(bytes) <= 1048576) FROM "
                    + schema
                    + ".reject_pieces"))
        .containsExactly("60000000|t");
    assertThat(
            query("SELECT raw_values->1 FROM " + schema + ".rejects WHERE source_table = 'parent'"))
        .containsExactly("{\"bytes\": 60000000, \"column\": \"b\", \"storage\": \"blob\"}");
  }

  @Test
  void cellsLargerThanTheHeapAreCarriedAndCompared()
      throws SQLException, IOException, InterruptedException {
    Path file =
        SqliteFiles.make(
            folder.resolve("cells.db"),
            "PRAGMA journal_mode = OFF",
            "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, b BLOB, c TEXT, z BLOB)",
            "INSERT INTO t VALUES (1, 'small', x'01', 'x', NULL)",
            "INSERT INTO t VALUES (2, 'large', randomblob(70000000),"
                + " replace(hex(zeroblob(2000000)), '00', 'aé€😀'), zeroblob(20000001))",
            "CREATE TABLE nokey(j JSON)",
            "INSERT INTO nokey VALUES ('[\"' || hex(zeroblob(5000000)) || '\"]')",
            "CREATE TABLE norowid(k TEXT PRIMARY KEY, b BLOB) WITHOUT ROWID",
            "INSERT INTO norowid VALUES ('a', NULL), ('b', randomblob(9000000))");

    assertThat(inSmallHeap("64m", file.toString())).contains("5 0 true");
    assertThat(
            query("SELECT octet_length(b), octet_length(c), octet_length(z) FROM t WHERE id = 2"))
        .containsExactly("70000000|20000000|20000001");
    assertThat(query("SELECT octet_length(j::text) FROM nokey")).containsExactly("10000004");

    execute(
        "UPDATE t SET b = set_byte(b, 35000000, get_byte(b, 35000000) # 1) WHERE id = 2",
        "UPDATE norowid SET b = substr(b, 2) || substr(b, 1, 1) WHERE k = 'b'");

    assertThat(inSmallHeap("64m", file.toString(), "verify"))
        .contains("Table t, row id=2 differs in b", "Table norowid, row k='b' differs in b");
  }

  @Test
  void textLargerThanTheHeapIsCarriedFromUtf16()
      throws SQLException, IOException, InterruptedException {
    Path file =
        SqliteFiles.make(
            folder.resolve("utf16.db"),
            "PRAGMA journal_mode = OFF",
            "PRAGMA encoding = 'UTF-16le'",
            "CREATE TABLE t(id INTEGER PRIMARY KEY, c TEXT)",
            "INSERT INTO t VALUES (1, 'a' || replace(hex(zeroblob(9000000)), '00', '😀'))");

    assertThat(inSmallHeap("32m", file.toString())).contains("1 0 true");
    assertThat(query("SELECT octet_length(c), right(c, 1) FROM t")).containsExactly("36000001|😀");
  }

  /** SQLite's own limit, as it comes, and the launcher's heap. */
  @Test
  @EnabledIfSystemProperty(
      named = "outgrow.exhaustive",
      matches = "true",
      disabledReason = "takes minutes, and 8 GiB of disk")
  void aBlobOfABillionBytesIsCarriedAndCompared()
      throws SQLException, IOException, InterruptedException {
    requireDisk();
    Path file = withBlob("randomblob(1000000000)");

    assertThat(inSmallHeap("256m", file.toString())).contains("1 0 true");
    assertThat(query("SELECT octet_length(b) FROM t")).containsExactly("1000000000");

    execute("UPDATE t SET b = set_byte(b, 500000000, get_byte(b, 500000000) # 1)");

    assertThat(inSmallHeap("256m", file.toString(), "verify"))
        .contains("Table t, row id=1 differs in b");
  }

  @Test
  @EnabledIfSystemProperty(
      named = "outgrow.exhaustive",
      matches = "true",
      disabledReason = "takes minutes, and 8 GiB of disk")
  void theLargestRowThatIsAllowedIsOneThatPostgresHolds()
      throws SQLException, IOException, InterruptedException {
    requireDisk();
    Path file = withBlob("zeroblob(1072693248)");
    assertThat(inSmallHeap("256m", file.toString())).contains("1 0 true");

    Files.delete(file);
    withBlob("zeroblob(1072693249)");
    assertThatThrownBy(() -> SqliteImport.from(file).into(database).replace(true).run())
        .isInstanceOf(BadRowsException.class)
        .hasMessageContaining("row id=1: it has 1072693249 bytes");
  }

  private void requireDisk() throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    assumeTrue(free > 8L << 30, () -> "needs 8 GiB of disk, there are " + free + " bytes");
  }

  private Path withBlob(String blob) throws SQLException {
    Path file = folder.resolve("blob.db");
    SQLiteConfig config = new SQLiteConfig();
    config.setPragma(SQLiteConfig.Pragma.LIMIT_LENGTH, "2147483647");
    try (Connection connection = config.createConnection("jdbc:sqlite:" + file)) {
      SqliteFiles.execute(
          connection,
          "PRAGMA journal_mode = OFF",
          "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, b BLOB)",
          "INSERT INTO t VALUES (1, NULL, " + blob + ")");
    }
    return file;
  }

  /** Runs {@link Child} and returns the lines it prints. */
  private List<String> inSmallHeap(String heap, String file, String... more)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(file, ChildJvm.url(database.url())));
    arguments.addAll(List.of(more));
    return ChildJvm.of(Child.class, heap, arguments.toArray(String[]::new)).run();
  }
}
