package dev.outgrow.examples.application;

import dev.outgrow.error.ConfigurationException;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may say for others how they came, and from where: the proxies that stand before this server.
 * Of anybody else such words are worth nothing, since anybody can write them.
 *
 * <p><em>Immutable.</em>
 */
final class Proxies {
  static final Proxies NONE = new Proxies(Set.of());

  private static final Pattern ADDRESS =
      Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private final Set<InetAddress> trusted;

  private Proxies(Set<InetAddress> trusted) {
    this.trusted = Set.copyOf(trusted);
  }

  /**
   * Returns those at these addresses; names are refused, since whoever answers for them decides.
   */
  static Proxies at(List<String> addresses) {
    Set<InetAddress> trusted = new HashSet<>();
    for (String each : addresses) {
      trusted.add(address(each).orElseThrow(() -> refused(each)));
    }
    return new Proxies(trusted);
  }

  private static ConfigurationException refused(String address) {
    return new ConfigurationException(
        "The address of a proxy", address, "an address, such as 127.0.0.1 or ::1");
  }

  private static Optional<InetAddress> address(String text) {
    if (!ADDRESS.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException unreadable) {
      return Optional.empty();
    }
  }

  /** Returns whether there is any: it then is theirs to look at the name that was asked for. */
  boolean any() {
    return !trusted.isEmpty();
  }

  /** Returns whether the browser came by https. */
  boolean isSecure(HttpServerExchange exchange) {
    return exchange.getRequestScheme().equals("https")
        || (isTrusted(exchange)
            && "https".equalsIgnoreCase(last(exchange.getRequestHeaders(), "X-Forwarded-Proto")));
  }

  /** Returns who asks, by address; behind a proxy that is trusted, who asked that one. */
  String client(HttpServerExchange exchange) {
    InetSocketAddress source = exchange.getSourceAddress();
    String direct =
        source.getAddress() == null ? source.getHostString() : source.getAddress().getHostAddress();
    @Nullable String told =
        isTrusted(exchange) ? last(exchange.getRequestHeaders(), "X-Forwarded-For") : null;
    return told == null ? direct : address(told).map(InetAddress::getHostAddress).orElse(direct);
  }

  private boolean isTrusted(HttpServerExchange exchange) {
    InetAddress source = exchange.getSourceAddress().getAddress();
    return source != null && trusted.contains(source);
  }

  /** What the proxy itself has added stands last; before it is what its visitor wrote. */
  private static @Nullable String last(HeaderMap headers, String name) {
    @Nullable String value = headers.getLast(name);
    if (value == null) {
      return null;
    }
    List<String> parts = Arrays.asList(value.split(",", -1));
    return parts.get(parts.size() - 1).strip();
  }
}
