package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of so many columns that a page of PostgreSQL has no room for them. */
@Tag("slow")
class WideRowTest extends PostgresFixture {
  private static final String WHY =
      "it needs more than the 8160 bytes that PostgreSQL has for a row, even with every long value kept elsewhere";

  @TempDir private Path folder;

  @Test
  void everyRowWithoutRoomIsToldInOneRun() throws SQLException {
    Path file =
        make(
            wide("a", 500, "TEXT"),
            wide("b", 1100, ""),
            filled("a", 500, 1, "NULL"),
            filled("a", 500, 2, "hex(randomblob(40))"),
            filled("a", 500, 3, "'short'"),
            filled("b", 1100, 7, "12345678901"),
            filled("b", 1100, 8, "'x'"));

    BadRowsException refusal =
        catchThrowableOfType(
            BadRowsException.class,
            () -> SqliteImport.from(file).into(database).schema("wide").run());

    assertThat(refusal.count()).isEqualTo(2);
    assertThat(refusal.what().lines().toList())
        .contains("  table a, row id=2: " + WHY, "  table b, row id=7: " + WHY);
    assertThat(schemas()).containsExactly("public");
  }

  @Test
  void aRowWithoutRoomIsKeptAsideAndTheOthersArrive() throws SQLException {
    Path file =
        make(
            wide("a", 700, "TEXT"),
            filled("a", 700, 1, "hex(randomblob(40))"),
            filled("a", 700, 2, "'short'"),
            "CREATE TABLE child(id INTEGER PRIMARY KEY, a INTEGER REFERENCES a(id))",
            "INSERT INTO child VALUES (1, 1), (2, 2)");
    SqliteImport carrying =
        SqliteImport.from(file)
            .into(database)
            .rejectFolder(folder)
            .onBadRow(BadRows.REJECT)
            .orphans(Orphans.REJECT);

    ImportReport report = carrying.run();

    assertThat(report.verified()).isTrue();
    assertThat(report.tables())
        .extracting(t -> t.name() + " " + t.rowsRead() + "=" + t.rowsVerified())
        .containsExactly("a 2=1", "child 2=1");
    assertThat(report.rejects()).extracting("key").containsExactly("id=1", "id=1");
    assertThat(report.rejects().get(0).reason()).isEqualTo(WHY);
    assertThat(report.notCarried()).extracting("kind").containsOnly(Kind.REJECT);
    assertThat(query("SELECT id FROM a")).containsExactly("2");
    assertThat(query("SELECT count(*) FROM " + report.rejectPlace().schema() + ".rejects"))
        .containsExactly("2");
    assertThat(carrying.verify().verified()).isTrue();
  }

  /** What a generated column holds takes room in PostgreSQL although it takes none in SQLite. */
  @Test
  void computedColumnsTakeRoomToo() throws SQLException {
    String computed =
        IntStream.range(0, 600)
            .mapToObj(i -> "g" + i + " INTEGER GENERATED ALWAYS AS (v + " + i + ") VIRTUAL")
            .collect(Collectors.joining(", "));
    String plain =
        IntStream.range(0, 600)
            .mapToObj(i -> "p" + i + " INTEGER")
            .collect(Collectors.joining(", "));
    Path file =
        make(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v INTEGER, " + plain + ", " + computed + ")",
            "INSERT INTO t(id, v) VALUES (1, 5)",
            "INSERT INTO t VALUES (2, 6" + ", 1".repeat(600) + ")");

    ImportReport report =
        SqliteImport.from(file).into(database).rejectFolder(folder).onBadRow(BadRows.REJECT).run();

    assertThat(report.rejects()).extracting("key").containsExactly("id=2");
    assertThat(report.notCarried()).extracting("kind").containsExactly(Kind.REJECT);
    assertThat(query("SELECT g599 FROM t")).containsExactly("604");
  }

  /** The server alone knows how it compresses, aligns and moves; it is asked in another way. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void exactlyThoseAreKeptAsideThatTheServerRefuses(long seed) throws SQLException {
    Random random = new Random(seed);
    int columns = 850 + random.nextInt(500);
    List<String> types = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      types.add(
          List.of("INTEGER", "REAL", "TEXT", "TEXT", "BLOB", "NUMERIC", "BOOLEAN")
              .get(random.nextInt(7)));
    }
    Path file = make(wide("t", types));
    fill(file, types, random);

    ImportReport report =
        SqliteImport.from(file)
            .into(database)
            .rejectFolder(folder)
            .onBadRow(BadRows.REJECT)
            .listedRejects(1000)
            .run();

    assertThat(report.verified()).isTrue();
    assertThat(report.rejects()).hasSizeBetween(1, 59);
    assertThat(report.rejects()).extracting("key").containsExactlyElementsOf(refused(file));
  }

  /** Inserts every row by plain SQL into a table like the one that was made. */
  private List<String> refused(Path file) throws SQLException {
    List<String> refused = new ArrayList<>();
    execute("CREATE TABLE tried (LIKE t)");
    try (Connection sqlite = SqliteFiles.open(file);
        Statement statement = sqlite.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM t ORDER BY id");
        Connection postgres = database.connection()) {
      int columns = rows.getMetaData().getColumnCount();
      List<String> types =
          query(
              "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum");
      String sql =
          types.stream()
              .map(t -> "?::text::" + t)
              .collect(Collectors.joining(", ", "INSERT INTO tried VALUES (", ")"));
      try (PreparedStatement insert = postgres.prepareStatement(sql)) {
        while (rows.next()) {
          for (int i = 1; i <= columns; i++) {
            boolean bytes = types.get(i - 1).equals("bytea") && rows.getObject(i) != null;
            insert.setString(
                i, bytes ? "\\x" + HexFormat.of().formatHex(rows.getBytes(i)) : rows.getString(i));
          }
          try {
            insert.execute();
          } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("54000");
            refused.add("id=" + rows.getLong(1));
          }
        }
      }
    }
    return refused;
  }

  /** Rows from far below the limit to far above it; the more nulls, the smaller. */
  private static void fill(Path file, List<String> types, Random random) throws SQLException {
    String sql = "INSERT INTO t VALUES (?" + ", ?".repeat(types.size()) + ")";
    try (Connection connection = SqliteFiles.open(file);
        PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int row = 1; row <= 60; row++) {
        double share = 0.3 + 0.7 * row / 60;
        int longest = 1 + random.nextInt(60);
        insert.setLong(1, row);
        for (int i = 0; i < types.size(); i++) {
          insert.setObject(
              i + 2, random.nextDouble() > share ? null : value(types.get(i), longest, random));
        }
        insert.executeUpdate();
      }
    }
  }

  private static Object value(String type, int longest, Random random) {
    int length = random.nextInt(longest + 1);
    return switch (type) {
      case "INTEGER" -> random.nextLong();
      case "REAL" -> random.nextDouble();
      case "BOOLEAN" -> random.nextInt(2);
      case "NUMERIC" -> random.nextBoolean() ? (Object) random.nextInt() : random.nextInt() / 4.0;
      case "BLOB" -> bytes(length, random);
      default ->
          random.nextBoolean()
              ? "a".repeat(length * 3) // compresses well
              : random
                  .ints(length, 'a', 'z')
                  .mapToObj(Character::toString)
                  .collect(Collectors.joining());
    };
  }

  private static byte[] bytes(int length, Random random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String wide(String table, int columns, String type) {
    return wide(table, Collections.nCopies(columns, type));
  }

  private static String wide(String table, List<String> types) {
    return IntStream.range(0, types.size())
        .mapToObj(i -> ", c" + i + " " + types.get(i))
        .collect(Collectors.joining("", "CREATE TABLE " + table + "(id INTEGER PRIMARY KEY", ")"));
  }

  private static String filled(String table, int columns, long id, String value) {
    return "INSERT INTO " + table + " VALUES (" + id + (", " + value).repeat(columns) + ")";
  }

  private Path make(String... statements) throws SQLException {
    return SqliteFiles.make(folder.resolve("source.db"), statements);
  }
}
