package dev.outgrow.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.Migrations;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/backup.md, which is copied from here. */
class BackupGuideTest {
  private static final Path ROOT = Path.of(System.getProperty("outgrow.root"));
  private static final Pattern BLOCK =
      Pattern.compile(" *// begin ([a-z-]+)\n(.*?)\n *// end \\1", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void itsCodeIsTheCodeThatIsCompiledHere() throws Exception {
    String source =
        Files.readString(
            ROOT.resolve("lib-migrate/src/test/java/dev/outgrow/backup/BackupGuideTest.java"));
    String guide = Files.readString(ROOT.resolve("docs/backup.md"));
    List<String> blocks =
        BLOCK.matcher(source).results().map((MatchResult b) -> b.group(2).stripIndent()).toList();
    assertThat(blocks).hasSize(3);
    assertThat(blocks)
        .allSatisfy(block -> assertThat(guide).contains("```java\n" + block + "\n```"));
  }

  @Test
  void whatItShowsWorks() throws Exception {
    Path scripts = Files.createDirectories(folder.resolve("scripts"));
    Files.writeString(scripts.resolve("V1__first.sql"), "CREATE TABLE users(name TEXT);");
    Chain core = Chain.named("core").location("filesystem:" + scripts).build();
    Path place = folder.resolve("backups");
    try (Database db = Database.open(DatabaseUrl.sqlite(folder.resolve("app.db")))) {
      Migrations.of(db).chain(core).migrate();
      ByteArrayOutputStream response = new ByteArrayOutputStream();
      assertThat(made(db, core, place).rows()).isPositive();
      download(Backups.of(db).into(place), Channels.newChannel(response));
      assertThat(response.size()).isPositive();
      everyNight(db, place);
      try (var connection = db.connection()) {
        SqliteFiles.execute(connection, "INSERT INTO users VALUES ('x')");
      }
    }
  }

  private static RestoreReport made(Database db, Chain core, Path place) {
    // begin backup
    Backups backups =
        Backups.of(db)
            .into(place)
            .chains(database -> Migrations.of(database).chain(core))
            .keep(Retention.last(7).daily(14).weekly(8));
    Backup backup = backups.create();
    backups.verify(backup.file());
    RestoreReport report = backups.restore(backup.file(), "app.db"); // what is there has this name
    // end backup
    return report;
  }

  private static void download(Backups backups, WritableByteChannel response) throws Exception {
    String name = backups.list().get(0).name();
    // begin download
    Backup backup = backups.find(name); // a name that is not in the list is refused
    Backups.send(backup, response);
    // end download
  }

  private static void everyNight(Database db, Path place) throws Exception {
    BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    BackupSchedule.Listener listener =
        new BackupSchedule.Listener() {
          @Override
          public void made(Backup backup) {
            told.add(backup);
          }

          @Override
          public void failed(RuntimeException failure) {
            told.add(failure);
          }
        };
    // begin schedule
    Backups backups = Backups.of(db).into(place).keep(Retention.last(7));
    BackupSchedule schedule =
        backups.schedule(executor, Duration.ZERO, Duration.ofHours(24), listener);
    // end schedule
    assertThat(told.poll(1, TimeUnit.MINUTES)).isInstanceOf(Backup.class);
    schedule.close();
    executor.shutdown();
    assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }
}
