package dev.outgrow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.error.StatementException;
import dev.outgrow.query.fixture.BothBackends;
import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jooq.Cursor;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JooqTest {
  private static final BothBackends BOTH = BothBackends.open();
  private static final Table<Record> T = table(name("t"));
  private static final Field<Integer> ID = field(name("t", "id"), Integer.class);

  @BeforeAll
  static void createATable() {
    BOTH.execute("create table t (id integer primary key)", "insert into t values (1), (2), (3)");
  }

  @AfterAll
  static void close() {
    BOTH.close();
  }

  @ParameterizedTest
  @EnumSource
  void speaksTheDialectOfTheBackend(Backend backend) {
    SQLDialect dialect = backend == Backend.SQLITE ? SQLDialect.SQLITE : SQLDialect.POSTGRES;

    assertThat(BOTH.<SQLDialect>read(backend, sql -> sql.dialect())).isEqualTo(dialect);
    assertThat(Jooq.on(BOTH.database(backend)).dialect()).isEqualTo(dialect);
    assertThat(BOTH.<Integer>read(backend, sql -> sql.fetchCount(T))).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void throwsWhatTheDatabaseRefusesAsOurOwn(Backend backend) {
    assertThatExceptionOfType(StatementException.class)
        .isThrownBy(() -> BOTH.read(backend, sql -> sql.fetchCount(table(name("nowhere")))))
        .withMessageContaining("A statement on " + backend.title() + " failed")
        .withMessageContaining("nowhere");
    assertThatExceptionOfType(StatementException.class)
        .isThrownBy(() -> BOTH.write(backend, sql -> sql.insertInto(T, ID).values(1).execute()));
  }

  @ParameterizedTest
  @EnumSource
  void givesConnectionsBackWhateverTheStatementsDo(Backend backend) {
    DatabaseConfig config =
        DatabaseConfig.builder(BOTH.database(backend).url())
            .minimumPoolSize(0)
            .maximumPoolSize(1)
            .acquisitionTimeout(Duration.ofSeconds(2))
            .build();
    try (Database small = Database.open(config)) {
      for (int i = 0; i < 5; i++) {
        assertThatExceptionOfType(StatementException.class)
            .isThrownBy(() -> Jooq.on(small).fetchCount(table(name("nowhere"))));
        assertThat(Jooq.on(small).fetchCount(T)).isEqualTo(3);
        try (Cursor<?> unread = Jooq.on(small).selectFrom(T).fetchLazy()) {
          assertThat(unread.fetchNext()).isNotNull();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesAConnectionThatItIsPutOnOpen(Backend backend) throws Exception {
    try (Connection connection = BOTH.database(backend).connection()) {
      assertThat(Jooq.on(connection).fetchCount(T)).isEqualTo(3);
      assertThat(connection.isClosed()).isFalse();
      assertThat(connection.getAutoCommit()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesJooqsOwnTransactions(Backend backend) {
    assertThatExceptionOfType(StatementException.class)
        .isThrownBy(
            () ->
                BOTH.write(
                    backend, sql -> sql.transaction(inner -> inner.dsl().deleteFrom(T).execute())))
        .withMessageContaining("Database.transaction");
    assertThat(BOTH.<Integer>read(backend, sql -> sql.fetchCount(T))).isEqualTo(3);
  }

  @Test
  void tellsSqliteTheTimeInAZone() {
    long micros = 1_741_503_600_123_456L;
    Field<Long> local = local(micros, "America/New_York");

    long shown = BOTH.<Long>read(Backend.SQLITE, sql -> sql.fetchValue(local));

    assertThat(shown)
        .isEqualTo(LocalDateTime.parse("2025-03-09T03:00").toEpochSecond(ZoneOffset.UTC));
  }

  @Test
  void tellsSqliteNoTimeOfAZoneThatIsNone() {
    assertThatExceptionOfType(StatementException.class)
        .isThrownBy(() -> BOTH.read(Backend.SQLITE, sql -> sql.fetchValue(local(0, "Mars/Base"))))
        .withMessageContaining("Mars/Base");
  }

  /** SQLite refuses to replace a function that a running statement may use. */
  @Test
  void canBePutOnAConnectionWhileItsOtherStatementsRun() {
    long rows =
        BOTH.database(Backend.SQLITE)
            .<Long>read(
                tx -> {
                  long seen = 0;
                  try (Cursor<?> running =
                      Jooq.on(tx).select(local(0, "UTC")).from(T).fetchLazy()) {
                    while (running.fetchNext() != null) {
                      seen += Jooq.on(tx).fetchValue(local(1_000_000, "UTC"));
                    }
                  }
                  return seen;
                });

    assertThat(rows).isEqualTo(3);
  }

  private static Field<Long> local(long micros, String zone) {
    return field(
        "{0}({1}, {2})", Long.class, name("outgrow_local_seconds"), val(micros), inline(zone));
  }
}
