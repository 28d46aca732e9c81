package dev.outgrow.benchmarks.importing;

import java.util.Map;

/**
 * One run of one way.
 *
 * @param way which
 * @param client what its processes took
 * @param serverCpuSeconds the processor's time of the server
 * @param walMib the WAL that was written
 * @param phases what ours says of its phases, in milliseconds, and the peak of its heap in bytes
 * @param verdict {@code equal}, or what is different, or why it failed
 */
record Run(
    Way way,
    Client client,
    double serverCpuSeconds,
    double walMib,
    Map<String, Long> phases,
    String verdict) {
  static final String EQUAL = "equal";

  boolean isEqual() {
    return verdict.equals(EQUAL);
  }

  double seconds() {
    return client.seconds();
  }

  /** Returns the time of our import alone, without the start and what was carried before. */
  double wholeSeconds() {
    return phase("whole");
  }

  /** Returns the processor's time of our import alone. */
  double wholeCpuSeconds() {
    return phase("processor");
  }

  /** Returns the time without reading back and comparing, which cannot be left out. */
  double unverifiedSeconds() {
    return seconds() - phase("verify");
  }

  /** Returns the time of the copying alone: of ours, its phase. */
  double loadSeconds() {
    return way.isOurs() ? phase("load") : seconds();
  }

  double heapMib() {
    return phases.containsKey("heap") ? phases.get("heap") / 1048576.0 : Double.NaN;
  }

  private double phase(String name) {
    return phases.containsKey(name) ? phases.get(name) / 1000.0 : Double.NaN;
  }
}
