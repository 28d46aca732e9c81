package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.existing.Finding;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What looking at the file lets through, the server takes, and reads back as it was; whatever the
 * value and the type.
 */
class IntoExistingPropertyTest extends PostgresFixture {
  private static final int ROUNDS = Boolean.getBoolean("outgrow.exhaustive") ? 60 : 2;
  private static final int VALUES = 25;

  private static final List<String> TYPES =
      List.of(
          "smallint",
          "integer",
          "bigint",
          "real",
          "double precision",
          "numeric",
          "numeric(6,2)",
          "text",
          "varchar(5)",
          "char(5)",
          "bytea",
          "boolean",
          "uuid",
          "json",
          "jsonb",
          "date",
          "time",
          "timestamp",
          "timestamptz");

  private static final List<Object> POOL =
      List.of(
          0L,
          1L,
          -1L,
          7L,
          32767L,
          32768L,
          -32768L,
          2147483647L,
          2147483648L,
          -2147483649L,
          9007199254740993L,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          0.0,
          -0.0,
          1.0,
          0.1,
          1.5,
          12.345,
          1234.56,
          99999.99,
          1e15,
          1e16,
          1e300,
          4.9e-324,
          0x1p63,
          3.0e9,
          0.30000001192092896,
          1700000000.25,
          Double.POSITIVE_INFINITY,
          "",
          "0",
          "1",
          "12",
          "007",
          "-5",
          "12.50",
          "1e3",
          "99999.994",
          "9223372036854775807",
          "yes",
          "F",
          "maybe",
          "abc",
          "abcde",
          "äöü€x",
          "abcdef",
          "a  ",
          "x     ",
          "2024-02-29",
          "2024-02-30",
          "2024-02-29 00:00:00",
          "2024-02-29T10:00:00.123456Z",
          "2024-02-29 10:00:00+05:30",
          "10:00:00",
          "10:00:00.10",
          "24:00:00",
          "{\"a\": [1, 2.50, \"x\"]}",
          "[1",
          "null",
          "00112233-4455-6677-8899-aabbccddeeff",
          "00112233-4455-6677-8899-AABBCCDDeeff",
          "00112233445566778899aabbccddeeff",
          new byte[16],
          new byte[0],
          new byte[] {0, (byte) 0xff});

  @TempDir private Path folder;

  @Test
  void whatIsLetThroughArrives() throws SQLException {
    Random random = new Random(20_260_101);
    long carried = 0;
    for (int round = 0; round < ROUNDS; round++) {
      carried += carry(random, folder.resolve(round + ".db"));
    }
    assertThat(carried).isGreaterThan(ROUNDS * 100L);
  }

  private long carry(Random random, Path file) throws SQLException {
    List<String> made = new ArrayList<>();
    for (int t = 0; t < TYPES.size(); t++) {
      made.add("CREATE TABLE t" + t + "(id INTEGER PRIMARY KEY, v)");
      execute(
          "DROP TABLE IF EXISTS t" + t,
          "CREATE TABLE t" + t + " (id integer PRIMARY KEY, v " + TYPES.get(t) + ")");
    }
    SqliteFiles.make(file, made.toArray(String[]::new));
    fill(random, file);
    SqliteImport load = SqliteImport.from(file).into(database).intoExisting(true).replace(true);
    SqliteImport rejecting = load.onBadRow(BadRows.REJECT).rejectFolder(folder.resolve("rejects"));
    ImportReport report = rejecting.run();
    assertThat(report.rowsRead()).isEqualTo((long) VALUES * TYPES.size());
    assertThat(report.rowsVerified() + report.rowsRejected()).isEqualTo(report.rowsRead());
    assertThat(rejecting.verify().verified()).isTrue();
    withoutMisfits(file, load);
    assertThat(load.verify().verified()).isTrue();
    long rows = load.run().rowsVerified();
    assertThat(rows).isEqualTo(report.rowsVerified());
    assertThat(load.verify().verified()).isTrue();
    return rows;
  }

  private static void fill(Random random, Path file) throws SQLException {
    try (Connection connection = SqliteFiles.open(file)) {
      connection.setAutoCommit(false);
      for (int t = 0; t < TYPES.size(); t++) {
        try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO t" + t + "(v) VALUES (?)")) {
          for (int i = 0; i < VALUES; i++) {
            insert.setObject(1, POOL.get(random.nextInt(POOL.size())));
            insert.executeUpdate();
          }
        }
      }
      connection.commit();
    }
  }

  /** Takes away the first row that does not fit of each table, until all fit. */
  private static void withoutMisfits(Path file, SqliteImport load) throws SQLException {
    for (ImportPlan plan = load.plan(); ; plan = load.plan()) {
      List<String> deletes =
          plan.findings().stream()
              .filter(Finding::refuses)
              .map(IntoExistingPropertyTest::delete)
              .toList();
      if (deletes.isEmpty()) {
        return;
      }
      SqliteFiles.make(file, deletes.toArray(String[]::new));
    }
  }

  private static String delete(Finding finding) {
    String key = finding.detail().replaceAll("(?s).*?first at id=([0-9]+)\\).*", "$1");
    return "DELETE FROM "
        + finding.name().substring(0, finding.name().indexOf('.'))
        + " WHERE id = "
        + key;
  }
}
