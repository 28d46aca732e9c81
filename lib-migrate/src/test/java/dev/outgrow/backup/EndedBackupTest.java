package dev.outgrow.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.backup.BackupProgress.Phase;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.CancelledException;
import dev.outgrow.error.TimeLimitException;
import dev.outgrow.error.UnavailableException;
import dev.outgrow.importer.Cancellation;
import dev.outgrow.importer.fixture.ChildJvm;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.fixture.TestDatabase;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each of the works tells how far it is, can be cancelled, and ends when its time is up. */
class EndedBackupTest {
  @TempDir private Path folder;

  private Path file() throws SQLException {
    return SqliteFiles.make(
        folder.resolve("app.db"), "CREATE TABLE t(a)", "INSERT INTO t VALUES (1), (2)");
  }

  /** Ends a piece of work at each of its phases, and asserts that nothing has changed. */
  private static void endAtEachPhase(Backups backups, Consumer<Backups> work, Runnable unchanged) {
    Set<Phase> phases = EnumSet.noneOf(Phase.class);
    work.accept(backups.onProgress(at -> phases.add(at.phase())));
    assertThat(phases).contains(Phase.DONE);
    phases.remove(Phase.DONE);
    assertThat(phases).isNotEmpty();
    for (Phase phase : phases) {
      Cancellation cancellation = new Cancellation();
      Backups cancelled =
          backups
              .cancelledBy(cancellation)
              .onProgress(
                  at -> {
                    if (at.phase() == phase) {
                      cancellation.cancel();
                    }
                  });
      if (phase == Phase.COMMIT || phase == Phase.PUBLISH) {
        continue; // the last step of all is done, or not
      }
      assertThatThrownBy(() -> work.accept(cancelled))
          .as(phase.toString())
          .isInstanceOf(CancelledException.class);
      unchanged.run();
    }
    assertThatThrownBy(() -> work.accept(backups.timeout(Duration.ofMillis(1))))
        .isInstanceOf(TimeLimitException.class)
        .hasMessageContaining("took longer than PT0.001S");
    unchanged.run();
  }

  private void endAll(Database database, Consumer<Database> change, Runnable unchanged) {
    Backups backups =
        Backups.of(database).into(folder.resolve("backups")).builtInCopy(BuiltInCopy.ALWAYS);
    Backup backup = backups.create();
    change.accept(database);
    endAtEachPhase(backups, b -> b.verify(backup.file()), unchanged);
    int before = backups.list().size();
    endAtEachPhase(backups, Backups::create, () -> assertThat(backups.list()).hasSize(before + 1));
    Backup changed = backups.create();
    endAtEachPhase(backups, b -> b.restore(changed.file(), Backups.name(database)), unchanged);
  }

  private static void insert(Database database) {
    try (Connection connection = database.connection()) {
      SqliteFiles.execute(connection, "INSERT INTO t VALUES (3)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertThree(Database database) {
    try (Connection connection = database.connection()) {
      assertThat(TestDatabase.column(connection, "SELECT count(*) FROM t")).containsExactly("3");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void ofSqlite() throws Exception {
    try (Database database = Database.open(DatabaseUrl.sqlite(file()))) {
      endAll(database, EndedBackupTest::insert, () -> assertThree(database));
    }
  }

  @Test
  void ofPostgresql() throws Exception {
    try (TestDatabase server = TestDatabase.start()) {
      server.execute("CREATE TABLE t(a int)", "INSERT INTO t VALUES (1), (2)");
      endAll(server.database(), EndedBackupTest::insert, () -> assertThree(server.database()));
    }
  }

  /** Sends a backup to nowhere: its file. */
  public static final class Sender {
    private Sender() {}

    /** Sends it. */
    @SuppressWarnings("SystemOut") // read by the other side
    public static void main(String[] args) throws Exception {
      try (WritableByteChannel nowhere = new Nowhere()) {
        System.out.println("sent " + Backups.send(Backups.read(Path.of(args[0])), nowhere));
      }
    }
  }

  private static final class Nowhere implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) {
      int taken = Math.min(bytes.remaining(), 1000); // a slow one takes less than it is offered
      bytes.position(bytes.position() + taken);
      return taken;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Test
  @Tag("slow")
  void aBackupOfSeveralTimesTheHeapIsSent() throws Exception {
    Path file = file();
    SqliteFiles.make(file, "INSERT INTO t VALUES (zeroblob(200000000))");
    try (Database database = Database.open(DatabaseUrl.sqlite(file))) {
      Backup backup = Backups.of(database).into(folder.resolve("backups")).create();
      assertThat(ChildJvm.of(Sender.class, "32m", backup.file().toString()).run())
          .contains("sent " + Files.size(backup.file()));
    }
  }

  @Test
  void aScheduledBackupThatMeetsAnotherIsToldAndTheNextIsMade() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
    try (Database database = Database.open(DatabaseUrl.sqlite(file()))) {
      Backups backups = Backups.of(database).into(folder.resolve("backups"));
      Backups slow =
          backups.onProgress(
              at -> {
                inside.countDown();
                await(goOn);
              });
      Thread other = new Thread(slow::create);
      other.start();
      await(inside);
      try (BackupSchedule schedule =
          backups.schedule(executor, Duration.ZERO, Duration.ofMillis(50), new Telling(told))) {
        assertThat(told.poll(1, TimeUnit.MINUTES)).isInstanceOf(UnavailableException.class);
        goOn.countDown();
        other.join();
        Object last = told.poll(1, TimeUnit.MINUTES);
        while (last instanceof UnavailableException) {
          last = told.poll(1, TimeUnit.MINUTES);
        }
        assertThat(last).isInstanceOf(Backup.class);
        assertThat(schedule).isNotNull();
      }
    } finally {
      goOn.countDown();
      executor.shutdown();
      assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Telling(BlockingQueue<Object> told) implements BackupSchedule.Listener {
    @Override
    public void made(Backup backup) {
      told.add(backup);
    }

    @Override
    public void failed(RuntimeException failure) {
      told.add(failure);
    }
  }
}
