package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.verify.Difference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tables with rows that are read, sent and compared piece by piece. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class LargeValuesTest extends PostgresFixture {
  private static final int BYTES = 5_300_001;

  @TempDir private Path folder;

  private ImportReport carry(Path file) {
    ImportReport report = SqliteImport.from(file).into(database).run();
    assertThat(report.verified()).isTrue();
    return report;
  }

  private List<String> differences(Path file) {
    return SqliteImport.from(file).into(database).verify().differences().stream()
        .map(Difference::describe)
        .toList();
  }

  /**
   * Returns what SQLite's cells hold, as the MD5 of the bytes, or the text of what has no bytes.
   */
  private static List<String> digests(Path file, String query)
      throws SQLException, NoSuchAlgorithmException {
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    try (Connection connection = SqliteFiles.open(file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> digests = new ArrayList<>();
      while (rows.next()) {
        byte[] bytes =
            rows.getString(2) == null
                ? rows.getBytes(1)
                : rows.getString(1).getBytes(StandardCharsets.UTF_8);
        digests.add(bytes == null ? "null" : HexFormat.of().formatHex(md5.digest(bytes)));
      }
      return digests;
    }
  }

  private Path mixed() throws SQLException {
    return SqliteFiles.make(
        folder.resolve("mixed.db"),
        "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, b BLOB, c TEXT, r REAL, z BLOB)",
        "INSERT INTO t VALUES (1, 'small', x'00ff', 'é', 5.0, NULL)",
        "INSERT INTO t VALUES (2, 'large', randomblob("
            + BYTES
            + "),"
            + " replace(hex(zeroblob(700000)), '00', 'aé€😀'), -0.5, zeroblob(6000000))",
        "INSERT INTO t VALUES (3, NULL, NULL, NULL, NULL, NULL)",
        "INSERT INTO t VALUES (4, 'some', randomblob(8192), '', 1e300, randomblob(8193))",
        "INSERT INTO t VALUES (-7, 'one piece', randomblob(1048576), 'x', 7, randomblob(1048577))");
  }

  @Test
  void largeAndSmallCellsAndNullsOfOneTableArriveByteForByte() throws Exception {
    Path file = mixed();

    carry(file);

    for (String column : List.of("b", "z")) {
      assertThat(query("SELECT coalesce(md5(" + column + "), 'null') FROM t ORDER BY id"))
          .isEqualTo(digests(file, "SELECT " + column + ", NULL FROM t ORDER BY id"));
    }
    assertThat(query("SELECT coalesce(md5(c), 'null') FROM t ORDER BY id"))
        .isEqualTo(digests(file, "SELECT c, c FROM t ORDER BY id"));
    assertThat(query("SELECT id, name, r FROM t ORDER BY id"))
        .containsExactly(
            "-7|one piece|7", "1|small|5", "2|large|-0.5", "3|null|null", "4|some|1e+300");
  }

  @Test
  void aWrongByteInTheMiddleOfALargeCellIsFoundWithItsKeyAndColumn() throws SQLException {
    Path file = mixed();
    carry(file);
    execute("UPDATE t SET b = set_byte(b, 2500000, get_byte(b, 2500000) # 1) WHERE id = 2");

    assertThat(differences(file)).containsExactly("Table t, row id=2 differs in b");

    execute(
        "UPDATE t SET b = set_byte(b, 2500000, get_byte(b, 2500000) # 1) WHERE id = 2",
        "UPDATE t SET c = overlay(c placing 'A' from 1500001 for 1), z = substr(z, 2) WHERE id = 2",
        "UPDATE t SET z = NULL WHERE id = 4",
        "DELETE FROM t WHERE id = -7");

    assertThat(differences(file))
        .containsExactlyInAnyOrder(
            "Table t, row id=2 differs in c, z",
            "Table t, row id=4 differs in z",
            "Table t, row id=-7 is missing in PostgreSQL");
  }

  @Test
  void rowsWithoutAKeyOrARowidAreFoundAgain() throws Exception {
    Path file =
        SqliteFiles.make(
            folder.resolve("keys.db"),
            "CREATE TABLE nokey(b BLOB)",
            "INSERT INTO nokey VALUES (zeroblob("
                + BYTES
                + ")), (zeroblob("
                + BYTES
                + ")), (x'01')",
            "CREATE TABLE norowid(k TEXT, n, b BLOB, PRIMARY KEY (k COLLATE NOCASE, n)) WITHOUT ROWID",
            "INSERT INTO norowid VALUES ('b', 1, randomblob("
                + BYTES
                + ")), ('a', 'x', x'02'),"
                + " ('B', 2.5, randomblob("
                + BYTES
                + " + 1))",
            "CREATE TABLE hidden(rowid TEXT, _rowid_ TEXT, oid TEXT, b BLOB)",
            "CREATE INDEX covering ON hidden(oid, rowid, _rowid_, b)",
            "INSERT INTO hidden VALUES ('1', '2', 'z', x'03'), ('4', '5', 'a', randomblob("
                + BYTES
                + "))",
            "CREATE TABLE longkey(k TEXT PRIMARY KEY, v TEXT)",
            "INSERT INTO longkey VALUES (hex(randomblob(3000000)), 'v'), ('short', 'w')");

    carry(file);

    assertThat(query("SELECT md5(b) FROM norowid ORDER BY octet_length(b)"))
        .isEqualTo(digests(file, "SELECT b, NULL FROM norowid ORDER BY length(b)"));
    assertThat(query("SELECT md5(b) FROM hidden ORDER BY oid"))
        .isEqualTo(digests(file, "SELECT b, NULL FROM hidden ORDER BY oid"));
    assertThat(query("SELECT md5(k) FROM longkey ORDER BY v"))
        .isEqualTo(digests(file, "SELECT k, k FROM longkey ORDER BY v"));
    execute("DELETE FROM longkey WHERE v = 'v'", "UPDATE nokey SET b = '\\x02' WHERE b = '\\x01'");
    assertThat(differences(file))
        .hasSize(3)
        .anyMatch(d -> d.matches("Table longkey, row k='[0-9A-F]{40}…' is missing in PostgreSQL"))
        .anyMatch(d -> d.startsWith("Table nokey, row rowid=3 is missing"));
  }

  @Test
  void everyKindOfLargeTextBecomesWhatItsColumnWouldBecomeAnyway() throws Exception {
    Path file =
        SqliteFiles.make(
            folder.resolve("kinds.db"),
            "CREATE TABLE good(j JSON, d DATE, u UUID, f BOOLEAN, v VARCHAR(6000000), s VARCHAR(10), n NUMERIC)",
            "INSERT INTO good(j, v) VALUES ('[\"' || hex(zeroblob(2500000)) || '\"]', hex(zeroblob(2500000)))",
            "INSERT INTO good(d, u, f, s, n) SELECT t, t, t, t, t FROM (SELECT hex(zeroblob(2500000)) || 'x' AS t)",
            "CREATE TABLE bad(j JSON, n TEXT, i TEXT)",
            "INSERT INTO bad VALUES ('[\"' || hex(zeroblob(2500000)) || '\"',"
                + " hex(zeroblob(2500000)) || char(0), CAST(zeroblob(10) || x'ff' AS TEXT))",
            "INSERT INTO bad(i) VALUES (CAST(hex(zeroblob(2500000)) || x'e282' AS TEXT))");

    carry(file);

    assertThat(
            query(
                "SELECT table_name, column_name, data_type FROM information_schema.columns"
                    + " WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"))
        .containsExactly(
            "bad|j|text",
            "bad|n|bytea",
            "bad|i|bytea",
            "good|j|json",
            "good|d|text",
            "good|u|text",
            "good|f|text",
            "good|v|character varying",
            "good|s|text",
            "good|n|text");
  }

  @Test
  void pairsThatAPieceCutsInTwoArriveFromUtf16() throws Exception {
    for (String encoding : List.of("UTF-16le", "UTF-16be")) {
      Path file =
          SqliteFiles.make(
              folder.resolve(encoding + ".db"),
              "PRAGMA encoding = '" + encoding + "'",
              "CREATE TABLE t(id INTEGER PRIMARY KEY, c TEXT, d BLOB)",
              "INSERT INTO t VALUES (1, 'a' || replace(hex(zeroblob(1200000)), '00', '😀'), x'01')",
              "INSERT INTO t VALUES (2, replace(hex(zeroblob(600000)), '00', 'é€a'), zeroblob(5000000))",
              "INSERT INTO t VALUES (3, 'ü', NULL)");

      SqliteImport.from(file).into(database).replace(true).run();

      assertThat(query("SELECT md5(c) FROM t ORDER BY id"))
          .isEqualTo(digests(file, "SELECT c, c FROM t ORDER BY id"));
      assertThat(differences(file)).isEmpty();
    }
  }

  @Test
  void aRowThatGrowsBeyondTheLimitOnlyInUtf8IsRefusedBeforeTheLoad() throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("grows.db"),
            "PRAGMA encoding = 'UTF-16le'",
            "CREATE TABLE t(id INTEGER PRIMARY KEY, c TEXT)",
            "INSERT INTO t VALUES (1, replace(hex(zeroblob(1000000)), '00', '€€'))",
            "INSERT INTO t VALUES (2, replace(hex(zeroblob(1000000)), '00', 'aa'))");

    assertThatThrownBy(() -> SqliteImport.from(file).into(database).largestRow(5_999_999).run())
        .isInstanceOf(SourceFileException.class)
        .hasMessageContaining("Table t, row id=1 has 6000000 bytes");
    assertThat(SqliteImport.from(file).into(database).largestRow(6_000_000).run().verified())
        .isTrue();
  }

  @Test
  void aTableOfManyColumnsIsReadInPiecesToo() throws Exception {
    StringBuilder columns = new StringBuilder("id INTEGER PRIMARY KEY");
    StringBuilder values = new StringBuilder("1");
    for (int i = 0; i < 300; i++) {
      columns.append(", c").append(i).append(i % 2 == 0 ? " TEXT" : " BLOB");
      values.append(i % 2 == 0 ? ", hex(randomblob(7500))" : ", randomblob(12000)");
    }
    Path file =
        SqliteFiles.make(
            folder.resolve("wide.db"),
            "CREATE TABLE t(" + columns + ")",
            "INSERT INTO t VALUES (" + values + ")",
            "INSERT INTO t(id, c1) VALUES (2, zeroblob(5000000))");

    carry(file);
    execute("UPDATE t SET c298 = 'a' || substr(c298, 2) || 'z' WHERE id = 1");

    assertThat(differences(file)).containsExactly("Table t, row id=1 differs in c298");
  }

  @Test
  void aSourceThatIsPreparedByAnApplicationIsReadInWholeBytes() throws Exception {
    Path file = folder.resolve("bound.db");
    byte[] odd = new byte[BYTES];
    for (int i = 0; i < odd.length; i++) {
      odd[i] = (byte) (i * 31 + (i >> 9));
    }
    try (Connection connection = SqliteFiles.open(file)) {
      SqliteFiles.execute(connection, "CREATE TABLE t(id INTEGER PRIMARY KEY, any)");
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
        insert.setLong(1, Long.MIN_VALUE);
        insert.setBytes(2, odd);
        insert.executeUpdate();
        insert.setLong(1, Long.MAX_VALUE);
        insert.setString(2, "text in the same column");
        insert.executeUpdate();
      }
    }

    carry(file);

    String md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(odd));
    assertThat(query("SELECT md5(\"any\") FROM t ORDER BY id LIMIT 1")).containsExactly(md5);
  }
}
