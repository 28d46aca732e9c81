package dev.outgrow.database.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseMetricsTest {
  private final DatabaseUrl url;

  DatabaseMetricsTest(@TempDir Path folder) {
    url = DatabaseUrl.parse("jdbc:sqlite:" + folder.resolve("secret-place.db"));
  }

  @Test
  void measuresPoolsAndTransactions() throws Exception {
    MeterRegistry registry = new SimpleMeterRegistry();
    Database database = Database.open(url);
    try (database) {
      DatabaseMetrics.bind(database, registry, "app", "history");
      database.inTransaction(tx -> {});
      try (Connection held = database.connection()) {
        assertThat(held.isClosed()).isFalse();
        assertThat(gauge(registry, "active")).isEqualTo(1);
        assertThat(gauge(registry, "maximum")).isEqualTo(1);
      }
      assertThat(gauge(registry, "active")).isZero();
      assertThat(
              registry
                  .get("outgrow.transactions")
                  .tags("outcome", "completed", "app", "history", "backend", "sqlite")
                  .functionCounter()
                  .count())
          .isEqualTo(1);
    }
    assertThat(gauge(registry, "active")).isNaN();
    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .noneMatch(id -> id.toString().contains("secret"))
        .isNotEmpty();
    assertThat(registry.getMeters())
        .flatExtracting(meter -> meter.getId().getTags())
        .extracting(Tag::getKey)
        .containsOnly("app", "backend", "pool", "outcome");
  }

  private static double gauge(MeterRegistry registry, String what) {
    return registry.get("outgrow.pool." + what).tag("pool", "sqlite writer").gauge().value();
  }

  @Test
  void registersGloballyToo() {
    try (Database database = Database.open(url)) {
      DatabaseMetrics.bindGlobally(database, "only", "here");
      assertThat(Metrics.globalRegistry.find("outgrow.transactions").tag("only", "here").meters())
          .hasSize(2);
    } finally {
      Metrics.globalRegistry.getMeters().forEach(Metrics.globalRegistry::remove);
    }
  }

  @Test
  void namesTheArtifactWhereItIsMissing() throws Exception {
    List<URL> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("micrometer")) {
        path.add(new File(entry).toURI().toURL());
      }
    }
    try (URLClassLoader without =
        new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      // Its other method names a class that is not there, so that methods cannot be listed.
      Class<?> library = without.loadClass(MicrometerLibrary.class.getName());
      Method require = library.getDeclaredMethod("require");
      require.setAccessible(true);
      assertThatThrownBy(() -> require.invoke(null))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .hasMessageContaining("io.micrometer:micrometer-core");
    }
  }
}
