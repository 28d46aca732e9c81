package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.importer.existing.Append;
import dev.outgrow.importer.existing.Merged;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.LeftOut;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A part of the file's rows is added to those that the tables hold. */
class AppendPartTest extends PostgresFixture {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void make() throws SQLException {
    execute(
        "CREATE TABLE parent (id int PRIMARY KEY, v text)",
        "CREATE TABLE child (id int PRIMARY KEY, parent int REFERENCES parent, v text)",
        "INSERT INTO parent VALUES (1, 'former'), (9, 'former')",
        "INSERT INTO child VALUES (1, 9, 'former')");
    file =
        SqliteFiles.make(
            folder.resolve("source.db"),
            "CREATE TABLE parent(id INTEGER PRIMARY KEY, v TEXT)",
            "INSERT INTO parent VALUES (1, 'new'), (2, 'new'), (3, 'new')",
            "CREATE TABLE child(id INTEGER PRIMARY KEY, parent INT REFERENCES parent, v TEXT)",
            "INSERT INTO child VALUES (1, 1, 'new'), (2, 9, 'new'), (3, 2, 'new')",
            "CREATE TABLE other(x)",
            "INSERT INTO other VALUES (1)");
  }

  private SqliteImport append(Append append) {
    return SqliteImport.from(file).into(database).append(append);
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void onlyTheTablesThatAreNamed(Append append) throws SQLException {
    SqliteImport part = append(append).include("parent");

    ImportReport report = part.run();

    assertThat(report.verified()).isTrue();
    assertThat(query("SELECT count(*), count(*) FILTER (WHERE v = 'new') FROM parent"))
        .containsExactly(append == Append.UPSERT ? "4|3" : "4|2");
    assertThat(query("SELECT * FROM child")).containsExactly("1|9|former");
  }

  @Test
  void allTablesButTheOnesThatAreNamed() throws SQLException {
    SqliteImport part = append(Append.UPSERT).exclude("parent").exclude("other");
    SqliteFiles.make(file, "UPDATE child SET parent = 9 WHERE parent = 2");

    ImportReport report = part.run();

    assertThat(report.verified()).isTrue();
    assertThat(report.leftOut()).extracting(LeftOut::name).contains("parent", "other");
    assertThat(report.merged().orElseThrow()).isEqualTo(new Merged(2, 1, 0, 0));
    assertThat(query("SELECT id, parent, v FROM child ORDER BY id"))
        .containsExactly("1|1|new", "2|9|new", "3|9|new");
    assertThat(query("SELECT id, v FROM parent ORDER BY id"))
        .containsExactly("1|former", "9|former");
    assertThat(part.verify().verified()).isTrue();
  }

  @Test
  void theFirstRowsOfEachTable() throws SQLException {
    ImportReport report = append(Append.MISSING).include("parent").limit(2).run();

    assertThat(report.verified()).isTrue();
    assertThat(report.merged().orElseThrow()).isEqualTo(new Merged(1, 0, 0, 1));
    assertThat(report.notCarried())
        .extracting(n -> n.kind() + " " + n.name())
        .containsExactly("LIMIT parent");
    assertThat(query("SELECT id, v FROM parent ORDER BY id"))
        .containsExactly("1|former", "2|new", "9|former");
  }

  /** A row of the target is as good to refer to as one of the file. */
  @Test
  void rowsThatReferToNeitherSideAreCarriedWithNull() throws SQLException {
    SqliteFiles.make(file, "INSERT INTO child VALUES (4, 77, 'new'), (5, NULL, 'new')");
    assertThatThrownBy(() -> append(Append.UPSERT).exclude("other").run())
        .isInstanceOf(BadRowsException.class)
        .hasMessageContaining("id=4");
    assertThat(query("SELECT id FROM child")).containsExactly("1");

    SqliteImport nulled = append(Append.UPSERT).exclude("other").orphans(Orphans.NULL);
    ImportReport report = nulled.run();

    assertThat(report.verified()).isTrue();
    assertThat(report.rowsRejected()).isZero();
    assertThat(report.notCarried())
        .anySatisfy(n -> assertThat(n.kind() + " " + n.name()).startsWith("NULLED_REFERENCE"));
    assertThat(query("SELECT id, parent FROM child ORDER BY id"))
        .containsExactly("1|1", "2|9", "3|2", "4|null", "5|null");
    assertThat(nulled.verify().verified()).isTrue();
  }
}
