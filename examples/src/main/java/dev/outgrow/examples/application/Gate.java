package dev.outgrow.examples.application;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps out what other sites make a browser send.
 *
 * <p>On loopback a name that leads there is not enough: only the machine's own names are served,
 * since a stranger's name can be made to lead to this machine as well.
 */
final class Gate {
  private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean loopback;

  Gate(boolean loopback) {
    this.loopback = loopback;
  }

  boolean knows(String host) {
    String name = host.replaceFirst(":[0-9]+$", "");
    return !loopback || OWN_NAMES.contains(name);
  }

  /** Returns whether a form comes from a page of this site. */
  static boolean isOwn(Visit visit) {
    Optional<String> site = visit.header("Sec-Fetch-Site");
    if (site.isPresent() && !site.get().equals("same-origin") && !site.get().equals("none")) {
      return false;
    }
    Optional<String> origin = visit.header("Origin");
    return origin.isEmpty()
        || visit.header("Host").filter(host -> isOf(host, origin.get())).isPresent();
  }

  private static boolean isOf(String host, String origin) {
    try {
      return host.equals(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return false; // no browser writes such an origin
    }
  }
}
