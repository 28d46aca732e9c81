package dev.outgrow.importer.reject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.source.CellStream;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.sqlite.SqliteSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row some of whose values are hidden. */
class MaskedRowTest {
  private static final long LARGEST = 1L << 30;

  @TempDir private Path folder;

  @Test
  void aValueThatIsTooLargeForMemoryIsStillReadInPieces() throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("large.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY, b BLOB)",
            "INSERT INTO t VALUES (1, zeroblob(6000000))");
    try (SqliteSource source = SqliteSource.open(file)) {
      source.contents();
      source.survey("t", List.of(Set.of(), Set.of()), LARGEST, done -> {});
      try (RowCursor rows = source.rows("t")) {
        MaskedRow row = new MaskedRow(rows.row(), 2);
        assertThat(rows.next()).isTrue();

        assertThat(row.isLarge(1)).isTrue();
        assertThat(row.length(1)).isEqualTo(6_000_000);
        try (CellStream stream = row.stream(1)) {
          assertThat(stream.readNBytes(3)).containsOnly(0);
        }
        row.mask(new int[] {1});
        assertThat(row.storageClass(1)).isEqualTo(StorageClass.NULL);
      }
    }
  }
}
