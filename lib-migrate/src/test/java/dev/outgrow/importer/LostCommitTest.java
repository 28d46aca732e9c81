package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.UnavailableException;
import dev.outgrow.importer.fixture.CuttingProxy;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.progress.ProgressListener;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The connection is cut right when the swap is committed: the import finds out what became of it.
 */
@Timeout(120)
class LostCommitTest extends PostgresFixture {
  @TempDir private Path folder;

  private Database through(CuttingProxy proxy) throws Exception {
    String[] pass = Files.readString(passwordFile()).strip().split(":", 5);
    DatabaseUrl url =
        DatabaseUrl.parse(
            "postgresql://127.0.0.1:%d/%s?prepareThreshold=0"
                .formatted(proxy.port(), database.url().database()));
    return Database.open(
        DatabaseConfig.builder(url.withUser(pass[3], pass[4]))
            .minimumPoolSize(1)
            .maximumPoolSize(3)
            .build());
  }

  private CuttingProxy proxy() throws Exception {
    DatabaseUrl.Host host = database.url().hosts().get(0);
    return new CuttingProxy(host.name(), host.port());
  }

  private SqliteImport cutting(Database into, CuttingProxy proxy, CuttingProxy.Loss loss)
      throws Exception {
    Path file =
        SqliteFiles.make(
            folder.resolve("app.db"),
            "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT)",
            "INSERT INTO users VALUES (1, 'anna'), (2, 'ben')");
    ProgressListener arming =
        p -> {
          if (p.phase() == Phase.SWAP && p.event() == Progress.Event.PHASE_BEGINS) {
            proxy.arm(loss);
          }
        };
    return SqliteImport.from(file).into(into).onProgress(arming);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSwapThatWasDoneIsReportedAsDone(boolean existing) throws Exception {
    if (existing) {
      execute("CREATE TABLE users (id bigint PRIMARY KEY, name text)");
    }
    try (CuttingProxy proxy = proxy();
        Database into = through(proxy)) {
      ImportReport report =
          cutting(into, proxy, CuttingProxy.Loss.ANSWER).intoExisting(existing).run();
      assertThat(proxy.cuts()).isEqualTo(1);
      assertThat(report.verified()).isTrue();
    }
    assertThat(query("SELECT id || name FROM users ORDER BY 1"))
        .isEqualTo(List.of("1anna", "2ben"));
    assertThat(query("SELECT state FROM outgrow.import_journal")).containsExactly("SWAPPED");
    assertThat(schemas()).containsExactly("public");
  }

  @Test
  void aSwapThatWasNotDoneIsReportedAsNotDone() throws Exception {
    try (CuttingProxy proxy = proxy();
        Database into = through(proxy)) {
      SqliteImport cut = cutting(into, proxy, CuttingProxy.Loss.QUESTION);
      assertThatThrownBy(cut::run)
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("--resume");
      assertThat(proxy.cuts()).isEqualTo(1);
      assertThat(query("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
          .isEmpty();
      assertThat(cut.onProgress(ProgressListener.none()).resume(true).run().verified()).isTrue();
    }
    assertThat(query("SELECT count(*) FROM users")).containsExactly("2");
    assertThat(schemas()).containsExactly("public");
  }
}
