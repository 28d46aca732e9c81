package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.error.AccessException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.StatementException;
import dev.outgrow.error.UnavailableException;
import java.net.ConnectException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqlFailuresTest {

  @ParameterizedTest
  @CsvSource({
    "08001, UnavailableException",
    "08006, UnavailableException",
    "57P01, UnavailableException",
    "57P03, UnavailableException",
    "53300, UnavailableException",
    "08004, AccessException",
    "28000, AccessException",
    "28P01, AccessException",
    "3D000, AccessException",
    "42501, AccessException",
    "23505, ConstraintException",
    "23503, ConstraintException",
    "23502, ConstraintException",
    "23514, ConstraintException",
    "23P01, ConstraintException",
    "40001, ConflictException",
    "40P01, ConflictException",
    "55P03, TimeLimitException",
    "25P04, TimeLimitException",
    "22001, DataException",
    "22003, DataException",
    "22P02, DataException",
    "57014, StatementException",
    "53100, StatementException",
    "XX000, StatementException",
  })
  void tellsTheKindsApartByTheSqlState(String state, String kind) {
    SQLException failure = new SQLException("what it said", state);
    OutgrowException translated = SqlFailures.translate(failure, "Reading table t");

    assertThat(translated.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(translated.what())
        .isEqualTo("Reading table t failed: what it said (SQLSTATE " + state + ").");
    assertThat(translated.remedy()).endsWith(".");
    assertThat(translated).hasCause(failure);
  }

  @ParameterizedTest
  @CsvSource({
    "SQLITE_BUSY, TimeLimitException",
    "SQLITE_BUSY_SNAPSHOT, ConflictException",
    "SQLITE_LOCKED_SHAREDCACHE, TimeLimitException",
    "SQLITE_NOTADB, StatementException",
    "SQLITE_CORRUPT_INDEX, StatementException",
    "SQLITE_CONSTRAINT_UNIQUE, ConstraintException",
    "SQLITE_CONSTRAINT_DATATYPE, DataException",
    "SQLITE_TOOBIG, DataException",
    "SQLITE_FULL, StatementException",
  })
  void tellsTheKindsApartByTheResultCode(SQLiteErrorCode code, String kind) {
    OutgrowException translated =
        SqlFailures.translate(new SQLiteException("what it said", code), "Reading table t");

    assertThat(translated.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(translated.what()).isEqualTo("Reading table t failed: what it said.");
  }

  @Test
  void hasNoSqlStateWhereTheBackendHasNone() {
    OutgrowException translated =
        SqlFailures.translate(
            new SQLiteException("no", SQLiteErrorCode.SQLITE_ERROR), "Reading table t");

    assertThat(translated)
        .isInstanceOfSatisfying(
            StatementException.class, thrown -> assertThat(thrown.sqlState()).isNull());
  }

  @Test
  void keepsToTheFirstLine() {
    assertThat(SqlFailures.translate(new SQLException("first.\nsecond", "42601"), "Asking"))
        .hasMessageStartingWith("Asking failed: first (SQLSTATE 42601). ")
        .hasMessageNotContaining("second");
  }

  @Test
  void looksBehindABatch() {
    BatchUpdateException batch =
        new BatchUpdateException("Batch entry 0 INSERT … 'row'", "23505", new int[0]);
    batch.setNextException(new SQLException("no right", "42501"));

    assertThat(SqlFailures.translate(batch, "Writing"))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("no right")
        .hasMessageNotContaining("row")
        .hasCause(batch);
  }

  @Test
  void speaksItsOwnWordsWhereTheReasonIsTheNetwork() {
    SQLException failure =
        new SQLException("Bağlantı reddedildi", "08001", new ConnectException("refused"));

    assertThat(SqlFailures.translate(failure, "Connecting"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("Connecting failed: nobody accepts connections there. ");
  }

  @Test
  void survivesADriverThatSaysNothing() {
    assertThat(SqlFailures.translate(new SQLException((String) null), "Asking"))
        .isInstanceOf(StatementException.class)
        .hasMessageStartingWith("Asking failed: the database gave no reason. ");
  }
}
