package dev.outgrow.database.metrics;

import dev.outgrow.database.Database;
import dev.outgrow.database.PoolState;
import dev.outgrow.database.TransactionTotals;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The meters, in a class of their own that is loaded only where Micrometer is. */
final class Meters {
  private final Database database;
  private final MeterRegistry registry;
  private final Tags tags;

  private Meters(Database database, MeterRegistry registry, String... tags) {
    this.database = database;
    this.registry = registry;
    this.tags = Tags.of(tags).and("backend", database.backend().name().toLowerCase(Locale.ROOT));
  }

  static void register(Database database, MeterRegistry registry, String... tags) {
    new Meters(database, registry, tags).register();
  }

  static void registerGlobally(Database database, String... tags) {
    register(database, Metrics.globalRegistry, tags);
  }

  private void register() {
    for (PoolState pool : database.pools()) {
      gauge(pool.name(), "active", "connections in use", PoolState::active);
      gauge(pool.name(), "idle", "connections that are free", PoolState::idle);
      gauge(pool.name(), "waiting", "threads that wait for a connection", PoolState::waiting);
      gauge(pool.name(), "maximum", "the most connections there may be", PoolState::maximum);
    }
    counter("completed", TransactionTotals::completed);
    counter("failed", TransactionTotals::failed);
  }

  private void gauge(
      String pool, String what, String description, ToDoubleFunction<PoolState> value) {
    Gauge.builder("outgrow.pool." + what, database, db -> valueOf(db, pool, value))
        .tags(tags.and("pool", pool))
        .description(description)
        .register(registry);
  }

  private static double valueOf(Database database, String pool, ToDoubleFunction<PoolState> value) {
    return database.pools().stream()
        .filter(state -> state.name().equals(pool))
        .mapToDouble(value)
        .findFirst()
        .orElse(Double.NaN);
  }

  private void counter(String outcome, ToLongFunction<TransactionTotals> value) {
    FunctionCounter.builder(
            "outgrow.transactions", database, db -> value.applyAsLong(db.transactions()))
        .tags(tags.and("outcome", outcome))
        .description("transactions that have ended")
        .register(registry);
  }
}
