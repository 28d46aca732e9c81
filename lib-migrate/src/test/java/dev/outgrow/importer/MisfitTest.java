package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.Examination;
import dev.outgrow.importer.mapping.Mapper;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.sqlite.SqliteSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that do not fit their columns, because the columns were decided without them. */
class MisfitTest extends PostgresFixture {
  private static final String[] THREE_TABLES = {
    "CREATE TABLE a(id INTEGER PRIMARY KEY, v, w)",
    "CREATE TABLE b(id INTEGER PRIMARY KEY, v)",
    "CREATE TABLE c(k TEXT PRIMARY KEY, v, a INTEGER REFERENCES a(id)) WITHOUT ROWID",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
        + " INSERT INTO a SELECT i, i, i FROM n",
    "INSERT INTO a VALUES (30000, 'text', x'00'), (30001, 5, 'no'), (30002, NULL, NULL)",
    "INSERT INTO b VALUES (1, 1.5), (2, 2)",
    "INSERT INTO c VALUES ('p', 'q', 1), ('r', 1, 30000), ('s', 2, 2)"
  };

  @TempDir private Path folder;

  @Test
  void everyMisfitOfEveryTableIsToldInOneRun() throws SQLException {
    Path file = SqliteFiles.make(folder.resolve("source.db"), THREE_TABLES);

    BadRowsException refusal =
        catchThrowableOfType(BadRowsException.class, () -> carry(file, BadRows.FAIL, Orphans.KEEP));

    assertThat(refusal.count()).isEqualTo(4);
    assertThat(refusal.what().lines().toList())
        .contains(
            "  table a, row id=30000, column v: it holds text, which was not there when the column became bigint;"
                + " column w: it holds blob, which was not there when the column became bigint",
            "  table a, row id=30001, column w: it holds text, which was not there when the column became bigint",
            "  table b, row id=1, column v: it holds real, which was not there when the column became bigint",
            "  table c, row k='p', column v: it holds text, which was not there when the column became bigint");
    assertThat(schemas()).containsExactly("public");
  }

  @Test
  void misfitsAreKeptAsideAndTheOtherRowsArrive() throws SQLException {
    Path file = SqliteFiles.make(folder.resolve("source.db"), THREE_TABLES);

    ImportReport report = carry(file, BadRows.REJECT, Orphans.REJECT);

    assertThat(report.verified()).isTrue();
    assertThat(report.tables())
        .extracting(
            t -> t.name() + " " + t.rowsRead() + "=" + t.rowsVerified() + "+" + t.rowsRejected())
        .containsExactly("a 20003=20001+2", "b 2=1+1", "c 3=1+2");
    assertThat(query("SELECT id FROM a WHERE id > 20000")).containsExactly("30002");
    assertThat(query("SELECT k FROM c")).containsExactly("s");
    assertThat(
            query(
                "SELECT source_table, key, reason ~ 'rejected' FROM "
                    + report.rejectPlace().schema()
                    + ".rejects ORDER BY 1, 2"))
        .containsExactly("a|id=30000|f", "a|id=30001|f", "b|id=1|f", "c|k='p'|f", "c|k='r'|t");
    assertThat(schemas()).containsExactlyInAnyOrder("public", report.rejectPlace().schema());
  }

  private ImportReport carry(Path file, BadRows badRows, Orphans orphans) {
    ImportOptions options =
        ImportOptions.DEFAULT.with(
            o -> {
              o.badRows = badRows;
              o.orphans = orphans;
              o.rejectFolder = folder.resolve("rejects");
            });
    return Course.of(
        options,
        running ->
            new ImportRun(file, database, running, (path, o) -> surveyWithNumbersOnly(path)).run());
  }

  /** Decides that v and w are numbers, whatever they hold. */
  private static Survey surveyWithNumbersOnly(Path file) {
    SqliteSource source = SqliteSource.open(file);
    source.contents();
    Examination examination = Examination.of(source.definitions());
    List<SourceTable> tables =
        source.definitions().stream()
            .map(t -> source.survey(t.name(), examination.traits(t), 1 << 20, rows -> {}))
            .toList();
    SchemaMapping mapped = Mapper.map(tables, List.of());
    return new Survey(
        source,
        tables,
        new Places.Found(
            new SchemaMapping(
                mapped.tables().stream().map(MisfitTest::narrowed).toList(),
                mapped.renamed(),
                mapped.changedTypes(),
                mapped.notCarried()),
            null),
        true,
        file,
        null);
  }

  private static TableMapping narrowed(TableMapping table) {
    return new TableMapping(
        table.source(),
        table.target(),
        table.rows(),
        table.columns().stream().map(MisfitTest::narrowed).toList(),
        table.primaryKey(),
        table.uniqueKeys(),
        table.indexes(),
        table.foreignKeys(),
        table.checks(),
        table.lastId());
  }

  private static ColumnMapping narrowed(ColumnMapping column) {
    TargetType type =
        List.of("v", "w").contains(column.source()) ? TargetType.BIGINT : column.type();
    return new ColumnMapping(
        column.source(),
        column.target(),
        type,
        column.notNull(),
        null,
        null,
        column.identity(),
        null);
  }
}
