package dev.outgrow.database.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.AccessException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.UnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies of a prepared database, on both backends. */
@ExtendWith(SharedServer.class)
@Tag("slow")
class ScratchPoolTest {
  private static final AtomicInteger TEMPLATES = new AtomicInteger();

  private final ScratchServer server;
  private final Path folder;
  private final String fingerprint = "pool test " + TEMPLATES.incrementAndGet();
  private final AtomicInteger prepared = new AtomicInteger();

  ScratchPoolTest(ScratchServer server, @TempDir Path folder) {
    this.server = server;
    this.folder = folder;
  }

  private ScratchSettings.Builder settings() {
    return ScratchSettings.builder()
        .source(ScratchSource.server(server.url()))
        .folder(folder.resolve("kept"));
  }

  private ScratchTemplate template(Backend backend) {
    return template(
        backend,
        database -> {
          prepared.incrementAndGet();
          run(database, "CREATE TABLE t (id integer PRIMARY KEY)");
          run(database, "INSERT INTO t VALUES (1), (2)");
        });
  }

  private ScratchTemplate template(Backend backend, Consumer<Database> preparation) {
    return new ScratchTemplate(backend, fingerprint, preparation);
  }

  static void run(Database database, String sql) {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  static List<String> ask(Database database, String sql) {
    return database.transaction(
        tx -> {
          List<String> answers = new ArrayList<>();
          try (Statement statement = tx.connection().createStatement();
              ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
              answers.add(rows.getString(1));
            }
          }
          return answers;
        });
  }

  private List<String> databases() {
    try (Database live = Database.open(server.url())) {
      return ask(live, "SELECT datname FROM pg_database WHERE datname LIKE 'outgrow%'");
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachIsFreshPreparedAndItsOwnAndGoneAfterwards(Backend backend) {
    List<String> names = new ArrayList<>();
    try (ScratchPool pool = ScratchPool.open(settings().build(), template(backend))) {
      for (int round = 0; round < 3; round++) {
        try (ScratchDatabase one = pool.take();
            ScratchDatabase other = pool.take()) {
          names.add(one.name());
          names.add(other.name());
          run(one.database(), "DELETE FROM t");
          assertThat(ask(one.database(), "SELECT count(*) FROM t")).containsExactly("0");
          assertThat(ask(other.database(), "SELECT count(*) FROM t")).containsExactly("2");
          assertThat(one.url()).isEqualTo(one.database().url());
        }
      }
    }
    assertThat(names).doesNotHaveDuplicates();
    assertThat(prepared).hasValue(1);
    assertThat(databases()).doesNotContainAnyElementsOf(names);
    assertThat(names).filteredOn(name -> Path.of(name).isAbsolute()).allMatch(this::isGone);
  }

  private boolean isGone(String file) {
    return !Path.of(file).toFile().exists();
  }

  @ParameterizedTest
  @EnumSource
  void theTemplateIsMadeOnceForAllPools(Backend backend) {
    for (int run = 0; run < 2; run++) {
      try (ScratchPool pool = ScratchPool.open(settings().build(), template(backend));
          ScratchDatabase one = pool.take()) {
        assertThat(ask(one.database(), "SELECT id FROM t ORDER BY 1")).containsExactly("1", "2");
      }
    }
    assertThat(prepared).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource
  void readersShareOneThatRefusesToWrite(Backend backend) {
    try (ScratchPool pool = ScratchPool.open(settings().build(), template(backend))) {
      ScratchDatabase shared = pool.shared();
      shared.close();
      assertThat(pool.shared()).isSameAs(shared);
      assertThat(ask(shared.database(), "SELECT count(*) FROM t")).containsExactly("2");
      assertThatThrownBy(() -> ask(shared.database(), "DELETE FROM t RETURNING id"))
          .isInstanceOf(OutgrowException.class);
      assertThatThrownBy(
              () -> {
                try (Connection connection = shared.database().dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                  statement.execute("DROP TABLE t");
                }
              })
          .isInstanceOf(SQLException.class);
      assertThat(ask(shared.database(), "SELECT count(*) FROM t")).containsExactly("2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPreparationThatFailsFailsForEverybodyAndIsTriedOnce(Backend backend) throws Exception {
    IllegalStateException broken = new IllegalStateException("V2 is broken");
    ScratchTemplate template =
        template(
            backend,
            database -> {
              prepared.incrementAndGet();
              run(database, "CREATE TABLE half (id integer)");
              throw broken;
            });
    ExecutorService callers = Executors.newFixedThreadPool(4);
    try (ScratchPool pool = ScratchPool.open(settings().build(), template)) {
      List<Future<Throwable>> failures = new ArrayList<>();
      for (int caller = 0; caller < 4; caller++) {
        failures.add(callers.submit(failureOf(pool::take)));
      }
      for (Future<Throwable> failure : failures) {
        assertThat(failure.get()).isSameAs(broken);
      }
    } finally {
      callers.shutdown();
    }
    assertThat(prepared).hasValue(1);
    try (ScratchPool pool = ScratchPool.open(settings().build(), template(backend));
        ScratchDatabase whole = pool.take()) {
      assertThat(ask(whole.database(), "SELECT count(*) FROM t")).containsExactly("2");
    }
  }

  private static Callable<Throwable> failureOf(Callable<?> work) {
    return () -> {
      try {
        work.call();
        return new AssertionError("It works");
      } catch (RuntimeException failure) {
        return failure;
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void whatWasNotGivenBackEndsWithThePool(Backend backend) {
    ScratchPool pool = ScratchPool.open(settings().build(), template(backend));
    ScratchDatabase forgotten = pool.take();
    pool.close();
    pool.close();

    assertThat(databases()).doesNotContain(forgotten.name());
    assertThat(isGone(forgotten.name())).isTrue();
    forgotten.close();
    assertThatThrownBy(pool::take).isInstanceOf(UnavailableException.class);
  }

  @Test
  void asManyAsTheSettingsAllowAreInUseAtOnce() {
    ScratchSettings few = settings().mostDatabases(2).ahead(0).build();
    try (ScratchPool pool = ScratchPool.open(few, template(Backend.SQLITE));
        ScratchDatabase one = pool.take()) {
      ScratchDatabase other = pool.take();
      assertThatThrownBy(pool::take)
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("raise mostDatabases");
      other.close();
      pool.take().close();
      assertThat(one.database().<Integer>read(tx -> 1)).isEqualTo(1);
    }
  }

  @Test
  void whatThePreparationSetForTheDatabaseHoldsInEachClone() {
    ScratchTemplate set =
        template(
            Backend.POSTGRESQL,
            database -> {
              String name = "\"" + database.url().database() + "\"";
              run(database, "CREATE SCHEMA \"My, App\"");
              run(database, "ALTER DATABASE " + name + " SET search_path = \"My, App\", public");
              run(database, "ALTER DATABASE " + name + " SET app.name = 'it''s'");
            });
    try (ScratchPool pool = ScratchPool.open(settings().build(), set);
        ScratchDatabase clone = pool.take()) {
      assertThat(ask(clone.database(), "SELECT current_schemas(false)::text"))
          .containsExactly("{\"My, App\",public}");
      assertThat(ask(clone.database(), "SHOW app.name")).containsExactly("it's");
    }
  }

  @Test
  void aTemplateThatWasDroppedIsMadeAgain() {
    try (ScratchPool pool =
        ScratchPool.open(settings().ahead(0).build(), template(Backend.POSTGRESQL))) {
      List<String> before = databases();
      pool.take().close();
      List<String> made = new ArrayList<>(databases());
      made.removeAll(before);
      made.removeIf(name -> !name.startsWith("outgrow_template_"));
      assertThat(made).hasSize(1);
      try (Database live = Database.open(server.url())) {
        run(live, "ALTER DATABASE " + made.get(0) + " IS_TEMPLATE false");
        run(live, "DROP DATABASE " + made.get(0));
      }
      pool.take().close();
    }
    assertThat(prepared).hasValue(2);
  }

  @Test
  void aRoleThatMayCreateDatabasesIsEnoughAndOneThatMayNotIsTold() {
    try (Database live = Database.open(server.url())) {
      run(live, "CREATE ROLE pool_maker LOGIN CREATEDB PASSWORD 'secret word'");
      run(live, "CREATE ROLE pool_reader LOGIN PASSWORD 'secret word'");
      ScratchSource maker =
          ScratchSource.server(server.url().withUser("pool_maker", "secret word"));
      try (ScratchPool pool =
              ScratchPool.open(settings().source(maker).build(), template(Backend.POSTGRESQL));
          ScratchDatabase one = pool.take()) {
        assertThat(ask(one.database(), "SELECT count(*) FROM t")).containsExactly("2");
      }
      ScratchSource reader =
          ScratchSource.server(server.url().withUser("pool_reader", "secret word"));
      try (ScratchPool pool =
          ScratchPool.open(settings().source(reader).build(), template(Backend.POSTGRESQL))) {
        assertThatThrownBy(pool::take)
            .isInstanceOf(AccessException.class)
            .hasMessageContaining("CREATEDB")
            .hasMessageNotContaining("secret");
        assertThat(pool.toString()).doesNotContain("secret").contains("POSTGRESQL");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneThatIsKeptStaysAndSaysHowToOpenAndDropIt(Backend backend) throws Exception {
    KeptDatabase kept;
    try (ScratchPool pool = ScratchPool.open(settings().build(), template(backend));
        ScratchDatabase one = pool.take()) {
      kept = one.keep();
      assertThat(one.keep()).isEqualTo(kept);
      assertThat(kept.url()).isEqualTo(one.url());
    }
    // Neither a pool nor a scratch database that comes later takes it for a left-over.
    try (Database live = Database.open(server.url());
        ScratchDatabase beside = ScratchDatabase.beside(live);
        ScratchPool pool = ScratchPool.open(settings().build(), template(backend));
        ScratchDatabase one = pool.take()) {
      assertThat(one.name()).isNotEqualTo(kept.url().database());
      assertThat(beside.name()).isNotEqualTo(kept.url().database());
    }
    try (Database opened = Database.open(kept.url())) {
      assertThat(ask(opened, "SELECT count(*) FROM t")).containsExactly("2");
    }
    assertThat(kept.toString()).doesNotContain("secret");
    drop(backend, kept);
  }

  private void drop(Backend backend, KeptDatabase kept) throws Exception {
    if (backend == Backend.POSTGRESQL) {
      assertThat(kept.dropCommand()).startsWith("psql 'postgresql://postgres@127.0.0.1:");
      server.dropDatabase(kept.url());
    } else {
      Process shell = new ProcessBuilder("/bin/sh", "-c", kept.dropCommand()).inheritIO().start();
      assertThat(shell.waitFor()).isZero();
      assertThat(isGone(kept.url().database())).isTrue();
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsAskedOnceAndNamed() {
    DatabaseUrl nowhere = DatabaseUrl.parse("postgresql://u:secret@127.0.0.1:1/db");
    ScratchSettings there = settings().source(ScratchSource.server(nowhere)).build();
    try (ScratchPool pool = ScratchPool.open(there, template(Backend.POSTGRESQL))) {
      Throwable first = catchFailure(pool);
      assertThat(first)
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("127.0.0.1:1")
          .hasMessageNotContaining("secret");
      assertThat(catchFailure(pool)).isSameAs(first);
    }
  }

  private static Throwable catchFailure(ScratchPool pool) {
    try {
      pool.take();
      throw new AssertionError("It works");
    } catch (OutgrowException failure) {
      return failure;
    }
  }

  @Test
  void templatesThatNobodyHasUsedForLongAreDroppedAndOthersStay() {
    String old = "outgrow_template_00000000000000aa";
    String recent = "outgrow_template_00000000000000bb";
    String foreign = "outgrow_template_00000000000000cc";
    try (Database live = Database.open(server.url())) {
      for (String each : List.of(old, recent, foreign)) {
        run(live, "CREATE DATABASE " + each + " IS_TEMPLATE true ALLOW_CONNECTIONS false");
      }
      String note = "template of outgrow, last used ";
      run(
          live,
          "COMMENT ON DATABASE "
              + old
              + " IS '"
              + note
              + LocalDate.now(ZoneOffset.UTC).minusDays(9)
              + "'");
      run(
          live,
          "COMMENT ON DATABASE " + recent + " IS '" + note + LocalDate.now(ZoneOffset.UTC) + "'");
      try (ScratchPool pool = ScratchPool.open(settings().build(), template(Backend.POSTGRESQL))) {
        pool.take().close();
      }
      assertThat(databases()).contains(recent, foreign).doesNotContain(old);
      for (String each : List.of(recent, foreign)) {
        run(live, "ALTER DATABASE " + each + " IS_TEMPLATE false");
        run(live, "DROP DATABASE " + each);
      }
    }
  }

  @Test
  void threadsTakeAndGiveBackAtOnceAndNothingIsMixedUpOrLeft() throws Exception {
    int rounds = Boolean.getBoolean("outgrow.exhaustive") ? 250 : 10;
    List<String> before = databases();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (ScratchPool pool = ScratchPool.open(settings().build(), template(Backend.POSTGRESQL))) {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        done.add(threads.submit(() -> useMany(pool, rounds)));
      }
      for (Future<?> each : done) {
        each.get();
      }
    } finally {
      threads.shutdown();
    }
    List<String> after = new ArrayList<>(databases());
    after.removeAll(before);
    assertThat(after).allMatch(name -> name.startsWith("outgrow_template_")).hasSize(1);
  }

  private static void useMany(ScratchPool pool, int rounds) {
    for (int round = 0; round < rounds; round++) {
      try (ScratchDatabase one = pool.take()) {
        assertThat(ask(one.database(), "SELECT id FROM t ORDER BY 1")).containsExactly("1", "2");
        run(one.database(), "INSERT INTO t VALUES (3)");
        assertThat(ask(one.database(), "SELECT count(*) FROM t")).containsExactly("3");
      }
    }
  }
}
