package dev.outgrow.importer.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.fixture.ChildJvm;
import dev.outgrow.importer.fixture.SqliteFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that a crash left, and a folder in which nobody may write. */
@Tag("slow")
class UnwelcomingFolderTest {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("source.db");
  }

  @AfterEach
  void letTheFolderBeDeleted() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Rows of the file are half of before and half of after the transaction that was cut off. */
  @Test
  void refusesAFileWhoseJournalHasToBePlayedBackAndChangesNeither() throws Exception {
    hot();
    Path journal = folder.resolve("source.db-journal");
    byte[] before = Files.readAllBytes(file);
    byte[] left = Files.readAllBytes(journal);

    assertThatExceptionOfType(SourceFileException.class)
        .isThrownBy(() -> survey(file))
        .withMessageStartingWith(file + " cannot be opened for reading")
        .withMessageContaining("A journal beside it")
        .withMessageContaining("open it once with the application that owns it");

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(Files.readAllBytes(journal)).isEqualTo(left);
    assertThat(SqliteFiles.make(file, "PRAGMA user_version")).exists(); // as an application does
    assertThat(SqliteFiles.survey(file).get(0).rows()).isEqualTo(500);
  }

  @Test
  void readsAFileInAFolderThatIsReadOnly() throws Exception {
    SqliteFiles.make(file, "CREATE TABLE t(v)", "INSERT INTO t VALUES (1), (2)");

    assertThat(readOnly()).containsExactly("2 rows");
  }

  @Test
  void readsOrRefusesAFileInWalModeInAFolderThatIsReadOnly() throws Exception {
    SqliteFiles.make(
        file, "PRAGMA journal_mode = WAL", "CREATE TABLE t(v)", "INSERT INTO t VALUES (1), (2)");

    assertThat(readOnly())
        .singleElement()
        .asString()
        .startsWith(file + " cannot be opened for reading")
        .contains("copy it with its -wal and -journal files to a folder you can write to");
  }

  @Test
  void refusesAJournalThatHasToBePlayedBackInAFolderThatIsReadOnly() throws Exception {
    hot();

    assertThat(readOnly())
        .singleElement()
        .asString()
        .startsWith(file + " cannot be opened for reading")
        .contains("A journal beside it");
  }

  /** Makes a copy of a file in the middle of a transaction that is in part in it already. */
  private void hot() throws Exception {
    Path running = folder.resolve("running.db");
    try (Connection application = SqliteFiles.open(running)) {
      SqliteFiles.execute(
          application,
          "CREATE TABLE t(v)",
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
              + " INSERT INTO t SELECT hex(randomblob(500)) FROM n",
          "PRAGMA cache_size = 5",
          "BEGIN",
          "UPDATE t SET v = 'changed' || v",
          "DELETE FROM t WHERE rowid % 3 = 0");
      Files.copy(running, file);
      Files.copy(folder.resolve("running.db-journal"), folder.resolve("source.db-journal"));
    }
    Files.delete(running);
  }

  /** Reads it in a process that may not write in the folder, whoever runs the tests. */
  private List<String> readOnly() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    ChildJvm child = ChildJvm.of(Reader.class, "64m", file.toString());
    if (Files.isWritable(folder)) { // by the administrator, whom nothing stops
      assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv");
      child = child.behind("/usr/bin/setpriv", "--bounding-set", "-dac_override");
    }
    return child.run();
  }

  private static long survey(Path file) {
    try (SqliteSource source = SqliteSource.open(file, Duration.ofMillis(50))) {
      return SqliteFiles.survey(source).get(0).rows();
    }
  }

  /** Prints how many rows the first table has, or why that cannot be read. */
  static final class Reader {
    private Reader() {}

    @SuppressWarnings("SystemOut") // read by the test
    public static void main(String[] arguments) {
      try {
        System.out.println(survey(Path.of(arguments[0])) + " rows");
      } catch (OutgrowException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
