package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not refused is taken as it is: the pool below has nothing to warn of and to change. */
class PoolTimesTest {
  @Test
  void leavesThePoolBelowNothingToRepair(@TempDir Path folder) throws Exception {
    List<String> command =
        List.of(
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
            "-cp",
            ChildJvm.classPath(),
            OpenAtTheLimits.class.getName(),
            folder.resolve("app.db").toString());
    try (ChildJvm child = ChildJvm.start(folder.resolve("output"), command)) {
      assertThat(child.await()).isZero();

      assertThat(child.output())
          .contains("Shutdown completed", "opened 7")
          .doesNotContain(" WARN ");
    }
  }

  /** Opens a file with settings that just are allowed. */
  static final class OpenAtTheLimits {
    private OpenAtTheLimits() {}

    public static void main(String[] arguments) {
      DatabaseUrl url = DatabaseUrl.sqlite(Path.of(arguments[0]));
      Duration half = Duration.ofSeconds(30);
      List<UnaryOperator<DatabaseConfig.Builder>> limits =
          List.of(
              b -> b,
              b -> b.readers(1),
              b -> b.maxLifetime(half),
              b -> b.maxLifetime(half.plusMillis(1)).keepAlive(half),
              b -> b.maxLifetime(Duration.ofDays(1)).leakDetection(Duration.ofDays(1)),
              b -> b.maxLifetime(Duration.ofMinutes(10)).keepAlive(Duration.ofMillis(599_999)),
              b -> b.acquisitionTimeout(Duration.ofMillis(250)).busyTimeout(Duration.ZERO));
      int opened = 0;
      for (UnaryOperator<DatabaseConfig.Builder> each : limits) {
        try (Database database = Database.open(each.apply(DatabaseConfig.builder(url)).build())) {
          opened += database.<Integer>read(tx -> 1);
        }
      }
      System.out.println("opened " + opened);
    }
  }
}
