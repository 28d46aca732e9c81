package dev.outgrow.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.error.TargetException;
import dev.outgrow.importer.fixture.ChildJvm;
import dev.outgrow.importer.fixture.SqliteFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values that are not to be in memory as a whole. */
@Tag("slow")
class LargeRowsTest extends ExportFixture {
  private static final int MEGABYTE = 1 << 20;

  private List<String> answers(Path file, String query) throws SQLException {
    try (Connection connection = SqliteFiles.open(file)) {
      return TwoFiles.column(connection, query);
    }
  }

  private ExportReport exported(Path file) {
    return SqliteExport.from(server.database()).into(file).run();
  }

  @Test
  void valuesAroundTheSizeOfAPieceComeWhole() throws SQLException {
    server.execute(
        "CREATE TABLE t(id bigint PRIMARY KEY, a text, n int, b bytea, j jsonb)",
        "INSERT INTO t SELECT i, repeat('ä€x', (1048576 * (i % 4) / 6 + i - 4)::int), i,"
            + " decode(repeat('0102ff', (1048576 * (i % 3) / 3 + i - 4)::int), 'hex'),"
            + " CASE i % 2 WHEN 0 THEN jsonb_build_object('k', repeat('y', 1048576 + i)) END"
            + " FROM generate_series(4, 15) i",
        "INSERT INTO t VALUES (1, '', 0, '', NULL), (2, NULL, NULL, NULL, NULL)",
        "CREATE TABLE none(a varchar, b bytea, r numrange, l int[], j json)", // without a key
        "INSERT INTO none SELECT a, b, '[1,2)', '{1,2}', '{}' FROM t");
    Path file = folder.resolve("t.db");

    ExportReport report = exported(file);

    assertThat(report.verified()).isTrue();
    assertThat(answers(file, "PRAGMA integrity_check")).containsExactly("ok");
    String sizes =
        "SELECT concat_ws('|', id, n, octet_length(CAST(a AS BLOB)), octet_length(b)) FROM t";
    assertThat(answers(file, sizes + " ORDER BY id"))
        .isEqualTo(
            server.column(
                "SELECT concat_ws('|', id, n, octet_length(a), octet_length(b)) FROM t ORDER BY id"));
    assertThat(answers(file, "SELECT count(*) FROM none WHERE a = replace(a, 'z', '')"))
        .containsExactly("13");
  }

  @Test
  void tablesThatSqliteFillsTakeThemUpToAShareOfTheHeap() throws SQLException {
    Path former =
        SqliteFiles.make(
            folder.resolve("former.db"),
            "CREATE TABLE w(k TEXT PRIMARY KEY, v BLOB, t TEXT) WITHOUT ROWID");
    server.execute(
        "CREATE TABLE w(k text PRIMARY KEY, v bytea, t text)",
        "INSERT INTO w SELECT i, decode(repeat('00ff', 1048576), 'hex'), repeat('€', 1000000)"
            + " FROM generate_series(1, 5) i");
    Path file = folder.resolve("w.db");

    assertThat(SqliteExport.from(server.database()).into(file).like(former).run().rows())
        .isEqualTo(5);
    assertThat(answers(file, "SELECT DISTINCT length(v) || '|' || length(t) FROM w"))
        .containsExactly("2097152|1000000");
    long share = Runtime.getRuntime().maxMemory() / 8 / MEGABYTE + 1;
    server.execute(
        "INSERT INTO w VALUES ('x', decode(repeat('00', " + share + " * 1048576), 'hex'))");
    assertThatThrownBy(
            () ->
                SqliteExport.from(server.database())
                    .into(folder.resolve("x.db"))
                    .like(former)
                    .run())
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("Table w holds a row with values of " + share * MEGABYTE + " bytes")
        .hasMessageContaining("-Xmx");
    assertThat(folder.resolve("x.db")).doesNotExist();
  }

  @Test
  void aValueOfManyTimesTheHeapIsCarriedAndProven()
      throws SQLException, IOException, InterruptedException {
    server.execute(
        "CREATE TABLE files(id bigint PRIMARY KEY, name text, content bytea, words text)",
        "INSERT INTO files VALUES (1, 'small', '\\x00', 'few')",
        "INSERT INTO files SELECT 2, 'large', decode(repeat(md5('a') || md5('b'), 6553600), 'hex'),"
            + " repeat('wörter ', 12000000)",
        "INSERT INTO files VALUES (3, 'behind', '\\x01', 'more')");
    Path file = folder.resolve("files.db");

    List<String> printed =
        ChildJvm.of(
                DyingExport.class,
                "64m",
                file.toString(),
                ChildJvm.url(server.database().url()),
                "0")
            .run();

    assertThat(printed).contains("done 3");
    assertThat(
            answers(
                file,
                "SELECT id || name || octet_length(content) || ' ' || octet_length(words) FROM files"))
        .containsExactly("1small1 3", "2large209715200 96000000", "3behind1 4");
  }

  @Test
  void aRowThatSqliteWouldNotReadIsRefused() throws IOException, SQLException {
    Path file = SqliteFiles.make(folder.resolve("t.db"), "CREATE TABLE t(a, b)");
    try (Halt halt = new Halt(ExportOptions.USUAL);
        SqliteDraft draft = SqliteDraft.open(file, halt);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      PageRowWriter writer =
          new PageRowWriter(TableFacts.of(draft, "t"), new PageAppender(channel, 4096), false);
      CellSink row = writer.begin();
      row.large(true, 500_000_000);
      row.large(false, 500_000_000);
      assertThatThrownBy(() -> writer.end(Pieces.NONE))
          .isInstanceOf(TargetException.class)
          .hasMessageContaining("SQLite has rows of up to 1000000000");
    }
  }
}
