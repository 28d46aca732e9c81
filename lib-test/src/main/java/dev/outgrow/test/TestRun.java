package dev.outgrow.test;

import dev.outgrow.database.scratch.ScratchSettings;
import dev.outgrow.migration.ChainSource;
import dev.outgrow.test.internal.Keeping;
import dev.outgrow.test.internal.Leases;
import dev.outgrow.test.internal.Pools;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * What all tests of a launcher's session have in common; it ends with the session.
 *
 * <p>Stores are asked with the method that JUnit 5.13 has as well.
 */
@SuppressWarnings("deprecation")
final class TestRun implements AutoCloseable {
  private static final Namespace NAMESPACE = Namespace.create("dev.outgrow.test");
  private static final String KEEP = "outgrow.test.keep";

  private final Pools pools;
  private final Keeping keeping;
  private final ChainSource defaultChains;

  private TestRun(ExtensionContext context) {
    this.pools = new Pools(ScratchSettings.fromEnvironment().build());
    this.keeping =
        Keeping.of(
            context
                .getConfigurationParameter(KEEP)
                .or(() -> Optional.ofNullable(System.getenv("OUTGROW_TEST_KEEP")))
                .orElse("none"));
    this.defaultChains = pools.chains(Chosen.ofRun(context));
  }

  static TestRun of(ExtensionContext context) {
    Store store = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
    return Objects.requireNonNull(
        store.getOrComputeIfAbsent(TestRun.class, key -> new TestRun(context), TestRun.class));
  }

  /** Returns what was leased in a context, which is given back when the context ends. */
  static Leases leases(ExtensionContext context) {
    // By its name, since a store looks into those around it as well.
    String key = "leases of " + context.getUniqueId();
    return Objects.requireNonNull(
        store(context).getOrComputeIfAbsent(key, name -> new Leases(), Leases.class));
  }

  /** Returns the store of a context. */
  static Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }

  Pools pools() {
    return pools;
  }

  Keeping keeping() {
    return keeping;
  }

  ChainSource defaultChains() {
    return defaultChains;
  }

  @Override
  public void close() {
    pools.close();
  }
}
