package dev.outgrow.backup;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.importer.fixture.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A backup or a restore that is killed meanwhile. It prints a line for each progress, and at the
 * one it is told, waits for its end.
 */
final class DyingBackup {
  private DyingBackup() {}

  /** Runs it: the URL, the folder, the progress to wait at, and what to restore, if anything. */
  @SuppressWarnings("SystemOut") // read by the other side
  public static void main(String[] args) {
    DatabaseConfig config =
        DatabaseConfig.builder(DatabaseUrl.parse(args[0]))
            .minimumPoolSize(1)
            .maximumPoolSize(3)
            .build();
    try (Database database = Database.open(config)) {
      int[] left = {Integer.parseInt(args[2])};
      Backups backups =
          Backups.of(database)
              .into(Path.of(args[1]))
              .builtInCopy(BuiltInCopy.ALLOWED)
              .onProgress(
                  at -> {
                    if (!isCounted(at)) {
                      return;
                    }
                    System.out.println("at " + at.phase() + " " + at.table());
                    if (--left[0] == 0) {
                      waitForTheEnd();
                    }
                  });
      if (args.length > 3) {
        backups.restore(Path.of(args[3]), Backups.name(database));
      } else {
        backups.create();
      }
      System.out.println("done");
    }
  }

  /** Some are told ten times a second; the others are the same in each run. */
  static boolean isCounted(BackupProgress at) {
    return !at.table().isEmpty()
        || (at.phase() != BackupProgress.Phase.LOAD && at.phase() != BackupProgress.Phase.WRITE);
  }

  private static void waitForTheEnd() {
    try {
      while (System.in.read() >= 0) {
        // whoever waits for this line kills the process now
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs it in a JVM of its own, and kills that with SIGKILL at the progress of this number.
   *
   * @return the last line it printed
   */
  static String killed(Database database, Path folder, int at, String... restored)
      throws IOException, InterruptedException {
    String[] arguments = new String[3 + restored.length];
    arguments[0] = ChildJvm.url(database.url());
    arguments[1] = folder.toString();
    arguments[2] = Integer.toString(at);
    System.arraycopy(restored, 0, arguments, 3, restored.length);
    return ChildJvm.of(DyingBackup.class, "128m", arguments).killedAt(at);
  }
}
