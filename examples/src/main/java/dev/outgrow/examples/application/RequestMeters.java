package dev.outgrow.examples.application;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;

/** What was asked for and how long it took, by route and status, and how the JVM is. */
final class RequestMeters implements AutoCloseable {
  /** The version of the text that Prometheus reads. */
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  RequestMeters() {
    new JvmMemoryMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  /** Counts a request; its route is one of a few, whatever address was asked for. */
  void count(String route, int status, long beginNanos) {
    Timer.builder("http.server.requests")
        .description("What was answered, and how long it took.")
        .tag("route", route)
        .tag("status", Integer.toString(status))
        .register(registry)
        .record(System.nanoTime() - beginNanos, TimeUnit.NANOSECONDS);
  }

  Reply answer(Visit visit) {
    return Reply.of(200, TYPE, registry.scrape(TYPE));
  }

  @Override
  public void close() {
    registry.close();
  }
}
