package dev.outgrow.importer.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.CancelledException;
import dev.outgrow.error.UnavailableException;
import dev.outgrow.importer.Cancellation;
import dev.outgrow.importer.Imports;
import dev.outgrow.importer.PastImport;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.fixture.CuttingProxy;
import dev.outgrow.importer.fixture.SharedServer;
import dev.outgrow.importer.fixture.SqliteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The connection is lost while an import is undone, or what it replaced is dropped: it is done and
 * told to be, or nothing is changed and the next attempt has not to wait.
 */
@Tag("slow")
@Timeout(120)
class LostUndoTest {
  /** So many statements behind the first, the session has locks or waits for them. */
  private static final int LOCKED = 10;

  @TempDir private Path folder;
  private Database database;
  private String id;

  /** What is done to a past import. */
  private enum Way {
    UNDO(PastImport.State.UNDONE) {
      @Override
      void go(Imports imports, String id) {
        assertThat(imports.undo(id).keptIn()).isPresent();
      }
    },
    DISCARD(PastImport.State.DISCARDED) {
      @Override
      void go(Imports imports, String id) {
        assertThat(imports.discard(id)).hasSize(1);
      }
    };

    private final PastImport.State state;

    Way(PastImport.State state) {
      this.state = state;
    }

    abstract void go(Imports imports, String id);
  }

  @BeforeEach
  void replaceWhatIsThere() throws SQLException {
    database = SharedServer.create();
    execute("CREATE TABLE users(name text); INSERT INTO users VALUES ('former')");
    Path file =
        SqliteFiles.make(
            folder.resolve("app.db"),
            "CREATE TABLE users(name TEXT)",
            "INSERT INTO users VALUES ('anna'), ('ben')");
    assertThat(SqliteImport.from(file).into(database).replace(true).run().verified()).isTrue();
    id = Imports.of(database).list().get(0).id();
  }

  @AfterEach
  void dropDatabase() {
    SharedServer.drop(database);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Database through(int port) throws IOException {
    String[] pass = Files.readString(SharedServer.passwordFile()).strip().split(":", 5);
    DatabaseUrl url =
        DatabaseUrl.parse(
            "postgresql://127.0.0.1:%d/%s?prepareThreshold=0&sslmode=disable"
                .formatted(port, database.url().database()));
    return Database.open(
        DatabaseConfig.builder(url.withUser(pass[3], pass[4]))
            .minimumPoolSize(1)
            .maximumPoolSize(2)
            .build());
  }

  private int port() {
    return database.url().hosts().get(0).port();
  }

  private PastImport.State state() {
    return Imports.of(database).list().get(0).state();
  }

  private static CuttingProxy armed(int port, CuttingProxy.Loss loss) throws IOException {
    CuttingProxy proxy = new CuttingProxy("127.0.0.1", port);
    proxy.arm(loss);
    return proxy;
  }

  @ParameterizedTest
  @EnumSource
  void isToldAsDoneWhereOnlyTheAnswerWasLost(Way way) throws Exception {
    try (CuttingProxy proxy = armed(port(), CuttingProxy.Loss.ANSWER);
        Database into = through(proxy.port())) {
      way.go(Imports.of(into), id);
      assertThat(proxy.cuts()).isEqualTo(1);
    }

    assertThat(state()).isEqualTo(way.state);
  }

  @ParameterizedTest
  @EnumSource
  void changesNothingWhereItsCommitWasLost(Way way) throws Exception {
    try (CuttingProxy proxy = armed(port(), CuttingProxy.Loss.QUESTION);
        Database into = through(proxy.port())) {
      Imports imports = Imports.of(into);
      assertThatThrownBy(() -> way.go(imports, id)).isInstanceOf(UnavailableException.class);
      assertThat(proxy.cuts()).isEqualTo(1);
      assertThat(state()).isEqualTo(PastImport.State.SWAPPED);

      way.go(imports, id);
    }
    assertThat(state()).isEqualTo(way.state);
  }

  /**
   * The server holds the claim and the locks of a session whose client has gone silently: with them
   * or, two statements earlier, while it reads what there is.
   */
  @ParameterizedTest
  @ValueSource(ints = {LOCKED - 2, LOCKED})
  void letsGoOfEverythingWhereTheNetworkSaysNothingAndSomebodyCancels(int statement)
      throws Exception {
    Way way = Way.UNDO;
    Cancellation cancellation = new Cancellation();
    AtomicReference<@Nullable FaultProxy> silent = new AtomicReference<>();
    Trigger trigger =
        new Trigger(
            Trigger.Point.BEFORE_STATEMENT,
            statement,
            () -> {
              Objects.requireNonNull(silent.get()).cut(FaultProxy.Cut.STALL);
              cancellation.cancel();
            });
    try (FaultProxy proxy = FaultProxy.open(port(), trigger);
        Database into = through(proxy.port())) {
      silent.set(proxy);
      Imports cancelled = Imports.of(into).cancelledBy(cancellation);
      assertThatThrownBy(() -> way.go(cancelled, id)).isInstanceOf(CancelledException.class);
      assertThat(trigger.hasStruck()).isTrue();
      assertThat(state()).isEqualTo(PastImport.State.SWAPPED);

      way.go(Imports.of(database).lockRetries(0), id);
    }
    assertThat(state()).isEqualTo(way.state);
  }
}
