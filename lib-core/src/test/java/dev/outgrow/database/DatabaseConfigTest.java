package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.ConfigurationException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DatabaseConfigTest {
  private static final DatabaseUrl URL = DatabaseUrl.parse("postgresql://u:s3cret@h/d");

  @Test
  void hasTheDocumentedDefaults() {
    DatabaseConfig config = DatabaseConfig.of(URL);

    assertThat(config.minimumPoolSize()).isEqualTo(10);
    assertThat(config.maximumPoolSize()).isEqualTo(30);
    assertThat(config.maxLifetime()).isEqualTo(Duration.ofHours(1));
    assertThat(config.acquisitionTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.keepAlive()).contains(Duration.ofMinutes(2));
    assertThat(config.leakDetection()).isEmpty();
    assertThat(config.statementTimeout()).isEmpty();
    assertThat(config.lockTimeout()).isEmpty();
    assertThat(config.idleInTransactionTimeout()).isEmpty();
    assertThat(config.readers()).isEqualTo(4);
    assertThat(config.busyTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.applicationName()).isEqualTo("outgrow");
  }

  @Test
  void refusesAPoolOfZero() {
    assertRefused(
        "maximumPoolSize", "0", "1 to 1000", b -> b.minimumPoolSize(0).maximumPoolSize(0));
  }

  @Test
  void refusesAMinimumAboveTheMaximum() {
    assertRefused("minimumPoolSize", "10", "0 to 5", b -> b.maximumPoolSize(5));
  }

  @Test
  void refusesTimesThatTheLibrariesBelowWouldChangeSilently() {
    assertRefused("maxLifetime", "PT29S", "PT30S to PT24H", b -> b.maxLifetime(seconds(29)));
    assertRefused("acquisitionTimeout", "PT0S", "", b -> b.acquisitionTimeout(Duration.ZERO));
    assertRefused("connectTimeout", "PT0S", "", b -> b.connectTimeout(Duration.ZERO));
    assertRefused("leakDetection", "PT1S", "PT2S to PT1H", b -> b.leakDetection(seconds(1)));
    assertRefused("leakDetection", "PT2H", "", b -> b.leakDetection(Duration.ofHours(2)));
    assertRefused("busyTimeout", "PT-1S", "", b -> b.busyTimeout(seconds(-1)));
    assertRefused("keepAlive", "PT29S", "PT30S to PT59M59.999S", b -> b.keepAlive(seconds(29)));
    assertRefused("keepAlive", "PT1H", "", b -> b.keepAlive(Duration.ofHours(1)));
  }

  @Test
  void refusesLimitsThatTheServerWouldTakeForNone() {
    Duration none = Duration.ZERO;
    assertRefused("statementTimeout", "PT0S", "PT0.001S to PT24H", b -> b.statementTimeout(none));
    assertRefused("lockTimeout", "PT0S", "PT0.001S", b -> b.lockTimeout(none));
    assertRefused("idleInTransactionTimeout", "PT0S", "", b -> b.idleInTransactionTimeout(none));
  }

  @Test
  void leavesTheDefaultKeepAliveOutWhereConnectionsAreReplacedSooner() {
    assertThat(DatabaseConfig.builder(URL).maxLifetime(seconds(120)).build().keepAlive()).isEmpty();
    assertThat(DatabaseConfig.builder(URL).maxLifetime(seconds(121)).build().keepAlive())
        .contains(Duration.ofMinutes(2));
  }

  @Test
  void refusesEveryOptionOutOfTheRangeThatTheGuidePrints() throws Exception {
    for (ConfigOption<?> each : ConfigOption.ALL) {
      assertRefused(each.name(), below(each).toString(), each.least() + " to ", b -> set(b, each));
    }
  }

  private static Object below(ConfigOption<?> option) {
    return option.least() instanceof Integer number
        ? (Object) (number - 1)
        : ((Duration) option.least()).minusMillis(1);
  }

  private static DatabaseConfig.Builder set(
      DatabaseConfig.Builder builder, ConfigOption<?> option) {
    Object value = below(option);
    Class<?> type = value instanceof Integer ? int.class : Duration.class;
    try {
      DatabaseConfig.Builder.class.getMethod(option.name(), type).invoke(builder, value);
      return builder;
    } catch (ReflectiveOperationException missing) {
      throw new LinkageError(missing.getMessage(), missing);
    }
  }

  @Test
  void refusesAnApplicationNameThatTheServerWouldCutOrChange() {
    assertRefused("applicationName", "", "1 to 63", b -> b.applicationName(""));
    assertRefused("applicationName", "x".repeat(64), "", b -> b.applicationName("x".repeat(64)));
    assertRefused("applicationName", "naïve", "", b -> b.applicationName("naïve"));
  }

  @Test
  void refusesToReadWithNobody() {
    assertRefused("readers", "0", "1 to 64", b -> b.readers(0));
  }

  @Test
  void showsNoPassword() {
    assertThat(DatabaseConfig.of(URL).toString()).contains("u:***@h").doesNotContain("s3cret");
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static void assertRefused(
      String option, String value, String allowed, UnaryOperator<DatabaseConfig.Builder> change) {
    DatabaseConfig.Builder builder = change.apply(DatabaseConfig.builder(URL));

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(builder::build)
        .satisfies(
            thrown -> {
              assertThat(thrown.option()).isEqualTo(option);
              assertThat(thrown.value()).isEqualTo(value);
              assertThat(thrown.allowed()).contains(allowed);
            });
  }
}
