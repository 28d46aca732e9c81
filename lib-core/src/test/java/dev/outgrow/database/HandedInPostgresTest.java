package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.database.scratch.SharedServer;
import dev.outgrow.error.AccessException;
import dev.outgrow.error.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** A pool of somebody else's, which by its settings is in no transaction's favour. */
@ExtendWith(SharedServer.class)
@Tag("slow")
class HandedInPostgresTest extends DatabaseContract {
  private final ScratchServer server;
  private final DatabaseUrl place;
  private final HikariDataSource pool;

  HandedInPostgresTest(ScratchServer server) {
    this.server = server;
    this.place = server.createDatabase();
    this.pool = pool(true);
  }

  private HikariDataSource pool(boolean isolated) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(simple(String.valueOf(place.password())));
    config.setMaximumPoolSize(10);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(2000);
    config.setAutoCommit(false);
    config.setIsolateInternalQueries(isolated);
    config.setConnectionInitSql("SET TimeZone TO 'Asia/Kolkata'");
    return new HikariDataSource(config);
  }

  private PGSimpleDataSource simple(String password) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {place.hosts().get(0).name()});
    source.setPortNumbers(new int[] {place.hosts().get(0).port()});
    source.setDatabaseName(place.database());
    source.setUser("postgres");
    source.setPassword(password);
    return source;
  }

  @Override
  DatabaseUrl freshUrl() {
    return place;
  }

  @Override
  Database openContract(DatabaseUrl url) {
    return Database.on(pool);
  }

  @Override
  String sqlThatEndsTheTransaction() {
    return "SELECT pg_terminate_backend(pg_backend_pid())";
  }

  @AfterEach
  void dropTheDatabase() {
    pool.close();
    server.dropDatabase(place);
  }

  @Test
  void saysThatItWasHandedInAndWhereItLeads() {
    assertThat(database().describe())
        .isEqualTo(
            "PostgreSQL "
                + server.version()
                + " at postgresql://postgres@"
                + place.hosts().get(0)
                + "/"
                + place.database()
                + ", handed in by the program");
  }

  @Test
  void leavesTheDataSourceOpenWhenItIsClosed() throws Exception {
    database().close();

    assertThat(pool.isClosed()).isFalse();
    try (Connection connection = pool.getConnection()) {
      assertThat(text(connection, "SELECT 'still here'")).isEqualTo("still here");
    }
  }

  @Test
  void putsASessionBackAsItsOwnerHadSetIt() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(database().<String>read(tx -> text(tx, "SHOW TimeZone"))).isEqualTo("UTC");
      try (Connection ours = database().connection();
          Connection handedOut = database().dataSource().getConnection()) {
        assertThat(ours.getAutoCommit()).isTrue();
        assertThat(text(handedOut, "SHOW TimeZone")).isEqualTo("UTC");
      }
      try (Connection theirs = pool.getConnection()) {
        assertThat(theirs.getAutoCommit()).isFalse();
        assertThat(text(theirs, "SHOW TimeZone")).isEqualTo("Asia/Kolkata");
      }
    }
    assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
  }

  @Test
  void throwsASessionAwayThatWasChangedBesideItsPool() throws Exception {
    try (Connection own = database().ownConnection()) {
      assertThat(own.getAutoCommit()).isTrue();
      assertThat(text(own, "SELECT set_config('application_name', 'changed', false)"))
          .isEqualTo("changed");
    }

    for (int i = 0; i < 3; i++) {
      try (Connection theirs = pool.getConnection()) {
        assertThat(text(theirs, "SHOW application_name")).isNotEqualTo("changed");
      }
    }
    assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
  }

  @Test
  void keepsALentConnectionFromBeingUsedOnceItIsGivenBack() throws Exception {
    Connection lent = database().connection();
    lent.close();
    lent.close();

    assertThat(lent.isClosed()).isTrue();
    assertThatThrownBy(lent::createStatement)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("given back");
  }

  @Test
  void leavesTheTransactionOfSomebodyElseAlone() throws Exception {
    try (Connection theirs = simple(String.valueOf(place.password())).getConnection()) {
      theirs.setAutoCommit(false);
      assertThat(text(theirs, "SELECT 1")).isEqualTo("1");
      try (Database joined = Database.on(alwaysTheSame(theirs))) {
        assertThatExceptionOfType(UnavailableException.class)
            .isThrownBy(() -> joined.inTransaction(tx -> insert(tx, 1)))
            .withMessageContaining("hand in the pool itself");
      }
      assertThat(theirs.getAutoCommit()).isFalse();
    }
  }

  /** As a data source does that takes part in a transaction: closing gives nothing back. */
  private static DataSource alwaysTheSame(Connection connection) {
    return new ConnectorDataSource(
        () ->
            (Connection)
                java.lang.reflect.Proxy.newProxyInstance(
                    HandedInPostgresTest.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) ->
                        method.getName().equals("close")
                            ? null
                            : method.invoke(connection, arguments)));
  }

  @Test
  void worksWithAPoolThatLeavesATransactionOpenWhenItConnects() throws Exception {
    try (HikariDataSource leaving = pool(false);
        Database begun = Database.on(leaving);
        Connection one = begun.connection();
        Connection other = begun.connection()) {
      assertThat(text(one, "SHOW TimeZone")).isEqualTo("UTC");
      assertThat(other.getAutoCommit()).isTrue();
      begun.inTransaction(tx -> insert(tx, 1));
    }
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void worksWithADataSourceThatIsNoPool() {
    try (Database plain = Database.on(simple(String.valueOf(place.password())))) {
      plain.inTransaction(tx -> insert(tx, 1));
    }
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void failsAsOpeningDoesWhereNoConnectionCanBeHad() {
    assertThatExceptionOfType(AccessException.class)
        .isThrownBy(() -> Database.on(simple("s3cret")))
        .withMessageContaining("28P01")
        .withMessageNotContaining("s3cret");
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(
            () ->
                Database.on(
                    new ConnectorDataSource(
                        () -> {
                          throw new SQLException("No driver for jdbc:x://h?password=s3cret");
                        })))
        .withMessageNotContaining("s3cret");
  }

  @Test
  void waitsUntilTheDataSourceLendsConnections() {
    database().awaitReady(Duration.ZERO);

    List<String> attempts = new java.util.ArrayList<>();
    DataSource late =
        new ConnectorDataSource(
            () -> {
              attempts.add("once more");
              if (attempts.size() == 3) {
                throw new SQLException("not now");
              }
              return pool.getConnection();
            });
    try (Database waiting = Database.on(late)) {
      waiting.awaitReady(Duration.ofSeconds(30));
      waiting.awaitReady(Duration.ofSeconds(30));
    }
    assertThat(attempts).hasSize(4);
  }
}
