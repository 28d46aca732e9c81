package dev.outgrow.importer.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.CancelledException;
import dev.outgrow.importer.Cancellation;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.fixture.SharedServer;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The network loses a connection and tells nobody: a cancelled import still lets go of all. */
@Tag("slow")
@Timeout(120)
class StalledImportTest {
  @TempDir private Path folder;
  private Database database;

  @BeforeEach
  void createDatabase() {
    database = SharedServer.create();
  }

  @AfterEach
  void dropDatabase() {
    SharedServer.drop(database);
  }

  private Database through(FaultProxy proxy) throws IOException {
    String[] pass = Files.readString(SharedServer.passwordFile()).strip().split(":", 5);
    DatabaseUrl url =
        DatabaseUrl.parse(
            "postgresql://127.0.0.1:" + proxy.port() + "/" + database.url().database());
    return Database.open(
        DatabaseConfig.builder(url.withUser(pass[3], pass[4]))
            .minimumPoolSize(1)
            .maximumPoolSize(2)
            .build());
  }

  /** Nothing is staged at the survey; at the verification everything is, and would be kept. */
  @ParameterizedTest
  @EnumSource(names = {"SURVEY", "VERIFY"})
  void theNextImportNeedNotWaitForTheServerToFindOut(Phase phase) throws Exception {
    Path file =
        SqliteFiles.make(
            folder.resolve("app.db"),
            "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT)",
            "INSERT INTO users VALUES (1, 'anna'), (2, 'ben')");
    try (FaultProxy proxy = FaultProxy.open(database.url().hosts().get(0).port(), Trigger.never());
        Database into = through(proxy)) {
      Cancellation cancellation = new Cancellation();
      ProgressListener stalling =
          told -> {
            if (told.phase() == phase && told.event() == Progress.Event.PHASE_BEGINS) {
              proxy.cut(FaultProxy.Cut.STALL);
              cancellation.cancel();
            }
          };
      SqliteImport cut =
          SqliteImport.from(file).into(into).cancelledBy(cancellation).onProgress(stalling);
      assertThatThrownBy(cut::run).isInstanceOf(CancelledException.class);
      SqliteImport next = SqliteImport.from(file).into(database).resume(true);
      assertThat(next.run().verified()).isTrue();
    }
  }
}
