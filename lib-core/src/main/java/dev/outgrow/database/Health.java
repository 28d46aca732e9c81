package dev.outgrow.database;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a database is at one moment. Nothing in it is a credential.
 *
 * <p><em>Immutable.</em>
 *
 * @param backend the backend
 * @param reachable whether it answered a query in time
 * @param latency how long that took, with the wait for a connection; empty if it did not answer
 * @param version the version that answered; empty if none did
 * @param failure what went wrong and what to do about it; empty if it answered
 * @param pools the state of its pools
 * @param details what the probes found, by their names, in order of name
 * @since 0.1
 */
public record Health(
    Backend backend,
    boolean reachable,
    Optional<Duration> latency,
    Optional<String> version,
    Optional<String> failure,
    List<PoolState> pools,
    Map<String, Detail> details) {

  /** Copies the collections. */
  public Health {
    pools = List.copyOf(pools);
    details = Collections.unmodifiableMap(new TreeMap<>(details));
  }

  /**
   * What a probe found.
   *
   * @param well whether it is as it should be
   * @param text what it is, for people, without a secret
   */
  public record Detail(boolean well, String text) {}

  /** Returns whether it answered and every probe is content. */
  public boolean isWell() {
    return reachable && details.values().stream().allMatch(Detail::well);
  }

  /** Returns it for people, a line for each fact. */
  public String text() {
    StringBuilder text = new StringBuilder(backend.title());
    text.append(version.map(v -> " " + v).orElse(""));
    text.append(
        latency.map(l -> " answered in " + l.toMillis() + " ms\n").orElse(" did not answer\n"));
    failure.ifPresent(f -> text.append(f).append('\n'));
    pools.forEach(pool -> text.append("pool ").append(pool.text()).append('\n'));
    details.forEach(
        (name, detail) ->
            text.append(name)
                .append(detail.well() ? ": " : " is not well: ")
                .append(detail.text())
                .append('\n'));
    return text.toString();
  }
}
