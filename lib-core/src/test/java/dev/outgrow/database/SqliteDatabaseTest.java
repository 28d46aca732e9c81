package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.error.ConflictException;
import dev.outgrow.error.SourceFileException;
import dev.outgrow.error.StatementException;
import dev.outgrow.error.TimeLimitException;
import dev.outgrow.error.UnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteDatabaseTest extends TransactionContract {
  private final Path folder;

  SqliteDatabaseTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Override
  DatabaseUrl freshUrl() {
    return DatabaseUrl.sqlite(folder.resolve("contract.db"));
  }

  @Override
  String sqlThatEndsTheTransaction() {
    return "ROLLBACK";
  }

  @Test
  void writesAheadWithForeignKeysEnforced() throws Exception {
    try (Connection connection = database().connection()) {
      assertThat(text(connection, "PRAGMA journal_mode")).isEqualTo("wal");
      assertThat(text(connection, "PRAGMA foreign_keys")).isEqualTo("1");
      assertThat(text(connection, "PRAGMA busy_timeout")).isEqualTo("30000");
    }
    assertThat(database().<String>read(tx -> text(tx, "PRAGMA query_only"))).isEqualTo("1");
  }

  @Test
  void refusesARowWhoseParentIsMissing() {
    run("CREATE TABLE child (t INTEGER REFERENCES t (id))");

    assertThatExceptionOfType(StatementException.class)
        .isThrownBy(() -> run("INSERT INTO child VALUES (99)"));
  }

  @Test
  void waitsForAnotherProgramsLockOnlyAsLongAsTold() {
    try (Database impatient = open(config -> config.busyTimeout(Duration.ZERO))) {
      database()
          .inTransaction(
              tx ->
                  assertThatExceptionOfType(TimeLimitException.class)
                      .isThrownBy(() -> impatient.inTransaction(other -> insert(other, 1)))
                      .withMessageContaining("lock"));
      impatient.inTransaction(tx -> insert(tx, 1));
    }
  }

  @Test
  void refusesAtOnceToWriteWithinATransactionThatWrites() {
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(
            () -> database().inTransaction(tx -> database().inTransaction(own -> insert(own, 1))))
        .withMessageContaining("wait for itself")
        .withMessageContaining("nested()");

    assertThat(rows()).isZero();
    assertStillWorks();
  }

  @Test
  void writesNothingMoreOnceSqliteHasRolledBack() {
    run("INSERT INTO t (id) VALUES (1)");

    assertThatExceptionOfType(StatementException.class)
        .isThrownBy(
            () ->
                database()
                    .inTransaction(
                        tx -> {
                          try (PreparedStatement insert =
                              tx.connection().prepareStatement("INSERT INTO t (id) VALUES (2)")) {
                            assertThatThrownBy(
                                    () -> execute(tx, "INSERT OR ROLLBACK INTO t (id) VALUES (1)"))
                                .isInstanceOf(SQLException.class);
                            assertThatThrownBy(insert::executeUpdate)
                                .hasMessageContaining("rolled back already");
                            assertThatThrownBy(() -> insert(tx, 3))
                                .hasMessageContaining("rolled back already");
                          }
                        }))
        .withMessageContaining("cannot be committed");

    assertThat(ids()).isEqualTo("1");
    assertStillWorks();
  }

  @Test
  void losesWithASnapshotThatIsOld() throws Exception {
    try (Connection connection = database().connection();
        var statement = connection.createStatement();
        Database other = open(config -> config)) {
      statement.execute("BEGIN");
      assertThat(text(connection, "SELECT count(*) FROM t")).isEqualTo("0");
      other.inTransaction(tx -> insert(tx, 1));
      SQLException failure =
          catchThrowableOfType(
              SQLException.class, () -> statement.execute("INSERT INTO t (id) VALUES (2)"));

      assertThat(SqlFailures.translate(failure, "Writing")).isInstanceOf(ConflictException.class);
      assertThat(Retrying.isLost(failure)).isTrue();
      statement.execute("ROLLBACK");
    }
    assertStillWorks();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b.db",
        "50%.db",
        "what?.db",
        "a#b.db",
        "a&mode=memory.db",
        "ünïcödé.db",
        "+.db"
      })
  void opensAFileWhateverItsName(String name) throws Exception {
    Path file = folder.resolve(name);
    try (Database opened = Database.open(DatabaseUrl.sqlite(file))) {
      opened.inTransaction(tx -> execute(tx, "CREATE TABLE t (id INTEGER)"));
      opened.inTransaction(tx -> insert(tx, 1));
    }

    assertThat(file).isRegularFile();
    assertThat(DatabaseUrl.parse(DatabaseUrl.sqlite(file).toString()))
        .isEqualTo(DatabaseUrl.sqlite(file));
  }

  @Test
  void refusesAFileInAFolderThatIsNotThere() {
    Path file = folder.resolve("missing").resolve("app.db");

    assertThatExceptionOfType(SourceFileException.class)
        .isThrownBy(opening(DatabaseUrl.sqlite(file)))
        .withMessageContaining("its folder does not exist")
        .satisfies(thrown -> assertThat(thrown.file()).isEqualTo(file));
    assertThat(folder.resolve("missing")).doesNotExist();
  }

  @Test
  void refusesAFolder() {
    assertThatExceptionOfType(SourceFileException.class)
        .isThrownBy(opening(DatabaseUrl.sqlite(folder)))
        .withMessageContaining("is a folder");
  }

  @Test
  void refusesAFileThatIsNoDatabaseAndLeavesItAlone() throws Exception {
    Path file = Files.writeString(folder.resolve("letter.db"), "Dear Sir or Madam, ".repeat(100));

    assertThatExceptionOfType(SourceFileException.class)
        .isThrownBy(opening(DatabaseUrl.sqlite(file)))
        .withMessageContaining("letter.db");
    assertThat(file).hasContent("Dear Sir or Madam, ".repeat(100));
  }
}
