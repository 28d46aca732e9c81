package dev.outgrow.test;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.ChainSource;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.ReflectionSupport;

/** Which chains a test's database is made of. */
final class Chosen {
  private static final String SETTING = "outgrow.test.chains";
  private static final String VARIABLE = "OUTGROW_TEST_CHAINS";

  private Chosen() {}

  /**
   * Returns those of the nearest annotation that names some, of the setting, or of the one service.
   *
   * @throws ConfigurationException if what is named is not there, or there are several services
   */
  static ChainSource chains(ExtensionContext context) {
    for (Optional<ExtensionContext> at = Optional.of(context);
        at.isPresent();
        at = at.get().getParent()) {
      Optional<Wish> wish = at.get().getElement().flatMap(Wish::on).filter(Wish::namesChains);
      if (wish.isPresent()) {
        return TestRun.of(context).pools().chains(wish.get().chains());
      }
    }
    return TestRun.of(context).defaultChains();
  }

  /** Returns what the whole run takes where no annotation names any. */
  static Class<? extends ChainSource> ofRun(ExtensionContext context) {
    Optional<String> named =
        context
            .getConfigurationParameter(SETTING)
            .or(() -> Optional.ofNullable(System.getenv(VARIABLE)));
    return named.isPresent() ? named(named.get().strip()) : service();
  }

  private static Class<? extends ChainSource> named(String name) {
    try {
      return ReflectionSupport.tryToLoadClass(name).get().asSubclass(ChainSource.class);
    } catch (Exception failure) {
      throw refused(name, "a class that implements " + ChainSource.class.getName());
    }
  }

  private static Class<? extends ChainSource> service() {
    List<Class<? extends ChainSource>> found =
        ServiceLoader.load(ChainSource.class).stream()
            .<Class<? extends ChainSource>>map(ServiceLoader.Provider::type)
            .toList();
    if (found.size() > 1) {
      throw refused(found.toString(), "one of them: name it");
    }
    return found.isEmpty() ? NoChains.class : found.get(0);
  }

  private static ConfigurationException refused(String value, String allowed) {
    return new ConfigurationException(SETTING, value, allowed);
  }

  /** An empty database. */
  static final class NoChains implements ChainSource {
    @Override
    public List<Chain> chains() {
      return List.of();
    }
  }
}
