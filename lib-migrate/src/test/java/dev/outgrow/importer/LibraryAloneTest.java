package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.sqlite.SqliteSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryAloneTest extends PostgresFixture {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws Exception {
    file = folder.resolve("plays.db");
    try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = sqlite.createStatement()) {
      statement.execute("CREATE TABLE plays (id INTEGER PRIMARY KEY, title TEXT)");
      statement.execute("INSERT INTO plays VALUES (1, 'One'), (7, NULL)");
    }
  }

  @Test
  void leavesThePagesToSqlite() {
    assertThat(readsByPages(ImportOptions.DEFAULT)).isTrue();
    assertThat(readsByPages(ImportOptions.DEFAULT.with(o -> o.libraryAlone = true))).isFalse();
  }

  private boolean readsByPages(ImportOptions options) {
    try (SqliteSource source = Survey.open(file, options)) {
      assertThat(source.contents().tables()).hasSize(1);
      try (RowCursor rows = source.rows("plays")) {
        assertThat(rows.next()).isTrue();
      }
      return source.readsByPages("plays");
    }
  }

  @Test
  void carriesTheSameRows() {
    SqliteImport plays = SqliteImport.from(file).into(database);

    ImportReport pages = plays.schema("pages").run();
    ImportReport library = plays.schema("library").libraryAlone(true).run();

    assertThat(library.rowsVerified()).isEqualTo(2);
    assertThat(library.tables().get(0).checksum()).isEqualTo(pages.tables().get(0).checksum());
  }
}
