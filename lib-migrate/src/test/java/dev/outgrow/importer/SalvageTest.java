package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.fixture.DamagedFile;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.ReportText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Line 46 of the catalogue (docs/failures.md): damaged files are refused before anything is
 * written, or salvaged on request.
 */
@Tag("slow")
class SalvageTest extends PostgresFixture {
  private static final String[] SAMPLE = {
    "PRAGMA page_size = 4096",
    "CREATE TABLE big(id INTEGER PRIMARY KEY, name TEXT NOT NULL, twice AS (id * 2), more)",
    "CREATE INDEX by_name ON big(name)",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
        + " INSERT INTO big(id, name) SELECT i, 'row ' || i || printf('%.*c', 60, 'x') FROM n",
    "ALTER TABLE big ADD COLUMN late TEXT DEFAULT 'later'",
    "UPDATE big SET more = zeroblob(20000) WHERE id IN (3, 900)",
    "CREATE TABLE keyed(k TEXT, v REAL, PRIMARY KEY (k)) WITHOUT ROWID",
    "INSERT INTO keyed SELECT printf('key %05d', id) || name, id / 8.0 FROM big",
    "CREATE TABLE child(id INTEGER PRIMARY KEY AUTOINCREMENT, big INTEGER REFERENCES big(id))",
    "INSERT INTO child SELECT NULL, id FROM big"
  };

  @TempDir private Path folder;

  private DamagedFile sample() throws Exception {
    return DamagedFile.of(folder.resolve("damaged.db"), SAMPLE);
  }

  private ImportReport salvage(Path file) {
    byte[] before = read(file);
    SqliteImport salvaging =
        SqliteImport.from(file).into(database).orphans(Orphans.KEEP).salvage(true);
    ImportReport report = salvaging.run();
    assertThat(report.verified()).isTrue();
    assertThat(salvaging.verify().verified()).as("a later verification").isTrue();
    assertThat(read(file)).isEqualTo(before);
    return report;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lost(ImportReport report) {
    return report.notCarried().stream()
        .filter(n -> n.kind() == Kind.LOST)
        .map(n -> n.name() + ": " + n.reason())
        .toList();
  }

  private void assertRefused(Path file, String... words) {
    assertThatExceptionOfType(SourceFileException.class)
        .isThrownBy(() -> SqliteImport.from(file).into(database).run())
        .withMessageContaining("is damaged")
        .withMessageContaining("--salvage")
        .satisfies(e -> assertThat(e.damaged()).isTrue())
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  @Test
  void aSoundFileLosesNothing() throws Exception {
    ImportReport report = salvage(sample().write());

    assertThat(lost(report)).isEmpty();
    assertThat(report.rowsRead()).isEqualTo(3000);
  }

  @Test
  void damageToAnIndexLosesNothing() throws Exception {
    DamagedFile file = sample();
    file.pages("by_name", "leaf").subList(0, 3).forEach(file::destroy);

    assertThat(lost(salvage(file.write()))).isEmpty();
    assertThat(SqliteImport.from(file.write()).into(database).schema("plain").run().rowsRead())
        .isEqualTo(3000);
  }

  /** Nothing but the order of the rows tells that a page holds those of another. */
  @Test
  void aPageThatWasWrittenOverByAnotherOfItsTableIsSeenWhereNoRowidTells() throws Exception {
    DamagedFile damaged = sample();
    List<Integer> leaves = damaged.pages("keyed", "leaf");
    damaged.page(leaves.get(1)).put(damaged.page(leaves.get(2)));
    Path file = damaged.write();

    assertRefused(file, "table keyed, rows not in the order of their key");
    ImportReport report = salvage(file);
    assertThat(lost(report))
        .singleElement()
        .asString()
        .startsWith("keyed: Its rows are not in the order of their key");
    assertThat(query("SELECT count(*) FROM big")).containsExactly("1000");
  }

  /** The root that was there led to all other pages of its table. */
  @Test
  void aRootThatWasWrittenOverByASoundPageIsSeenByThePagesItLeadsToNoMore() throws Exception {
    DamagedFile damaged = sample();
    int root = damaged.pages("big", "internal").get(0);
    damaged.page(root).put(damaged.page(damaged.pages("child", "leaf").get(0)));
    Path file = damaged.write();

    assertRefused(file, "no table leads there");
    assertThat(lost(salvage(file)))
        .anyMatch(l -> l.startsWith("rows: Lost: ") && l.contains("no table leads there"));
  }

  @Test
  void aTableWithFewerRowsThanItsIndexHasLostThem() throws Exception {
    DamagedFile damaged =
        DamagedFile.of(
            folder.resolve("indexed.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
            "CREATE INDEX by_v ON t(v)",
            "INSERT INTO t VALUES (1, 'one'), (2, 'two'), (3, 'three')",
            "CREATE TABLE other(id INTEGER PRIMARY KEY)");
    damaged.page(damaged.pages("t", "leaf").get(0)).putShort(3, (short) 1);
    Path file = damaged.write();

    assertRefused(file, "table t, 1 rows, for which an index has 3");
    assertThat(SqliteImport.from(file).exclude("t").inspect().tables()).hasSize(1);
    assertThat(lost(salvage(file))).anyMatch(l -> l.startsWith("t: Lost: "));
  }

  /** SQLite's own check says nothing of pages without a tree where a virtual table stands first. */
  @Test
  void aRootThatWasWrittenOverIsSeenBesideAVirtualTableToo() throws Exception {
    DamagedFile damaged =
        DamagedFile.of(
            folder.resolve("beside.db"),
            "CREATE TABLE big(id INTEGER PRIMARY KEY, v TEXT)",
            "CREATE TABLE small(id INTEGER PRIMARY KEY, v TEXT)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
                + " INSERT INTO big SELECT i, printf('%.50c', 'x') FROM n",
            "INSERT INTO small VALUES (1, 'one')",
            "CREATE VIRTUAL TABLE words USING fts5(body)",
            "CREATE VIRTUAL TABLE terms USING fts5vocab(words, row)");
    int root = damaged.pages("big", "internal").get(0);
    damaged.page(root).put(damaged.page(damaged.pages("small", "leaf").get(0)));
    Path file = damaged.write();

    assertRefused(file, "to which no table leads");
    assertThat(lost(salvage(file)))
        .anyMatch(l -> l.startsWith("rows: Lost: ") && l.contains("to which no table leads"));
  }

  @Test
  void aVirtualTableWithFewerRowsThanItsModuleHasListedHasLostThem() throws Exception {
    DamagedFile damaged =
        DamagedFile.of(
            folder.resolve("listed.db"),
            "CREATE VIRTUAL TABLE words USING fts5(body)",
            "CREATE TABLE other(id INTEGER PRIMARY KEY, v TEXT)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
                + " INSERT INTO words SELECT 'it was said ' || i FROM n",
            "INSERT INTO other VALUES (3, 'three')");
    int leaf = damaged.pages("words_content", "leaf").get(0);
    damaged.page(leaf).put(damaged.page(damaged.pages("other", "leaf").get(0)));
    Path file = damaged.write();

    assertRefused(file, "table words, ", " rows, for which an index has 200");
    assertThat(lost(salvage(file))).anyMatch(l -> l.startsWith("words: Lost: "));
  }

  /** What a module indexes may lie elsewhere, and change without its knowing. */
  @Test
  void anIndexOfTextThatLiesElsewhereLosesNothing() throws Exception {
    DamagedFile damaged =
        DamagedFile.of(
            folder.resolve("elsewhere.db"),
            "CREATE TABLE said(id INTEGER PRIMARY KEY, body TEXT)",
            "INSERT INTO said VALUES (1, 'one'), (2, 'two'), (3, 'three')",
            "CREATE VIRTUAL TABLE words USING fts5(body, content = said, content_rowid = id)",
            "INSERT INTO words(words) VALUES ('rebuild')",
            "DELETE FROM said WHERE id > 1");

    assertThat(lost(salvage(damaged.write()))).isEmpty();
  }

  @Test
  void theRowsOfOnePageAreLostAndNamedAndTheOthersArrive() throws Exception {
    DamagedFile damaged = sample();
    int page = damaged.pages("big", "leaf").get(4);
    Path file = damaged.destroy(page).write();

    assertRefused(file, "table big, page", "page " + page);
    assertThat(query("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
        .containsExactly("0");

    ImportReport report = salvage(file);
    long read = Long.parseLong(query("SELECT count(*) FROM big").get(0));
    assertThat(read).isBetween(900L, 999L);
    assertThat(lost(report))
        .singleElement()
        .asString()
        .startsWith("big: Lost: all rows of 1 page; read: " + read + " rows. Where: page " + page)
        .contains(", at most " + (1000 - read));
    assertThat(query("SELECT twice, late, length(more) FROM big WHERE id = 900"))
        .containsExactly("1800|later|20000");
    assertThat(query("SELECT count(*) FROM child")).containsExactly("1000");
    assertThat(report.notCarried())
        .anyMatch(
            n ->
                n.kind() == Kind.FOREIGN_KEY_VALIDATION
                    && n.reason().startsWith((1000 - read) + " of its rows"));
    assertThat(report.leftBehind(List.of())).extracting(NotCarried::kind).contains(Kind.LOST);
    assertThat(ReportText.of(report, List.of()).lines()).last().asString().contains("1 lost");
  }

  @Test
  void aTableWithoutRowidIsReadPastADamagedPage() throws Exception {
    DamagedFile file = sample();
    int page = file.pages("keyed", "leaf").get(2);
    file.destroy(page);

    ImportReport report = salvage(file.write());

    assertThat(lost(report)).singleElement().asString().contains("keyed: Lost", "page " + page);
    assertThat(Long.parseLong(query("SELECT count(*) FROM keyed").get(0))).isBetween(900L, 999L);
    assertThat(query("SELECT count(*), min(v), max(v) FROM keyed WHERE v <> 0.5").get(0))
        .endsWith("|0.125|125");
  }

  @Test
  void aTreeThatGoesInCirclesEnds() throws Exception {
    DamagedFile file = sample();
    int root = file.pages("big", "internal").get(0);
    ByteBuffer page = file.page(root);
    page.putInt(8, root);
    page.putInt(page.getShort(12 + 2 * 3), root);

    ImportReport report = salvage(file.write());

    List<String> lost = lost(report);
    assertThat(lost).hasSize(2);
    assertThat(lost.get(0))
        .contains("all rows of 2 pages", "another place refers to it too", "rows after rowid");
    assertThat(lost.get(1)).contains("no table leads there");
  }

  @Test
  void aTruncatedFileGivesWhatIsThereAndNamesThePagesThatAreNot() throws Exception {
    DamagedFile sample = sample();
    int length = (int) Files.size(sample.write());

    assertRefused(sample.write(length / 4096 / 2 * 4096), "table ", "invalid page number");
    assertRefused(sample.write(length / 2 + 100), "table ");
    assertRefused(sample.write(length - 100), "cut off in page " + length / 4096);
    assertThat(lost(salvage(sample.write(length / 4096 / 2 * 4096))))
        .anyMatch(l -> l.contains("the file has no such page"));
  }

  @Test
  void aLeafWhoseListOfOffsetsIsGoneIsReadBySizes() throws Exception {
    DamagedFile file = sample();
    int leaf = file.pages("child", "leaf").get(1);
    ByteBuffer page = file.page(leaf);
    for (int cell = 0; cell < page.getShort(3); cell++) {
      page.putShort(8 + 2 * cell, (short) 0);
    }

    assertRefused(file.write(), "table child, page " + leaf);
    assertThat(lost(salvage(file.write()))).isEmpty();
    assertThat(query("SELECT count(*) FROM child")).containsExactly("1000");
  }

  @Test
  void aRecordThatContradictsItselfIsOneLostRow() throws Exception {
    DamagedFile file = sample();
    int leaf = file.pages("child", "leaf").get(0);
    ByteBuffer page = file.page(leaf);
    int cell = page.getShort(8 + 2 * 5);
    page.put(cell + 4, (byte) 6); // the second value has eight bytes by this, and two in truth

    ImportReport report = salvage(file.write());

    assertThat(lost(report))
        .singleElement()
        .asString()
        .contains("child: Lost: 1 row; read: 999 rows. Where: cell 5 of page " + leaf);
  }

  @Test
  void aDefinitionThatCannotBeReadIsNamedAndTheOtherTablesArrive() throws Exception {
    DamagedFile file = sample();
    ByteBuffer page = file.page(1);
    byte[] bytes = new byte[4096];
    page.get(0, bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    page.put(text.indexOf("CREATE TABLE keyed"), (byte) '?');

    ImportReport report = salvage(file.write());

    assertThat(lost(report)).anyMatch(l -> l.startsWith("keyed: Its definition"));
    assertThat(query("SELECT count(*) FROM child")).containsExactly("1000");
  }

  @Test
  void whatIsLeftOutNeedNotBeSound() throws Exception {
    DamagedFile file = sample();
    file.destroy(file.pages("keyed", "leaf").get(1));

    ImportReport report = SqliteImport.from(file.write()).into(database).exclude("keyed").run();

    assertThat(report.rowsRead()).isEqualTo(2000);
    assertThat(report.leftBehind(List.of(Kind.GENERATED_COLUMN))).isEmpty();
  }

  @Test
  void utf16AndTheLogOfAnApplicationThatRunsAreSalvagedToo() throws Exception {
    Path file = folder.resolve("live.db");
    try (var application = SqliteFiles.open(file)) {
      SqliteFiles.execute(
          application,
          "PRAGMA encoding = 'UTF-16le'",
          "PRAGMA journal_mode = WAL",
          "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
          "INSERT INTO t VALUES (1, 'Ünïcödé 🐘')",
          "PRAGMA wal_checkpoint(TRUNCATE)",
          "PRAGMA writable_schema = ON",
          "UPDATE sqlite_schema SET rootpage = 77 WHERE name = 'gone'",
          "CREATE TABLE gone(v)",
          "UPDATE sqlite_schema SET rootpage = 77 WHERE name = 'gone'",
          "INSERT INTO t VALUES (2, 'in the log')");

      ImportReport report = SqliteImport.from(file).into(database).salvage(true).run();

      assertThat(query("SELECT v FROM t ORDER BY id")).containsExactly("Ünïcödé 🐘", "in the log");
      assertThat(lost(report)).singleElement().asString().startsWith("gone: ");
    }
  }

  @Test
  void whatIsNoSqliteFileIsNotSalvaged() throws Exception {
    byte[] text = new byte[20_000];
    Arrays.fill(text, (byte) 'a');
    Path file = Files.write(folder.resolve("text.db"), text);

    assertThatExceptionOfType(SourceFileException.class)
        .isThrownBy(() -> SqliteImport.from(file).into(database).salvage(true).run())
        .withMessageContaining("is not a SQLite database");
  }
}
