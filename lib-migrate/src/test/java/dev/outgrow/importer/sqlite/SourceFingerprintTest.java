package dev.outgrow.importer.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.fixture.SqliteFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fingerprint of a file stays while nobody writes to it, and tells what has changed. */
class SourceFingerprintTest {
  @TempDir private Path folder;

  @Test
  void aCommitThatIsOnlyInTheLogChangesIt() throws Exception {
    Path file = SqliteFiles.make(folder.resolve("a.db"), "CREATE TABLE t(i)");
    try (Connection writer = SqliteFiles.open(file)) {
      SqliteFiles.execute(writer, "PRAGMA journal_mode = WAL", "INSERT INTO t VALUES (1)");
      String before = SourceFingerprint.of(file);
      try (SqliteSource source = SqliteSource.open(file)) {
        assertThat(source.contents().tables()).hasSize(1);
      }
      assertThat(SourceFingerprint.of(file)).isEqualTo(before);
      SqliteFiles.execute(writer, "INSERT INTO t VALUES (2)");
      String after = SourceFingerprint.of(file);
      assertThat(SourceFingerprint.differences(before, after)).containsExactly("-wal file");
      writer.setAutoCommit(false);
      SqliteFiles.execute(writer, "INSERT INTO t VALUES (3)");
      writer.rollback();
      writer.setAutoCommit(true);
      assertThat(SourceFingerprint.of(file)).isEqualTo(after);
    }
  }

  @Test
  void anEmptyLogIsLikeNone() throws Exception {
    Path file = SqliteFiles.make(folder.resolve("a.db"), "CREATE TABLE t(i)");
    String before = SourceFingerprint.of(file);
    Files.createFile(folder.resolve("a.db-wal"));
    assertThat(SourceFingerprint.of(file)).isEqualTo(before);
  }

  @Test
  void sizeAndTimeAreInIt() throws Exception {
    Path file = SqliteFiles.make(folder.resolve("a.db"), "CREATE TABLE t(i)");
    String before = SourceFingerprint.of(file);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
    assertThat(SourceFingerprint.differences(before, SourceFingerprint.of(file)))
        .containsExactly("last change");
    SqliteFiles.make(file, "CREATE TABLE u(i)");
    assertThat(SourceFingerprint.differences(before, SourceFingerprint.of(file))).contains("size");
  }

  @Test
  void whatIsNoFileIsSaid() {
    assertThatThrownBy(() -> SourceFingerprint.of(folder.resolve("none.db")))
        .isInstanceOf(SourceFileException.class)
        .hasMessageContaining("does not exist");
  }
}
