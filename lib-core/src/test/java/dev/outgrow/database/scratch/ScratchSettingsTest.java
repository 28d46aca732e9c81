package dev.outgrow.database.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ScratchSettingsTest {
  private static ScratchSettings of(Map<String, String> environment, String... properties) {
    Properties all = new Properties();
    all.setProperty("user.home", "/home/ada");
    all.setProperty("os.name", "Linux");
    for (int at = 0; at < properties.length; at += 2) {
      all.setProperty(properties[at], properties[at + 1]);
    }
    return ScratchSettings.from(environment, all).build();
  }

  @Test
  void theEmbeddedServerInTheUsersCacheIsTheDefault() {
    ScratchSettings settings = of(Map.of());

    assertThat(settings.source()).isEqualTo(ScratchSource.embedded());
    assertThat(settings.folder()).isEqualTo(Path.of("/home/ada/.cache/outgrow"));
    assertThat(settings.ahead()).isEqualTo(2);
    assertThat(settings.mostDatabases()).isEqualTo(100);
    assertThat(settings.maximumPoolSize()).isEqualTo(10);
    assertThat(settings.image()).isEqualTo("postgres:18-alpine");
    assertThat(settings.templatesKept()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.inMemory()).isTrue();
  }

  @Test
  void theDataStandInMemoryUnlessThatIsForbidden() {
    assertThat(of(Map.of("OUTGROW_TEST_MEMORY", "never")).inMemory()).isFalse();
    assertThat(of(Map.of("OUTGROW_TEST_MEMORY", "never"), "outgrow.test.memory", "Auto").inMemory())
        .isTrue();
    assertThatThrownBy(() -> of(Map.of("OUTGROW_TEST_MEMORY", "always")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("auto or never");
  }

  @Test
  void theCacheIsWhereTheSystemHasIt() {
    assertThat(of(Map.of("XDG_CACHE_HOME", "/var/cache/ada")).folder())
        .isEqualTo(Path.of("/var/cache/ada/outgrow"));
    assertThat(of(Map.of("XDG_CACHE_HOME", "relative")).folder())
        .isEqualTo(Path.of("/home/ada/.cache/outgrow"));
    assertThat(of(Map.of(), "os.name", "Mac OS X").folder())
        .isEqualTo(Path.of("/home/ada/Library/Caches/outgrow"));
    assertThat(
            of(Map.of(), "user.home", "?", "user.name", "a/b", "java.io.tmpdir", "/tmp").folder())
        .isEqualTo(Path.of("/tmp/outgrow-cache-a_b"));
  }

  @Test
  void aSystemPropertyComesBeforeTheEnvironment() {
    ScratchSettings settings =
        of(
            Map.of("OUTGROW_TEST_SOURCE", "embedded", "OUTGROW_TEST_AHEAD", "5"),
            "outgrow.test.source",
            " Testcontainers ",
            "outgrow.test.image",
            "postgres:15",
            "outgrow.test.folder",
            "/srv/cache");

    assertThat(settings.source()).isEqualTo(ScratchSource.testcontainers());
    assertThat(settings.ahead()).isEqualTo(5);
    assertThat(settings.image()).isEqualTo("postgres:15");
    assertThat(settings.folder()).isEqualTo(Path.of("/srv/cache"));
  }

  @Test
  void aUrlIsAServerThatIsThereAndItsPasswordIsNotShown() {
    ScratchSource source = of(Map.of("OUTGROW_TEST_SOURCE", "postgres://a:pw1@db/x")).source();

    assertThat(source.kind()).isEqualTo(ScratchSource.Kind.SERVER);
    assertThat(source).hasToString("postgresql://a:***@db:5432/x");
    assertThat(source.url().orElseThrow().backend()).isEqualTo(Backend.POSTGRESQL);
  }

  @Test
  void whatCannotBeUsedIsRefused() {
    for (String source : new String[] {"docker", "sqlite:///a.db", "mysql://h/d"}) {
      assertThatThrownBy(() -> of(Map.of("OUTGROW_TEST_SOURCE", source)))
          .isInstanceOf(ConfigurationException.class);
    }
    for (String ahead : new String[] {"-1", "33", "many"}) {
      assertThatThrownBy(() -> of(Map.of("OUTGROW_TEST_AHEAD", ahead)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("0 to 32");
    }
    assertThatThrownBy(() -> of(Map.of("OUTGROW_TEST_FOLDER", "here")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("absolute path");
    ScratchSettings.Builder builder = ScratchSettings.builder();
    assertThatThrownBy(() -> builder.mostDatabases(0)).isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> builder.maximumPoolSize(101))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> builder.image(" ")).isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> builder.templatesKept(Duration.ofHours(1)))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> new ScratchTemplate(Backend.SQLITE, " ", database -> {}))
        .isInstanceOf(ConfigurationException.class);
  }
}
